// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Lets the session of a table be the one at hand: Spark asks that for settings of analysis. */
public final class ActiveSession {

  private ActiveSession() {}

  /**
   * Does something with a table, whichever session the thread has active.
   *
   * @throws IllegalArgumentException if the table is one of Spark Connect
   */
  public static <T> T of(Dataset<?> table, Supplier<T> work) {
    ConnectTable.refuse(table);
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession.setActiveSession(table.sparkSession());
    try {
      return work.get();
    } finally {
      if (before.isDefined()) {
        SparkSession.setActiveSession(before.get());
      } else {
        SparkSession.clearActiveSession();
      }
    }
  }
}
