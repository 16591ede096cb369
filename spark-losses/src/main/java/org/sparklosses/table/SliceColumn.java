// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/** A column of text that rows are sliced by. */
final class SliceColumn {

  /** Of a row whose value has no number. */
  static final int NO_ID = -1;

  private final Expression expression;
  private final int ordinal;

  /** The columns of the batch that the value follows from. */
  private final List<Integer> sources = new ArrayList<>();

  /** The numbers of the values in the batch at hand; null where they have none. */
  private WritableColumnVector ids;

  private boolean mayBeNull;
  private boolean isConstant;

  SliceColumn(Expression expression) {
    this.expression = expression;
    ordinal = expression instanceof BoundReference reference ? reference.ordinal() : -1;
    addSources(expression);
  }

  private void addSources(Expression of) {
    if (of instanceof BoundReference reference) {
      sources.add(reference.ordinal());
    }
    CollectionConverters.asJava(of.children()).forEach(this::addSources);
  }

  /** Says that the rows to come are those of a batch. */
  void startBatch(ColumnarBatch batch) {
    ColumnVector vector = ordinal < 0 ? null : batch.column(ordinal);
    ids =
        vector instanceof WritableColumnVector writable && writable.hasDictionary()
            ? writable.getDictionaryIds()
            : null;
    mayBeNull = vector == null || vector.hasNull();
    isConstant =
        sources.stream().allMatch(source -> batch.column(source) instanceof ConstantColumnVector);
  }

  /** Whether all rows of the batch have the same value, as they have of partition columns. */
  boolean isConstant() {
    return isConstant;
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
    if (isConstant) {
      return 0;
    }
    return ids == null || (mayBeNull && row.isNullAt(ordinal)) ? NO_ID : ids.getDictId(rowOfBatch);
  }
}
