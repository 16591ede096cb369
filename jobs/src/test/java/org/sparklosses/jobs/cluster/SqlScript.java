// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A program that runs the statements of a file and prints what they give, as Spark's own shell of
 * SQL does, which is not among Spark's Maven artifacts. It knows nothing of the library.
 */
public final class SqlScript {

  private SqlScript() {}

  /** Runs a file. */
  public static void main(String[] arguments) throws IOException {
    SparkSession spark = SparkSession.builder().getOrCreate();
    for (String statement : Files.readString(Path.of(arguments[0])).split(";", -1)) {
      if (!statement.isBlank()) {
        spark.sql(statement).show(1000, false);
      }
    }
    spark.stop();
  }
}
