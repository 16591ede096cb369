// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each row of a block adds to the sum of each mean: wx, or x without weights.
 *
 * @param means the means
 * @param weighted whether rows have weights
 */
record MeanSummands(List<Mean> means, boolean weighted)
    implements PredictionBlock.Attachment<double[][]> {

  @Override
  public double[][] create() {
    return new double[means.size()][PredictionBlock.ROWS];
  }

  @Override
  public void fill(PredictionBlock block, double[][] summands) {
    List<Integer> byRow = new ArrayList<>();
    for (int i = 0; i < summands.length; i++) {
      RowScalar scalar = means.get(i).scalar();
      if (scalar.isColumn()) {
        scalar.of(block, summands[i]);
      } else {
        byRow.add(i);
      }
    }
    if (!byRow.isEmpty()) {
      fillByRow(block, byRow.stream().mapToInt(i -> i).toArray(), summands);
    }
    for (int i = 0; weighted && i < summands.length; i++) {
      for (int r = 0; r < block.rows(); r++) {
        summands[i][r] *= block.weight(r);
      }
    }
  }

  /** Asks each row once for all that are no columns. */
  private void fillByRow(PredictionBlock block, int[] places, double[][] summands) {
    RowScalar[] scalars = new RowScalar[places.length];
    Arrays.setAll(scalars, k -> means.get(places[k]).scalar());
    for (int r = 0; r < block.rows(); r++) {
      PredictionRow row = block.row(r);
      for (int k = 0; k < places.length; k++) {
        summands[places[k]][r] = scalars[k].of(row);
      }
    }
  }
}
