// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/**
 * The numbers of the rows of a block, computed once whoever asks.
 *
 * @param scalar gives them
 */
public record BlockScalar(RowScalar scalar) implements PredictionBlock.Attachment<double[]> {

  @Override
  public double[] create() {
    return new double[PredictionBlock.ROWS];
  }

  @Override
  public void fill(PredictionBlock block, double[] numbers) {
    scalar.of(block, numbers);
  }
}
