// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.util.List;
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
  private final boolean hasFolds;

  private Optional<Ledger> ledger = Optional.empty();
  private int scans;

  private CalibrationRows(Dataset<Row> columns, PredictionSpec spec, boolean hasFolds) {
    this.columns = columns;
    this.spec = spec;
    this.hasFolds = hasFolds;
  }

  /**
   * Of a table.
   *
   * @param fold the column of whose value the fold of a row is: of a whole number that number
   *     modulo the number of folds, of text its hash; empty if rows are parted by what they hold
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   */
  public static CalibrationRows of(Dataset<?> table, PredictionSpec spec, Optional<String> fold) {
    spec.checkPolicies();
    InputColumns found = new InputColumns(table);
    List<Column> columns =
        fold.isPresent() ? found.selectWithFold(spec, fold.get()) : found.select(spec);
    return new CalibrationRows(
        table.select(columns.toArray(Column[]::new)), spec, fold.isPresent());
  }

  @Override
  public <S extends RowSums<S>> S scan(SumsAt<S> sums) {
    scans++;
    FitBuffer<S> buffer =
        ActiveSession.of(
            columns,
            () ->
                TableScan.of(
                        "calibrate: scan " + scans,
                        columns,
                        (kernels, found) ->
                            new FitAggregate<>(spec, sums, hasFolds, kernels, found))
                    .state());
    ledger = Optional.of(buffer.ledger());
    return buffer.sums();
  }

  /** How many rows the last scan read and left out, and why. */
  public Optional<Ledger> ledger() {
    return ledger;
  }
}
