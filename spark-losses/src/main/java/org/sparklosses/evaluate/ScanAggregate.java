package org.sparklosses.evaluate;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.Seq;

/**
 * An aggregate function of the columns that {@link RowReader} reads, whose value is the state as
 * bytes.
 *
 * @param <B> the buffer
 */
abstract class ScanAggregate<B> extends BytesAggregate<B> {

  private static final long serialVersionUID = 1L;

  /**
   * @param definition what it computes; functions of equal definition and columns are equal
   */
  ScanAggregate(
      Serializable definition, Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(definition, children, mutableOffset, inputOffset);
  }

  /** Says that the rows to come are those of a batch, each told by {@link #moveTo}. */
  abstract void startBatch(ColumnarBatch batch);

  /** Says that the row to come is this one of the batch. */
  abstract void moveTo(int row);

  /** Adds the rows of a batch that are selected. */
  void updateBatch(B buffer, ColumnarBatch batch, RowSelection selection) {
    startBatch(batch);
    for (int row = 0; row < batch.numRows(); row++) {
      if (selection.contains(row)) {
        moveTo(row);
        update(buffer, batch.getRow(row));
      }
    }
  }
}
