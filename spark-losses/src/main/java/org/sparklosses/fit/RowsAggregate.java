// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.ClassCount;
import org.sparklosses.table.KernelNames;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowReader;
import org.sparklosses.table.ScanAggregate;
import scala.collection.immutable.Seq;

/**
 * An aggregate function of rows that are read and judged as an evaluation reads them. Its children
 * are the columns that {@link RowReader} reads.
 *
 * @param <B> the buffer
 */
abstract class RowsAggregate<B extends Mergeable<B> & ClassCount> extends ScanAggregate<B> {

  private static final long serialVersionUID = 1L;

  private final PredictionSpec spec;

  /** Per task: made from the above on first use. */
  private transient RowReader reader;

  /**
   * A function.
   *
   * @param definition what it computes; functions of equal definition and columns are equal
   */
  RowsAggregate(
      PredictionSpec spec,
      Serializable definition,
      KernelNames kernels,
      Seq<Expression> children,
      int mutableOffset,
      int inputOffset) {
    super(definition, kernels, children, mutableOffset, inputOffset);
    this.spec = spec;
  }

  /** What the rows are. */
  final PredictionSpec spec() {
    return spec;
  }

  private RowReader reader() {
    if (reader == null) {
      tellKernel();
      reader = new RowReader(spec, columns());
    }
    return reader;
  }

  @Override
  public void startBatch(ColumnarBatch batch) {
    reader().startBatch(batch);
  }

  @Override
  public void moveTo(int row) {
    reader().moveTo(row);
  }

  @Override
  public B update(B buffer, InternalRow input) {
    RowReader rows = reader();
    InputCheck check = rows.read(input, buffer);
    if (check == null) {
      add(buffer, rows);
    } else if (spec.rows().refuses(check)) {
      throw rows.failure(check, buffer.classes());
    } else {
      addUnused(buffer, rows, check);
    }
    return buffer;
  }

  /** Adds the row that was read. */
  abstract void add(B buffer, RowReader rows);

  /** Counts the row that was read, which is left out. */
  abstract void addUnused(B buffer, RowReader rows, InputCheck check);
}
