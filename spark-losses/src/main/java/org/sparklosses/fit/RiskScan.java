// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.sparklosses.conformal.RiskSums;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.NumberForm;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.TableScan;

/**
 * What one scan finds of a column of losses.
 *
 * @param sums of the losses
 * @param ledger how many rows were read and left out, and why
 */
public record RiskScan(RiskSums sums, Ledger ledger) {

  /** Stands for the label that such rows do not have. */
  private static final String NO_LABEL = "no label";

  /**
   * Scans a table.
   *
   * @param rows its predictions are the column of arrays of losses
   * @param lambdas the length of the arrays
   * @param bound no loss is more
   * @throws IllegalArgumentException if the column is missing or has a type that cannot be used
   */
  public static RiskScan of(Dataset<?> table, RowSpec rows, int lambdas, double bound) {
    NumberForm form = NumberForm.arraysOfStage("array of losses", lambdas);
    LossRows losses = new LossRows(rows.withLabel(NO_LABEL), form, bound);
    Dataset<Row> labelled = table.withColumn(NO_LABEL, functions.lit(0));
    Dataset<Row> columns =
        labelled.select(
            new InputColumns(labelled)
                .select(losses.rows(), "losses", List.of(rows.predictions()), true)
                .toArray(Column[]::new));
    RowGroup<RiskSums> all =
        ActiveSession.of(
            columns,
            () ->
                TableScan.of(
                        "conformal risk control: pass 1 of 1",
                        columns,
                        (kernels, found) -> new NumbersAggregate<>(losses, found))
                    .state()
                    .group(0, 0));
    return new RiskScan(all.kept(), all.ledger());
  }
}
