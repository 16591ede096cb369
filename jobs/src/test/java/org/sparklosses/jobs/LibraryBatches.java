// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import org.apache.spark.sql.Column;
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

  /** The rows that come after a column of weights was added. */
  static final int ADDED = 600;

  /** Row groups and tasks have some hundred rows. */
  private static final int SMALL = 8192;

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
    spark.sparkContext().hadoopConfiguration().setInt("parquet.block.size", SMALL);
    spark.conf().set("spark.sql.files.maxPartitionBytes", 4 * SMALL);
    for (String format : List.of(arguments).subList(1, arguments.length)) {
      Dataset<Row> table = written(spark, format, folder + "/" + format);
      // Iceberg gives tables that have arrays row by row.
      if (!format.equals("iceberg")) {
        evaluate(format + ".array", table.withColumn("predictions", functions.col("z")));
      }
      evaluate(format + ".columns", table.withColumn("predictions", columns()));
      if (!format.equals("parquet")) {
        evaluateAdded(spark, format, folder + "/" + format);
      }
    }
    spark.stop();
  }

  private static Column columns() {
    return functions.array(functions.col("z0"), functions.col("z1"));
  }

  /** Files that are older than a column have NULL in it. */
  private static void evaluateAdded(SparkSession spark, String format, String path) {
    String table = name(format, path);
    spark.sql("ALTER TABLE " + table + " ADD COLUMN weight DOUBLE");
    rows(spark, WRITTEN, WRITTEN + ADDED)
        .withColumn("weight", functions.expr("1D + id % 2"))
        .drop(format.equals("iceberg") ? "z" : "none")
        .createOrReplaceTempView("more");
    spark.sql("INSERT INTO " + table + " SELECT * FROM more");
    evaluate(
        format + ".added",
        spark.table(table).withColumn("predictions", columns()),
        dropping().weight("weight").policy(InputCheck.NULL_WEIGHT, Policy.DROP));
  }

  private static String name(String format, String path) {
    return format.equals("iceberg") ? "default_iceberg.batches" : "delta.`" + path + "`";
  }

  /** Some have no logits, some no logit of class 1, some no label. */
  private static Dataset<Row> rows(SparkSession spark, int from, int to) {
    return spark
        .range(from, to, 1, 2)
        .selectExpr(
            "id",
            "IF(id % 13 = 5, NULL, 0D) AS z0",
            "IF(id % 17 = 6, NULL, sin(id)) AS z1",
            "IF(id % 11 = 3, NULL, CAST(id % 2 AS INT)) AS label",
            "element_at(array('a', 'b', NULL), CAST(id % 3 AS INT) + 1) AS country")
        .withColumn("z", functions.expr("IF(z0 IS NULL, NULL, array(z0, z1))"));
  }

  private static Dataset<Row> written(SparkSession spark, String format, String path) {
    Dataset<Row> rows = rows(spark, 0, WRITTEN);
    if (format.equals("parquet")) {
      rows.where("id % " + DELETED + " != 0").write().parquet(path);
      return spark.read().parquet(path);
    }
    boolean isIceberg = format.equals("iceberg");
    Dataset<Row> columns = isIceberg ? rows.drop("z") : rows;
    columns.createOrReplaceTempView("predictions");
    String table = name(format, path);
    String properties =
        isIceberg
            ? "'format-version'='2', 'write.delete.mode'='merge-on-read',"
                + " 'write.parquet.row-group-size-bytes'='%1$d', 'read.split.target-size'='%1$d',"
                    .formatted(SMALL)
                + " 'read.split.open-file-cost'='1'"
            : "'delta.enableDeletionVectors'='true'";
    spark.sql(
        "CREATE TABLE %s USING %s TBLPROPERTIES (%s) AS SELECT * FROM predictions"
            .formatted(table, format, properties));
    spark.sql("DELETE FROM " + table + " WHERE id % " + DELETED + " = 0");
    return spark.table(table);
  }

  private static Evaluation dropping() {
    return Evaluation.ofLogits("predictions")
        .classes(2)
        .slice("country")
        .policy(InputCheck.NULL_PREDICTION, Policy.DROP)
        .policy(InputCheck.NULL_LABEL, Policy.DROP);
  }

  private static void evaluate(String source, Dataset<Row> table) {
    evaluate(source, table, dropping());
  }

  private static void evaluate(String source, Dataset<Row> table, Evaluation evaluation) {
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
