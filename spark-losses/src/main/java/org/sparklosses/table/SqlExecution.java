// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.SQLExecution;
import scala.Option;

/**
 * Runs the jobs of a query as Spark runs those of its own actions: the tasks see the {@code
 * spark.sql} settings of the query's session, the jobs are one entry of the SQL tab, and
 * QueryExecutionListeners are called.
 */
public final class SqlExecution {

  /** What listeners are told that was done; an evaluation over rows ends in the same. */
  private static final String ACTION = "head";

  private SqlExecution() {}

  /**
   * Does what starts the jobs of a query.
   *
   * @throws RuntimeException what {@code jobs} throws
   */
  public static <T> T of(Dataset<?> query, Supplier<T> jobs) {
    return SQLExecution.withNewExecutionId(
        SparkBridge.execution(query), Option.apply(ACTION), jobs::get);
  }
}
