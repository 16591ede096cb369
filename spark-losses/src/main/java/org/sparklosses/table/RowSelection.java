// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Predicate$;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Which rows of a batch are evaluated: those that a condition holds of, or all. */
public final class RowSelection {

  private final Optional<BasePredicate> condition;
  private boolean[] holds = new boolean[0];

  /**
   * @param condition over the columns of the batches; empty for all rows
   */
  RowSelection(Optional<Expression> condition) {
    this.condition = condition.map(Predicate$.MODULE$::create);
  }

  /** Selects the rows of a batch. */
  void startBatch(ColumnarBatch batch) {
    if (condition.isPresent()) {
      if (holds.length < batch.numRows()) {
        holds = new boolean[batch.numRows()];
      }
      for (int row = 0; row < batch.numRows(); row++) {
        holds[row] = condition.get().eval(batch.getRow(row));
      }
    }
  }

  /** Whether a row of the batch is evaluated. */
  boolean contains(int row) {
    return condition.isEmpty() || holds[row];
  }
}
