// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.exact.Mergeable;

/**
 * What a component keeps of the rows.
 *
 * @param <S> the state itself
 */
public interface ComponentState<S extends ComponentState<S>> extends Mergeable<S> {

  /** Adds a row, which the shared sums already have. */
  void add(PredictionRow row);

  /**
   * Adds the rows [from, to) of a block, which the shared sums already have: the same as adding
   * each, which is what is done unless a state knows better.
   *
   * @param summands of each mean of the plan what each row of the block adds to its sum: wx
   */
  default void add(PredictionBlock block, double[][] summands, int from, int to) {
    for (int r = from; r < to; r++) {
      add(block.row(r));
    }
  }
}
