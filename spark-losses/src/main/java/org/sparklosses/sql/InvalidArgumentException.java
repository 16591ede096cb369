// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.sparklosses.table.NamedException;

/** A row whose arguments a function refuses. */
final class InvalidArgumentException extends NamedException {

  private static final long serialVersionUID = 1L;

  private static final String REMEDY =
      "; to keep a row from a function write if(condition, function(...), NULL), or WHERE in a"
          + " sub-select: FILTER and AND are no guard";

  private InvalidArgumentException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of what a function of a row said, with how to keep rows from it. */
  static InvalidArgumentException ofRow(IllegalArgumentException refusal) {
    return new InvalidArgumentException(refusal.getMessage() + REMEDY, refusal);
  }

  /** Of what was said. */
  static InvalidArgumentException of(IllegalArgumentException refusal) {
    return new InvalidArgumentException(refusal.getMessage(), refusal);
  }

  @Override
  public String getCondition() {
    return "SPARK_LOSSES_ARGUMENT";
  }
}
