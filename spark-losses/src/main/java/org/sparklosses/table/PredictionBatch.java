// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.sparklosses.metric.DoubleLogitBlock;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.ProbabilityBlock;

/** The predictions of the rows of a batch, to be copied into a block. */
interface PredictionBatch {

  /** Whether a row has predictions of so many classes, all of which lie in the batch. */
  boolean isDense(int row, int classes);

  /** Copies as many rows of so many classes, each to its place in a block. */
  void copy(int[] rows, int size, int classes, PredictionBlock block);

  /** What a block of other numbers than floats is filled in. */
  static double[] doubles(PredictionBlock block) {
    return block instanceof ProbabilityBlock probabilities
        ? probabilities.given()
        : ((DoubleLogitBlock) block).logits();
  }
}
