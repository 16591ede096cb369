// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.function.ResultType;

/** How a function's result is carried in SQL. */
final class ResultCode {

  private ResultCode() {}

  static DataType dataType(ResultType type) {
    return switch (type) {
      case DOUBLE -> DataTypes.DoubleType;
      case INT -> DataTypes.IntegerType;
      case BOOLEAN -> DataTypes.BooleanType;
      case ARRAY -> DataTypes.createArrayType(DataTypes.DoubleType, false);
      case CLASSES -> ClassesArray.TYPE;
      case STATISTICS -> StatisticsRow.TYPE;
    };
  }

  /** Whether {@link ColumnsFunction#arrayValue} gives it. */
  static boolean isArray(ResultType type) {
    return type == ResultType.ARRAY || type == ResultType.CLASSES;
  }

  /** The boxed result of a number; null where that is undefined. */
  static Object box(ResultType type, double value) {
    return switch (type) {
      case INT -> Double.isNaN(value) ? null : (Object) (int) value;
      case BOOLEAN -> Double.isNaN(value) ? null : (Object) (value != 0);
      default -> (Object) value;
    };
  }

  /** Java statements that declare {@code isNull} and {@code value}. */
  static String declare(ResultType type, String isNull, String value) {
    String initial =
        switch (type) {
          case DOUBLE -> "double %s = -1.0;";
          case INT -> "int %s = -1;";
          case BOOLEAN -> "boolean %s = false;";
          case ARRAY, CLASSES -> "ArrayData %s = null;";
          case STATISTICS -> "InternalRow %s = null;";
        };
    return "boolean " + isNull + " = true;\n" + String.format(initial, value) + "\n";
  }

  /**
   * Java statements that set them from {@code number}, an expression of what carries the result.
   */
  static String assign(ResultType type, String isNull, String value, String number, String local) {
    return switch (type) {
      case INT ->
          String.format(
              "double %3$s = %4$s;\n%1$s = Double.isNaN(%3$s);\n%2$s = (int) %3$s;\n",
              isNull, value, local, number);
      case BOOLEAN ->
          String.format(
              "double %3$s = %4$s;\n%1$s = Double.isNaN(%3$s);\n%2$s = %3$s != 0;\n",
              isNull, value, local, number);
      case CLASSES -> String.format("%2$s = %3$s;\n%1$s = %2$s == null;\n", isNull, value, number);
      default -> String.format("%1$s = false;\n%2$s = %3$s;\n", isNull, value, number);
    };
  }
}
