// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.apache.spark.sql.functions.call_udf;
import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The tables of the benchmark, made once.
 *
 * @param full logits and label
 * @param sample the same with fewer rows
 * @param vectors the sample's probabilities as an MLlib Vector, with label and prediction, as
 *     MLlib's evaluator wants them
 */
record BenchmarkTables(String full, String sample, String vectors) {

  static BenchmarkTables prepare(
      SparkSession session, String work, long rows, long sampleRows, int classes) {
    BenchmarkTables tables =
        new BenchmarkTables(
            logits(session, work, rows, classes),
            logits(session, work, sampleRows, classes),
            work + "/vectors-" + sampleRows + "x" + classes);
    if (isMissing(session, tables.vectors)) {
      Dataset<Row> logits = session.read().parquet(tables.sample);
      write(
          logits.select(
              functions
                  .array_to_vector(call_udf("softmax", col("logits")).cast("array<double>"))
                  .as("probability"),
              col("label").cast("double").as("label"),
              call_udf("predicted_class", col("logits")).cast("double").as("prediction")),
          tables.vectors);
    }
    return tables;
  }

  /** The path of a table of logits and labels. */
  static String logits(SparkSession session, String work, long rows, int classes) {
    String path = work + "/logits-" + rows + "x" + classes;
    create(session, path, rows, classes);
    return path;
  }

  private static void create(SparkSession session, String path, long rows, int classes) {
    if (isMissing(session, path)) {
      write(
          new SyntheticTable(rows, classes, 1, 2.0, 1.5, 8)
              .create(session)
              .select("logits", "label"),
          path);
    }
  }

  static void write(Dataset<Row> table, String path) {
    table
        .write()
        .mode("overwrite")
        .option("compression", "none")
        .option("parquet.enable.dictionary", "false")
        .option("parquet.enable.dictionary#segment", "true")
        .parquet(path);
  }

  static boolean isMissing(SparkSession session, String path) {
    Path success = new Path(path, "_SUCCESS");
    try {
      return !success.getFileSystem(session.sparkContext().hadoopConfiguration()).exists(success);
    } catch (IOException e) {
      throw new JobException(ExitCode.IO, "cannot read " + path, e);
    }
  }
}
