package org.sparklosses.evaluate;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of text that rows are sliced by. */
final class SliceColumn {

  /** Of a row whose value has no number. */
  static final int NO_ID = -1;

  private final Expression expression;
  private final int ordinal;

  /** The numbers of the values in the batch at hand; null where they have none. */
  private WritableColumnVector ids;

  private boolean mayBeNull;

  SliceColumn(Expression expression) {
    this.expression = expression;
    ordinal = expression instanceof BoundReference reference ? reference.ordinal() : -1;
  }

  /** Says that the rows to come are those of a batch. */
  void startBatch(ColumnarBatch batch) {
    ColumnVector vector = ordinal < 0 ? null : batch.column(ordinal);
    ids =
        vector instanceof WritableColumnVector writable && writable.hasDictionary()
            ? writable.getDictionaryIds()
            : null;
    mayBeNull = vector == null || vector.hasNull();
  }

  /** The numbers of the values of all rows of the batch; null where a row may have none. */
  WritableColumnVector ids() {
    return mayBeNull ? null : ids;
  }

  /** The value in a row; null for SQL NULL. */
  UTF8String value(InternalRow row) {
    if (ordinal < 0) {
      return (UTF8String) expression.eval(row);
    }
    return row.isNullAt(ordinal) ? null : row.getUTF8String(ordinal);
  }

  /**
   * A number that rows of a batch share if they share the value, for sources that write each value
   * once and number them.
   *
   * @param rowOfBatch the place of the row in its batch
   */
  int id(InternalRow row, int rowOfBatch) {
    return ids == null || (mayBeNull && row.isNullAt(ordinal)) ? NO_ID : ids.getDictId(rowOfBatch);
  }
}
