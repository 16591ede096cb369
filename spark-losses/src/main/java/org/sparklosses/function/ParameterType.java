package org.sparklosses.function;

/** What a parameter holds. */
public enum ParameterType {
  /** An array with one number a class: unnormalised scores, whatever the parameter is called. */
  LOGITS("ARRAY<DOUBLE>"),
  /** A class index. */
  LABEL("INT"),
  /** A class index, or a soft label: an array with one number a class. */
  TARGET("INT | ARRAY<DOUBLE>"),
  /** An array of numbers. */
  ARRAY("ARRAY<DOUBLE>"),
  /** An array of numbers and NULLs. */
  NULLABLE_ARRAY("ARRAY<DOUBLE>"),
  /** An array of arrays of numbers. */
  MATRIX("ARRAY<ARRAY<DOUBLE>>"),
  /** A number. */
  DOUBLE("DOUBLE"),
  /** A whole number. */
  INT("INT"),
  /** True or false. */
  BOOLEAN("BOOLEAN"),
  /** A word. */
  STRING("STRING");

  private final String sql;

  ParameterType(String sql) {
    this.sql = sql;
  }

  /** As signatures in the documentation write it. */
  public String sql() {
    return sql;
  }
}
