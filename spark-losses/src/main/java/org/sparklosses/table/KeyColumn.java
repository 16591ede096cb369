// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.sparklosses.inference.RowHash;

/**
 * A column of type BIGINT or STRING, read as the hash of its values: {@link RowHash}, which for
 * NULL is the seed. Whole numbers are read without an object a row.
 */
public final class KeyColumn {

  private final Expression expression;
  private final Reader reader;
  private final int ordinal;
  private final boolean isOfLongs;

  /** The column of the batch at hand, if it is of longs none of which is null. */
  private ColumnVector longs;

  /** Of a column. */
  public KeyColumn(Expression expression) {
    this.expression = expression;
    Expression source =
        expression instanceof Cast cast && cast.dataType().equals(DataTypes.LongType)
            ? cast.child()
            : expression;
    ordinal = source instanceof BoundReference reference ? reference.ordinal() : -1;
    reader = ordinal < 0 ? null : reader(source);
    isOfLongs = ordinal >= 0 && source.dataType().equals(DataTypes.LongType);
  }

  @FunctionalInterface
  private interface Reader {
    long read(InternalRow row, int ordinal);
  }

  private static Reader reader(Expression source) {
    if (source.dataType().equals(DataTypes.LongType)) {
      return InternalRow::getLong;
    }
    return source.dataType().equals(DataTypes.IntegerType) ? InternalRow::getInt : null;
  }

  /** Says that the rows to come are those of a batch. */
  public void startBatch(ColumnarBatch batch) {
    longs = isOfLongs && !batch.column(ordinal).hasNull() ? batch.column(ordinal) : null;
  }

  /**
   * Hashes the keys of rows of the batch.
   *
   * @return false, nothing being hashed, if they are to be read row by row
   */
  boolean hashAll(int[] rows, int count, long[] hashes) {
    if (longs == null) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      hashes[i] = RowHash.of(longs.getLong(rows[i]), RowHash.DEFAULT_SEED);
    }
    return true;
  }

  /** The hash of the key of a row. */
  public long hash(InternalRow row) {
    if (reader != null) {
      return row.isNullAt(ordinal)
          ? RowHash.DEFAULT_SEED
          : RowHash.of(reader.read(row, ordinal), RowHash.DEFAULT_SEED);
    }
    Object value = expression.eval(row);
    if (value instanceof UTF8String text) {
      return XXH64.hashUnsafeBytes(
          text.getBaseObject(), text.getBaseOffset(), text.numBytes(), RowHash.DEFAULT_SEED);
    }
    return value == null
        ? RowHash.DEFAULT_SEED
        : RowHash.of(((Number) value).longValue(), RowHash.DEFAULT_SEED);
  }
}
