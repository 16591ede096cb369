// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.ColumnarPass;
import org.sparklosses.table.Policy;

/**
 * A program that evaluates tables of other libraries in their batches and row by row, and says what
 * it found: a line with source, rows evaluated and log loss for each.
 */
public final class LibraryBatches {

  /** The rows that a table has at first. */
  static final int WRITTEN = 6000;

  /** The rows whose number is a multiple of this are deleted. */
  static final int DELETED = 7;

  private LibraryBatches() {}

  /**
   * Writes a table into {@code folder/batches} in each format, deletes some of its rows and
   * evaluates those that are left.
   *
   * @param arguments the folder, then formats: delta, iceberg, parquet
   */
  public static void main(String[] arguments) {
    String folder = arguments[0] + "/batches";
    SparkSession spark = SparkSession.builder().getOrCreate();
    for (String format : List.of(arguments).subList(1, arguments.length)) {
      Dataset<Row> table = written(spark, format, folder + "/" + format);
      // Iceberg gives tables that have arrays row by row.
      if (!format.equals("iceberg")) {
        evaluate(format + ".array", table.withColumn("predictions", functions.col("z")));
      }
      evaluate(
          format + ".columns",
          table.withColumn(
              "predictions", functions.array(functions.col("z0"), functions.col("z1"))));
    }
    spark.stop();
  }

  private static Dataset<Row> written(SparkSession spark, String format, String path) {
    Dataset<Row> rows =
        spark
            .range(0, WRITTEN, 1, 2)
            .selectExpr(
                "id",
                "0D AS z0",
                "sin(id) AS z1",
                "IF(id % 11 = 3, NULL, CAST(id % 2 AS INT)) AS label",
                "element_at(array('a', 'b', NULL), CAST(id % 3 AS INT) + 1) AS country")
            .withColumn("z", functions.expr("array(z0, z1)"));
    if (format.equals("parquet")) {
      rows.where("id % " + DELETED + " != 0").write().parquet(path);
      return spark.read().parquet(path);
    }
    boolean isIceberg = format.equals("iceberg");
    Dataset<Row> columns = isIceberg ? rows.drop("z") : rows;
    columns.createOrReplaceTempView("predictions");
    String table = isIceberg ? "default_iceberg.batches" : "delta.`" + path + "`";
    String properties =
        isIceberg
            ? "'format-version'='2', 'write.delete.mode'='merge-on-read'"
            : "'delta.enableDeletionVectors'='true'";
    spark.sql(
        "CREATE TABLE %s USING %s TBLPROPERTIES (%s) AS SELECT * FROM predictions"
            .formatted(table, format, properties));
    spark.sql("DELETE FROM " + table + " WHERE id % " + DELETED + " = 0");
    return spark.table(table);
  }

  private static void evaluate(String source, Dataset<Row> table) {
    Evaluation evaluation =
        Evaluation.ofLogits("predictions")
            .classes(2)
            .slice("country")
            .policy(InputCheck.NULL_LABEL, Policy.DROP);
    if (ColumnarPass.of(table.select("predictions", "label", "country")).isEmpty()) {
      throw new IllegalStateException(source + " is not read in batches");
    }
    EvaluationResult inBatches = evaluation.run(table);
    Dataset<Row> exchanged = table.repartition(3);
    if (!inBatches.equals(evaluation.run(exchanged))) {
      throw new IllegalStateException(source + ": batches and rows differ");
    }
    System.out.println(
        "%s %d %s"
            .formatted(
                source, inBatches.overall().ledger().rowsEvaluated(), inBatches.value("log_loss")));
  }
}
