// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.kernel.RowKernel;

/** A block of rows of double logits. */
public final class DoubleLogitBlock extends LogitBlock implements PredictionRow.DoubleRows {

  /** Class by class, {@link #STRIDE} for each. */
  private double[] logits = new double[0];

  private Shares.OfDoubles shares = new Shares.OfDoubles(new double[0]);

  /** A block to be filled. */
  public DoubleLogitBlock(RowKernel kernel) {
    super(kernel);
  }

  @Override
  public void start(int newClasses) {
    super.start(newClasses);
    if (logits.length < STRIDE * newClasses) {
      logits = new double[STRIDE * newClasses];
      shares = new Shares.OfDoubles(new double[STRIDE * newClasses]);
    }
  }

  /** Where the logits are to be written: that of class j of row r to {@code j * STRIDE + r}. */
  public double[] logits() {
    return logits;
  }

  @Override
  Shares.OfDoubles shares() {
    return shares;
  }

  @Override
  void readSoftmax() {
    columns().readLogits(logits, STRIDE, classes(), rows(), labels, shares.p(), softmax);
  }

  @Override
  void scaleExponentials() {
    double[] p = shares.p();
    for (int j = 0; j < classes(); j++) {
      for (int r = 0; r < rows(); r++) {
        p[j * STRIDE + r] *= confidence[r];
      }
    }
  }

  @Override
  double logit(int j, int r) {
    return logits[j * STRIDE + r];
  }

  @Override
  public void differences(int j, double[] out) {
    int column = j * STRIDE;
    double[] max = softmax.max();
    for (int r = 0; r < rows(); r++) {
      out[r] = logits[column + r] - max[r];
    }
  }

  @Override
  void fill(PredictionRow view, int r) {
    view.setLogits(this, r);
  }

  @Override
  public void copyProbabilities(int r, double[] out) {
    shares.copyRow(r, out);
  }

  @Override
  public void copyLogits(int r, double[] out) {
    for (int j = 0; j < classes(); j++) {
      out[j] = logits[j * STRIDE + r];
    }
  }
}
