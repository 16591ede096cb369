// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Predictions of two models and forecasts of a number, for every job. */
final class ClusterTable {

  static final int ROWS = 3000;

  /** {@code /data/predictions.parquet} on the page. */
  static final String NAME = "predictions.parquet";

  private ClusterTable() {}

  /** Rows that are functions of their id alone. */
  static Dataset<Row> of(SparkSession spark) {
    return spark
        .range(0, ROWS, 1, 8)
        .selectExpr("id", "CAST(pmod(hash(id), 3) AS INT) AS label")
        .selectExpr(
            "id",
            "label",
            logits(1.3, 2.1, 0.7) + " AS logits",
            logits(0.9, 1.7, 2.9) + " AS new_logits",
            "0.5 + id % 10 / 10 AS weight",
            "element_at(array('DE', 'FR', 'NO', 'PL'), CAST(id % 4 + 1 AS INT)) AS country",
            "IF(id % 2 = 0, 'calibration', 'test') AS split",
            "sin(id) AS demand",
            "sin(id) + 0.3 * cos(3.1 * id) AS mu",
            "0.5 + id % 5 / 10 AS sigma");
  }

  /** Writes it into a folder, in several files. */
  static void write(SparkSession spark, Path folder) {
    of(spark).write().parquet(folder.resolve(NAME).toString());
  }

  private static String logits(double a, double b, double c) {
    return ("transform(array(sin(%s * id), sin(%s * id), sin(%s * id)),"
            + " (x, k) -> CAST(2 * x + IF(k = label, 1.2, 0) AS FLOAT))")
        .formatted(a, b, c);
  }
}
