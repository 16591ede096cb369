// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/** Where a reader is in a table, and the values of the slice columns there. */
public final class SliceReader {

  private final List<SliceColumn> columns;
  private ColumnarBatch batch;
  private InternalRow row;
  private int rowOfBatch;
  private long batches;

  /** Of the slice columns, in the order in which slices name them. */
  public SliceReader(List<Expression> columns) {
    this.columns = columns.stream().map(SliceColumn::new).toList();
  }

  /** Says that the rows to come are those of a batch. */
  public void startBatch(ColumnarBatch newBatch) {
    batch = newBatch;
    columns.forEach(column -> column.startBatch(batch));
    batches++;
    rowOfBatch = -1;
  }

  /** Says that the row to come is this one of the batch. */
  public void moveTo(int rowToCome) {
    rowOfBatch = rowToCome - 1;
  }

  /** Says that the row that was to come is here. */
  public void startRow(InternalRow newRow) {
    row = newRow;
    rowOfBatch++;
  }

  /** Goes to a row of the batch. */
  void goTo(int newRow) {
    rowOfBatch = newRow;
    row = batch.getRow(newRow);
  }

  /** The row. */
  public InternalRow row() {
    return row;
  }

  /** Its place in the batch. */
  int rowOfBatch() {
    return rowOfBatch;
  }

  /** How many batches were started: numbers of values hold for one. */
  long batches() {
    return batches;
  }

  /** The value of a column; null for SQL NULL. */
  UTF8String value(int column) {
    return columns.get(column).value(row);
  }

  /** The number of that value in the batch, or {@link SliceColumn#NO_ID}. */
  int id(int column) {
    return columns.get(column).id(row, rowOfBatch);
  }

  /** Of a column the numbers of all rows of the batch; null where a row may have none. */
  WritableColumnVector ids(int column) {
    return columns.get(column).ids();
  }

  /** Whether all rows of the batch have the same value of a column. */
  boolean isConstant(int column) {
    return columns.get(column).isConstant();
  }
}
