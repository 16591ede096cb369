// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.UserDefinedType;
import org.sparklosses.table.InputTypes;

/** The SQL types that a column of numbers may have, and how their values are read. */
enum ColumnType {
  /** ARRAY of FLOAT. */
  FLOATS,
  /** ARRAY of DOUBLE; other arrays of numbers are cast to it. */
  DOUBLES,
  /** ARRAY of ARRAY of DOUBLE. */
  MATRIX,
  /** An MLlib Vector, dense or sparse. */
  VECTOR,
  /** TINYINT, SMALLINT or INT. */
  INT,
  /** BIGINT. */
  LONG,
  /** FLOAT, DOUBLE or DECIMAL. */
  DOUBLE;

  private static final String VECTOR_UDT = "org.apache.spark.ml.linalg.VectorUDT";
  private static final int VECTOR_SIZE = 1;
  private static final int VECTOR_INDICES = 2;
  private static final int VECTOR_VALUES = 3;
  private static final byte DENSE = 1;

  /** The type of an array with one number a class. */
  static Optional<ColumnType> array(DataType type) {
    if (type instanceof ArrayType array) {
      if (array.elementType().equals(DataTypes.FloatType)) {
        return Optional.of(FLOATS);
      }
      return isNumber(array.elementType()) ? Optional.of(DOUBLES) : Optional.empty();
    }
    // By name: MLlib need not be on the class path.
    if (type instanceof UserDefinedType<?> && type.getClass().getName().equals(VECTOR_UDT)) {
      return Optional.of(VECTOR);
    }
    return type instanceof NullType ? Optional.of(DOUBLES) : Optional.empty();
  }

  /** The type of an array of arrays of numbers. */
  static Optional<ColumnType> matrix(DataType type) {
    boolean nested =
        type instanceof ArrayType rows
            && rows.elementType() instanceof ArrayType row
            && isNumber(row.elementType());
    return nested || type instanceof NullType ? Optional.of(MATRIX) : Optional.empty();
  }

  /** The type of a class index. */
  static Optional<ColumnType> label(DataType type) {
    if (type.equals(DataTypes.LongType)) {
      return Optional.of(LONG);
    }
    if (type.equals(DataTypes.ByteType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.IntegerType)
        || type instanceof NullType) {
      return Optional.of(INT);
    }
    return number(type);
  }

  /** The type of a number. */
  static Optional<ColumnType> number(DataType type) {
    return isNumber(type) ? Optional.of(DOUBLE) : Optional.empty();
  }

  private static boolean isNumber(DataType type) {
    return InputTypes.isNumber(type) || type instanceof NullType;
  }

  /** The expression, cast if it does not have this type yet. */
  Expression cast(Expression expression) {
    return cast(expression, expression.dataType());
  }

  /**
   * As {@link #cast(Expression)}.
   *
   * @param given the type that the expression has, or has once it is resolved
   */
  Expression cast(Expression expression, DataType given) {
    DataType wanted =
        switch (this) {
          case FLOATS, VECTOR -> given;
          case DOUBLES -> DataTypes.createArrayType(DataTypes.DoubleType);
          case MATRIX -> DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.DoubleType));
          case INT -> DataTypes.IntegerType;
          case LONG -> DataTypes.LongType;
          case DOUBLE -> DataTypes.DoubleType;
        };
    boolean same = given.asNullable().equals(wanted.asNullable());
    return same ? expression : new Cast(expression, wanted, scala.Option.empty());
  }

  /**
   * An array's or Vector's numbers.
   *
   * @throws IllegalArgumentException when one is NULL, with its place
   */
  double[] doubles(Object value, String function, String column) {
    if (value instanceof ArrayData array) {
      checkNoNull(array, function, column);
    }
    return numbers(value);
  }

  /** An array's or Vector's numbers; none when one is NULL. */
  Optional<double[]> doubles(Object value) {
    return value instanceof ArrayData array && firstNull(array) >= 0
        ? Optional.empty()
        : Optional.of(numbers(value));
  }

  private double[] numbers(Object value) {
    return switch (this) {
      case FLOATS -> widened(((ArrayData) value).toFloatArray());
      case DOUBLES -> ((ArrayData) value).toDoubleArray();
      case VECTOR -> vector((InternalRow) value);
      default -> throw new IllegalStateException(this + " is no array");
    };
  }

  /** The numbers of an ARRAY of DOUBLE, null where an entry is NULL. */
  static List<Double> nullableDoubles(ArrayData array) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < array.numElements(); i++) {
      values.add(array.isNullAt(i) ? null : (Double) array.getDouble(i));
    }
    return values;
  }

  /** The rows of a matrix. */
  static double[][] matrix(ArrayData value, String function, String column) {
    checkNoNull(value, function, column);
    double[][] rows = new double[value.numElements()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = DOUBLES.doubles(value.getArray(i), function, column + "[" + i + "]");
    }
    return rows;
  }

  /** The numbers of an ARRAY of FLOAT. */
  static float[] floats(ArrayData array, String function, String column) {
    checkNoNull(array, function, column);
    return array.toFloatArray();
  }

  private static void checkNoNull(ArrayData array, String function, String column) {
    int place = firstNull(array);
    if (place >= 0) {
      throw new IllegalArgumentException(
          function
              + ": "
              + column
              + "["
              + place
              + "] is NULL; give every class a number, or NULL for the whole array");
    }
  }

  /** The place of the first NULL; -1 if there is none. */
  private static int firstNull(ArrayData array) {
    int n = array.numElements();
    for (int i = 0; i < n; i++) {
      if (array.isNullAt(i)) {
        return i;
      }
    }
    return -1;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** A dense MLlib Vector of these numbers. */
  static InternalRow dense(double[] values) {
    return new GenericInternalRow(
        new Object[] {DENSE, null, null, UnsafeArrayData.fromPrimitiveArray(values)});
  }

  private static double[] vector(InternalRow vector) {
    double[] values = vector.getArray(VECTOR_VALUES).toDoubleArray();
    if (vector.getByte(0) == DENSE) {
      return values;
    }
    double[] all = new double[vector.getInt(VECTOR_SIZE)];
    int[] indices = vector.getArray(VECTOR_INDICES).toIntArray();
    for (int i = 0; i < indices.length; i++) {
      all[indices[i]] = values[i];
    }
    return all;
  }
}
