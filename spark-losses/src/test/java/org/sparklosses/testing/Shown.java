// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/** What a query prints. */
public final class Shown {

  private static final int ROWS = 20;

  private Shown() {}

  /** A line a row, without truncation. */
  public static String rows(SparkSession spark, String query) {
    return printed(() -> spark.sql(query).show(ROWS, 0, false));
  }

  /** A line a column, without truncation. */
  public static String columns(SparkSession spark, String query) {
    return printed(() -> spark.sql(query).show(ROWS, 0, true));
  }

  private static String printed(Runnable show) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    scala.Console.withOut(
        out,
        () -> {
          show.run();
          return null;
        });
    return out.toString(StandardCharsets.UTF_8);
  }
}
