// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/** A number that one row gives, to be averaged over rows. */
@FunctionalInterface
public interface RowScalar {

  /** The number of a row that has no fault. */
  double of(PredictionRow row);

  /** Whether blocks have it as a column; of others rows are best asked for all at a time. */
  default boolean isColumn() {
    return false;
  }

  /** Writes the number of every row of a block. */
  default void of(PredictionBlock block, double[] out) {
    for (int r = 0; r < block.rows(); r++) {
      out[r] = of(block.row(r));
    }
  }
}
