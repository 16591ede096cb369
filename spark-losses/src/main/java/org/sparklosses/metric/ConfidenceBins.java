// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.exact.Binning;

/**
 * The bin of the largest probability of each row of a block.
 *
 * @param binning the bins
 */
record ConfidenceBins(Binning binning) implements PredictionBlock.Attachment<int[]> {

  @Override
  public int[] create() {
    return new int[PredictionBlock.ROWS];
  }

  @Override
  public void fill(PredictionBlock block, int[] bins) {
    double[] confidence = block.confidence();
    for (int r = 0; r < block.rows(); r++) {
      bins[r] = binning.of(confidence[r]);
    }
  }
}
