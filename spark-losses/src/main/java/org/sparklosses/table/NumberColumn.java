// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** A column of type double, read without an object a row where it is a column of numbers itself. */
public final class NumberColumn {

  private final Expression expression;
  private final Reader reader;
  private final int ordinal;

  /** Of the column itself. */
  private final DataType type;

  private boolean isNull;

  /** Whether a row to come may be null. */
  private boolean mayBeNull = true;

  /** The column of the batch at hand, if it is of ints none of which is null. */
  private ColumnVector ints;

  /** The same of doubles. */
  private ColumnVector doubles;

  /** The column of the batch at hand, if it is of doubles or floats. */
  private ColumnVector fractions;

  private boolean isOfFloats;

  /** Of an expression of type double. */
  public NumberColumn(Expression expression) {
    this.expression = expression;
    Expression source = expression instanceof Cast cast ? cast.child() : expression;
    ordinal = source instanceof BoundReference reference ? reference.ordinal() : -1;
    type = source.dataType();
    reader = ordinal < 0 ? null : reader(type);
  }

  @FunctionalInterface
  private interface Reader {
    double read(InternalRow row, int ordinal);
  }

  private static Reader reader(DataType type) {
    if (type.equals(DataTypes.IntegerType)) {
      return InternalRow::getInt;
    }
    if (type.equals(DataTypes.LongType)) {
      return InternalRow::getLong;
    }
    if (type.equals(DataTypes.FloatType)) {
      return InternalRow::getFloat;
    }
    return type.equals(DataTypes.DoubleType) ? InternalRow::getDouble : null;
  }

  /** Says that the rows to come are those of a batch. */
  public void startBatch(ColumnarBatch batch) {
    mayBeNull = ordinal < 0 || batch.column(ordinal).hasNull();
    ints = columnOf(DataTypes.IntegerType, batch);
    doubles = columnOf(DataTypes.DoubleType, batch);
    isOfFloats = ordinal >= 0 && type.equals(DataTypes.FloatType);
    boolean isOfDoubles = ordinal >= 0 && type.equals(DataTypes.DoubleType);
    fractions = isOfFloats || isOfDoubles ? batch.column(ordinal) : null;
  }

  /** The column if it is of a type; vectors of other sources may not say theirs. */
  private ColumnVector columnOf(DataType wanted, ColumnarBatch batch) {
    return !mayBeNull && type.equals(wanted) ? batch.column(ordinal) : null;
  }

  /**
   * Copies the rows [from, to) of the batch, if they are ints or doubles none of which is null.
   *
   * @param other stands for doubles that are no ints
   */
  boolean readInts(int from, int to, int other, int[] out) {
    for (int row = from; ints != null && row < to; row++) {
      out[row - from] = ints.getInt(row);
    }
    for (int row = from; doubles != null && row < to; row++) {
      double x = doubles.getDouble(row);
      out[row - from] = x == (int) x ? (int) x : other;
    }
    return ints != null || doubles != null;
  }

  /** Whether the numbers of the batch are doubles or floats and lie in it. */
  boolean isOfFractions() {
    return fractions != null;
  }

  /** Of such numbers whether one is null. */
  boolean isNullAt(int row) {
    return mayBeNull && fractions.isNullAt(row);
  }

  /** Copies such numbers of rows of the batch, none of which is null, to places from an offset. */
  void readAll(int[] rows, int count, double[] out, int offset) {
    if (isOfFloats) {
      for (int i = 0; i < count; i++) {
        out[offset + i] = fractions.getFloat(rows[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        out[offset + i] = fractions.getDouble(rows[i]);
      }
    }
  }

  /** The same of floats. */
  void readAll(int[] rows, int count, float[] out, int offset) {
    for (int i = 0; i < count; i++) {
      out[offset + i] = fractions.getFloat(rows[i]);
    }
  }

  /** The number in a row; 0 where it is null, as {@link #isNull} then says. */
  public double read(InternalRow row) {
    if (reader != null) {
      isNull = mayBeNull && row.isNullAt(ordinal);
      return isNull ? 0 : reader.read(row, ordinal);
    }
    Double value = (Double) expression.eval(row);
    isNull = value == null;
    return isNull ? 0 : value;
  }

  /** Whether the number that was read last is null. */
  public boolean isNull() {
    return isNull;
  }
}
