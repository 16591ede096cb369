// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.calibrate.multiclass.LogitRows;
import org.sparklosses.calibrate.multiclass.RowSums;
import org.sparklosses.calibrate.multiclass.SumsAt;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.TableScan;

/** The rows of a table: log-probabilities, label and weight. Every scan is one job over it. */
public final class CalibrationRows implements LogitRows {

  private final Dataset<Row> columns;
  private final PredictionSpec spec;

  private Optional<Ledger> ledger = Optional.empty();

  private CalibrationRows(Dataset<Row> columns, PredictionSpec spec) {
    this.columns = columns;
    this.spec = spec;
  }

  /**
   * Of a table.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   */
  public static CalibrationRows of(Dataset<?> table, PredictionSpec spec) {
    spec.checkPolicies();
    Column[] columns = new InputColumns(table).select(spec).toArray(Column[]::new);
    return new CalibrationRows(table.select(columns), spec);
  }

  @Override
  public <S extends RowSums<S>> S scan(SumsAt<S> sums) {
    FitBuffer<S> buffer =
        ActiveSession.of(
            columns,
            () ->
                TableScan.of(
                        columns, (kernels, found) -> new FitAggregate<>(spec, sums, kernels, found))
                    .state());
    ledger = Optional.of(buffer.ledger());
    return buffer.sums();
  }

  /** How many rows the last scan read and left out, and why. */
  public Optional<Ledger> ledger() {
    return ledger;
  }
}
