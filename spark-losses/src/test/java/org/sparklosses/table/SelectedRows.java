// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of a column that are left after some were deleted. It does not tell its type, as columns
 * of Iceberg do not that came after the files.
 */
final class SelectedRows extends ColumnVector {

  private final ColumnVector column;
  private final int[] left;

  SelectedRows(ColumnVector column, int[] left) {
    super(null);
    this.column = column;
    this.left = left.clone();
  }

  @Override
  public void close() {
    column.close();
  }

  @Override
  public boolean hasNull() {
    return column.hasNull();
  }

  @Override
  public int numNulls() {
    return column.numNulls();
  }

  @Override
  public boolean isNullAt(int row) {
    return column.isNullAt(left[row]);
  }

  @Override
  public boolean getBoolean(int row) {
    return column.getBoolean(left[row]);
  }

  @Override
  public byte getByte(int row) {
    return column.getByte(left[row]);
  }

  @Override
  public short getShort(int row) {
    return column.getShort(left[row]);
  }

  @Override
  public int getInt(int row) {
    return column.getInt(left[row]);
  }

  @Override
  public long getLong(int row) {
    return column.getLong(left[row]);
  }

  @Override
  public float getFloat(int row) {
    return column.getFloat(left[row]);
  }

  @Override
  public double getDouble(int row) {
    return column.getDouble(left[row]);
  }

  @Override
  public ColumnarArray getArray(int row) {
    return column.getArray(left[row]);
  }

  @Override
  public ColumnarMap getMap(int row) {
    return column.getMap(left[row]);
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    return column.getDecimal(left[row], precision, scale);
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return column.getUTF8String(left[row]);
  }

  @Override
  public byte[] getBinary(int row) {
    return column.getBinary(left[row]);
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw new UnsupportedOperationException();
  }
}
