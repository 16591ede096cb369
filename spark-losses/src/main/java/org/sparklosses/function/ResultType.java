// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

/**
 * What a function gives. {@link #DOUBLE}, {@link #INT} and {@link #BOOLEAN} are carried as a
 * double; for the latter two, which have no NaN, NaN stands for "undefined" (NULL in SQL).
 */
public enum ResultType {
  /** A number; NaN is a value. */
  DOUBLE("DOUBLE"),
  /** A whole number, or NaN for undefined. */
  INT("INT"),
  /** 1 for true, 0 for false, NaN for undefined. */
  BOOLEAN("BOOLEAN"),
  /** One number a class. */
  ARRAY("ARRAY<DOUBLE>"),
  /** Classes with their probabilities, or none for undefined (NULL in SQL). */
  CLASSES("ARRAY<STRUCT<class INT, p DOUBLE>>"),
  /** The row statistics themselves. */
  STATISTICS("STRUCT");

  private final String sql;

  ResultType(String sql) {
    this.sql = sql;
  }

  /** As signatures in the documentation write it. */
  public String sql() {
    return sql;
  }
}
