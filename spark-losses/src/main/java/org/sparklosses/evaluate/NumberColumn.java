package org.sparklosses.evaluate;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** A column of type double, read without an object a row where it is a column of numbers itself. */
final class NumberColumn {

  private final Expression expression;
  private final Reader reader;
  private final int ordinal;
  private boolean isNull;

  /** Whether a row to come may be null. */
  private boolean mayBeNull = true;

  /** The column of the batch at hand, if it is of ints none of which is null. */
  private ColumnVector ints;

  /** The same of doubles. */
  private ColumnVector doubles;

  NumberColumn(Expression expression) {
    this.expression = expression;
    Expression source = expression instanceof Cast cast ? cast.child() : expression;
    ordinal = source instanceof BoundReference reference ? reference.ordinal() : -1;
    reader = ordinal < 0 ? null : reader(source.dataType());
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
    return type.equals(DataTypes.DoubleType) ? InternalRow::getDouble : null;
  }

  /** Says that the rows to come are those of a batch. */
  void startBatch(ColumnarBatch batch) {
    mayBeNull = ordinal < 0 || batch.column(ordinal).hasNull();
    ints = columnOf(DataTypes.IntegerType, batch);
    doubles = columnOf(DataTypes.DoubleType, batch);
  }

  private ColumnVector columnOf(DataType type, ColumnarBatch batch) {
    return !mayBeNull && batch.column(ordinal).dataType().equals(type)
        ? batch.column(ordinal)
        : null;
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

  /** The number in a row; 0 where it is null, as {@link #isNull} then says. */
  double read(InternalRow row) {
    if (reader != null) {
      isNull = mayBeNull && row.isNullAt(ordinal);
      return isNull ? 0 : reader.read(row, ordinal);
    }
    Double value = (Double) expression.eval(row);
    isNull = value == null;
    return isNull ? 0 : value;
  }

  /** Whether the number that was read last is null. */
  boolean isNull() {
    return isNull;
  }
}
