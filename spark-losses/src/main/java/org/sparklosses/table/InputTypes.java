// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.UserDefinedType;

/**
 * Which types of columns hold numbers. Dates, times, intervals and truth values do not, although
 * Spark keeps them as whole numbers.
 */
public final class InputTypes {

  private static final String OLD_VECTOR = "org.apache.spark.mllib.linalg.VectorUDT";

  private InputTypes() {}

  /** Whether it is an integer, decimal or floating-point type. */
  public static boolean isNumber(DataType type) {
    return type instanceof NumericType;
  }

  /** Whether it is an array of numbers. */
  public static boolean isArrayOfNumbers(DataType type) {
    return type instanceof ArrayType array && isNumber(array.elementType());
  }

  /** A type that is refused, with what makes numbers of it where they are in it. */
  public static String refused(DataType type) {
    return name(type) + remedy(type);
  }

  /** What a type is called. */
  public static String name(DataType type) {
    return isOldVector(type) ? "an old vector of org.apache.spark.mllib.linalg" : type.sql();
  }

  /** What makes numbers of columns of a type, after a semicolon; empty if nothing does. */
  public static String remedy(DataType type) {
    if (isOldVector(type)) {
      return "; make a new vector of it:"
          + " org.apache.spark.mllib.util.MLUtils.convertVectorColumnsToML(table, column)";
    }
    if (type instanceof BooleanType) {
      return "; CAST(... AS INT) makes 1 of true";
    }
    boolean isText =
        type instanceof StringType
            || (type instanceof ArrayType array && array.elementType() instanceof StringType);
    return isText ? "; cast it if it holds numbers" : "";
  }

  private static boolean isOldVector(DataType type) {
    // By name: MLlib need not be on the class path.
    return type instanceof UserDefinedType<?> && type.getClass().getName().equals(OLD_VECTOR);
  }
}
