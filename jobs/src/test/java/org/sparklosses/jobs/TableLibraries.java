// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * A program that has the libraries of table formats on its class path: it writes tables by them and
 * evaluates the folders by the job's command line.
 */
public final class TableLibraries {

  /** The rows that a table has at first, and those that are left when the even ones are deleted. */
  static final int WRITTEN = 20;

  static final int LEFT = WRITTEN / 2;

  private TableLibraries() {}

  /**
   * Writes a table into {@code folder/FORMAT} in each format and evaluates it into {@code
   * folder/FORMAT/report}.
   *
   * @param arguments the folder, then formats
   */
  public static void main(String[] arguments) {
    String folder = arguments[0];
    SparkSession spark = SparkSession.builder().getOrCreate();
    spark.conf().set("spark.sql.catalog.default_iceberg.warehouse", folder + "/iceberg");
    for (String format : List.of(arguments).subList(1, arguments.length)) {
      String path = folder + "/" + format + "/table" + (format.equals("avro") ? ".avro" : "");
      write(spark, format, path);
      evaluate(path, folder + "/" + format + "/report");
    }
    spark.stop();
  }

  private static void write(SparkSession spark, String format, String path) {
    spark
        .range(0, WRITTEN, 1, 2)
        .selectExpr("id", "array(0D, id / 4D) AS z", "1 AS label")
        .createOrReplaceTempView("predictions");
    if (format.equals("avro")) {
      spark.table("predictions").where("id % 2 = 1").write().format(format).save(path);
      return;
    }
    String table = format.equals("iceberg") ? "default_iceberg.table" : "delta.`" + path + "`";
    spark.sql("CREATE TABLE " + table + " USING " + format + " AS SELECT * FROM predictions");
    spark.sql("DELETE FROM " + table + " WHERE id % 2 = 0");
  }

  private static void evaluate(String path, String report) {
    int exitCode =
        Main.commandLine()
            .execute("evaluate", "--input", path, "--logits", "z", "--output", report);
    if (exitCode != 0) {
      throw new IllegalStateException(path + " ended in " + exitCode);
    }
  }
}
