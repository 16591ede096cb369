// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import static org.apache.spark.sql.functions.expr;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Labels that are drawn from the softmax of logits, the same for a row whatever the others are. */
public final class DrawnLabels {

  private DrawnLabels() {}

  /**
   * A table with a column {@code label} more.
   *
   * @param table with a column {@code id}
   * @param logits a SQL expression of an array of doubles
   * @param classes how many
   */
  public static Dataset<Row> of(Dataset<?> table, String logits, int classes) {
    return table
        .withColumn("e", expr("transform(" + logits + ", x -> exp(x))"))
        .withColumn("u", expr("(id * 0.6180339887498949D) % 1 * aggregate(e, 0D, (s, x) -> s + x)"))
        .withColumn(
            "label",
            expr(
                ("CAST(aggregate(e, named_struct('s', 0D, 'k', 0), (a, x) -> named_struct('s', a.s +"
                        + " x, 'k', a.k + IF(a.s + x <= u, 1, 0)), a -> least(a.k, %d)) AS INT)")
                    .formatted(classes - 1)))
        .drop("e", "u");
  }
}
