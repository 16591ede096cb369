// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

/** What a parameter holds. */
public enum ParameterType {
  /** An array with one number a class: unnormalised scores, whatever the parameter is called. */
  LOGITS("ARRAY<DOUBLE>", "an array of numbers"),
  /** A class index. */
  LABEL("INT", "a class index (a whole number)"),
  /** A class index, or a soft label: an array with one number a class. */
  TARGET(
      "INT | ARRAY<DOUBLE>", "a class index (a whole number) or a soft label: an array of numbers"),
  /** An array of numbers. */
  ARRAY("ARRAY<DOUBLE>", "an array of numbers"),
  /** An array of numbers and NULLs. */
  NULLABLE_ARRAY("ARRAY<DOUBLE>", "an array of numbers and NULLs"),
  /** An array of arrays of numbers. */
  MATRIX("ARRAY<ARRAY<DOUBLE>>", "an array of arrays of numbers"),
  /** A number. */
  DOUBLE("DOUBLE", "a number"),
  /** A whole number. */
  INT("INT", "a whole number"),
  /** True or false. */
  BOOLEAN("BOOLEAN", "true or false"),
  /** A word in lower case. */
  STRING("STRING", "a word");

  private final String sql;
  private final String phrase;

  ParameterType(String sql, String phrase) {
    this.sql = sql;
    this.phrase = phrase;
  }

  /** As signatures in the documentation write it. */
  public String sql() {
    return sql;
  }

  /** As messages say it: {@code a whole number}. */
  String phrase() {
    return phrase;
  }
}
