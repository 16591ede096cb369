// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.apache.spark.sql.functions.call_udf;
import static org.apache.spark.sql.functions.col;

import java.util.Set;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables that metrics are timed on, made once; all of the same rows of ten classes.
 *
 * @param logits id, logits, label and segment
 * @param vectors the probabilities as an MLlib Vector, with label and prediction
 * @param scores the confidence as score and its correctness as label, both doubles
 */
record MetricTables(String logits, String vectors, String scores) {

  /** The metrics that ten classes have not. */
  static final Set<String> NEED_TWO_CLASSES = Set.of("binary_calibration_error", "brier_binary");

  private static final int CLASSES = 10;

  static MetricTables prepare(SparkSession session, String work, long rows) {
    MetricTables tables =
        new MetricTables(
            work + "/metrics-logits-" + rows,
            work + "/metrics-vectors-" + rows,
            work + "/metrics-scores-" + rows);
    if (BenchmarkTables.isMissing(session, tables.logits)) {
      BenchmarkTables.write(
          new SyntheticTable(rows, CLASSES, 1, 2.0, 1.5, 8)
              .create(session)
              .select("id", "logits", "label", "segment"),
          tables.logits);
    }
    Dataset<Row> logits = session.read().parquet(tables.logits);
    if (BenchmarkTables.isMissing(session, tables.vectors)) {
      BenchmarkTables.write(
          logits.select(
              functions
                  .array_to_vector(call_udf("softmax", col("logits")).cast("array<double>"))
                  .as("probability"),
              col("label").cast("double").as("label"),
              call_udf("predicted_class", col("logits")).cast("double").as("prediction")),
          tables.vectors);
    }
    if (BenchmarkTables.isMissing(session, tables.scores)) {
      BenchmarkTables.write(
          logits.selectExpr(
              "cast(array_max(softmax(logits)) AS double) AS score",
              "cast(is_correct(logits, label) AS double) AS label"),
          tables.scores);
    }
    return tables;
  }
}
