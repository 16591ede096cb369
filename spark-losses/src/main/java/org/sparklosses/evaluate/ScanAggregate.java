package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
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

  /** Says that the rows to come are those of a batch, one after another. */
  abstract void startBatch(ColumnarBatch batch);

  /** Adds the rows of a batch. */
  void updateBatch(B buffer, ColumnarBatch batch) {
    startBatch(batch);
    for (Iterator<InternalRow> rows = batch.rowIterator(); rows.hasNext(); ) {
      update(buffer, rows.next());
    }
  }
}
