// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;

/**
 * What a table or a call is refused for, with a condition: by it Spark tells what concerns the user
 * from its own failures. The driver throws it as it is, where others come wrapped in a "job
 * aborted" with the traces of tasks, and PySpark makes a Python exception of its one line.
 */
public abstract class NamedException extends IllegalArgumentException implements SparkThrowable {

  private static final long serialVersionUID = 1L;

  /** The SQLSTATE "invalid parameter value". */
  private static final String INVALID_VALUE = "22023";

  /**
   * A refusal.
   *
   * @param message for the user, one line
   * @param cause null if there is none
   */
  protected NamedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The name of what is wrong: {@code SPARK_LOSSES_...}. */
  @Override
  public abstract String getCondition();

  /** The condition, as Spark 3.5 calls it. */
  @Override
  @SuppressWarnings("deprecation")
  public String getErrorClass() {
    return getCondition();
  }

  @Override
  public String getSqlState() {
    return INVALID_VALUE;
  }

  @Override
  public Map<String, String> getMessageParameters() {
    return Map.of();
  }

  /** The one that made a Spark job fail, if one did. */
  public static Optional<NamedException> causeOf(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof NamedException)) {
      cause = cause.getCause();
    }
    return Optional.ofNullable((NamedException) cause);
  }

  /**
   * What a Spark job gives.
   *
   * @throws NamedException the one that made it fail, if one did
   */
  public static <T> T unwrapped(Supplier<T> job) {
    try {
      return job.get();
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      Optional<NamedException> cause = causeOf(e);
      if (cause.isPresent()) {
        throw cause.get();
      }
      throw e;
    }
  }
}
