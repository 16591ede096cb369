// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.exact.Mergeable;
import scala.collection.immutable.Seq;

/**
 * An aggregate function of the columns that {@link RowReader} reads, whose value is the state as
 * bytes.
 *
 * @param <B> the buffer
 */
public abstract class ScanAggregate<B extends Mergeable<B>> extends MergeableAggregate<B>
    implements StateMerging<B> {

  private static final long serialVersionUID = 1L;

  /** Null where nobody asks. */
  private final KernelNames kernels;

  /**
   * A function.
   *
   * @param definition what it computes; functions of equal definition and columns are equal
   * @param kernels is told which kernels read rows; null if nobody asks
   */
  protected ScanAggregate(
      Serializable definition,
      KernelNames kernels,
      Seq<Expression> children,
      int mutableOffset,
      int inputOffset) {
    super(definition, children, mutableOffset, inputOffset);
    this.kernels = kernels;
  }

  /** Who is told which kernels read rows; null if nobody asks. */
  public KernelNames kernels() {
    return kernels;
  }

  /** To be called once a task, before the first row. */
  public void tellKernel() {
    if (kernels != null) {
      kernels.addOwn();
    }
  }

  /** Says that the rows to come are those of a batch, each told by {@link #moveTo}. */
  public abstract void startBatch(ColumnarBatch batch);

  /** Says that the row to come is this one of the batch. */
  public abstract void moveTo(int row);

  /** Adds the rows of a batch that are selected. */
  public void updateBatch(B buffer, ColumnarBatch batch, RowSelection selection) {
    startBatch(batch);
    for (int row = 0; row < batch.numRows(); row++) {
      if (selection.contains(row)) {
        moveTo(row);
        update(buffer, batch.getRow(row));
      }
    }
  }
}
