// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.kernel.ProbabilityColumns;
import org.sparklosses.kernel.RowKernel;

/**
 * A block of rows of probabilities. Rows are regular whose numbers are probabilities that sum to 1,
 * as {@link PredictionRow#readProbabilities} judges them.
 */
public final class ProbabilityBlock extends PredictionBlock {

  private final double tolerance;
  private final boolean isRenormalising;

  private Shares.OfDoubles shares = new Shares.OfDoubles(new double[0]);

  private final double[] runnerUp = new double[ROWS];

  private final double[] outside = new double[ROWS];
  private final double[] sum = new double[ROWS];

  /** Before they were divided by their sum. */
  private final double[] sumGiven = new double[ROWS];

  private final double[] outsideGiven = new double[ROWS];
  private final ProbabilityColumns statistics =
      new ProbabilityColumns(confidence, runnerUp, predicted, sum, sumSquares, outside);
  private final double[] logarithms = new double[ROWS];

  /**
   * A block to be filled.
   *
   * @param tolerance see {@link PredictionRow}
   * @param isRenormalising see {@link PredictionRow}
   */
  public ProbabilityBlock(RowKernel kernel, double tolerance, boolean isRenormalising) {
    super(kernel);
    this.tolerance = tolerance;
    this.isRenormalising = isRenormalising;
  }

  @Override
  public void start(int newClasses) {
    super.start(newClasses);
    if (shares.p().length < STRIDE * newClasses) {
      shares = new Shares.OfDoubles(new double[STRIDE * newClasses]);
    }
  }

  /**
   * Where the probabilities are to be written: that of class j of row r to {@code j * STRIDE + r}.
   */
  public double[] given() {
    return shares.p();
  }

  @Override
  Shares.OfDoubles shares() {
    return shares;
  }

  @Override
  boolean readPredictions() {
    double[] p = shares.p();
    columns().readProbabilities(p, STRIDE, classes(), rows(), statistics);
    boolean allRegular = true;
    for (int r = 0; r < rows(); r++) {
      // NaN is not at most the tolerance.
      boolean isSumRegular = isRenormalising ? sum[r] > 0 : Math.abs(sum[r] - 1) <= tolerance;
      regular[r] = outside[r] <= tolerance && isSumRegular;
      allRegular &= regular[r];
    }
    if (isRenormalising && allRegular) {
      renormalise();
    }
    for (int r = 0; r < rows(); r++) {
      labelProbability[r] = p[labels[r] * STRIDE + r];
    }
    return allRegular;
  }

  private void renormalise() {
    double[] p = shares.p();
    System.arraycopy(sum, 0, sumGiven, 0, rows());
    System.arraycopy(outside, 0, outsideGiven, 0, rows());
    for (int j = 0; j < classes(); j++) {
      for (int r = 0; r < rows(); r++) {
        p[j * STRIDE + r] /= sumGiven[r];
      }
    }
    columns().readProbabilities(p, STRIDE, classes(), rows(), statistics);
  }

  @Override
  boolean isLogits() {
    return false;
  }

  @Override
  void fill(PredictionRow view, int r) {
    view.setProbabilities(shares, r, runnerUp[r], isClipped(r), isRenormalised(r));
  }

  @Override
  boolean isClipped(int r) {
    double far = isRenormalising ? outsideGiven[r] : outside[r];
    return far > 0 || PredictionRow.isRaised(labelProbability[r]);
  }

  @Override
  boolean isRenormalised(int r) {
    return isRenormalising && Math.abs(sumGiven[r] - 1) > tolerance;
  }

  @Override
  boolean isProbabilityLike(int r) {
    return false;
  }

  @Override
  boolean isTied(int r) {
    return classes() > 1 && runnerUp[r] == confidence[r];
  }

  @Override
  int labelRank(int r) {
    double p = labelProbability[r];
    int rank = 0;
    for (int j = 0; j < classes(); j++) {
      double q = probability(r, j);
      rank += q > p || (q == p && j < labels[r]) ? 1 : 0;
    }
    return rank;
  }

  @Override
  int amongTop(int k, int r) {
    if (isCorrect(r)) {
      return 1;
    }
    // The predicted class and another are before a label that is behind the second.
    return (k > 2 || labelProbability[r] >= runnerUp[r]) && labelRank(r) < k ? 1 : 0;
  }

  @Override
  public void logLoss(double[] out) {
    for (int r = 0; r < rows(); r++) {
      out[r] = PredictionRow.clipped(labelProbability[r]);
    }
    columns().logarithms(out, rows(), out);
    for (int r = 0; r < rows(); r++) {
      out[r] = -out[r];
    }
  }

  @Override
  public void entropy(double[] out) {
    double[] probabilities = shares.p();
    for (int r = 0; r < rows(); r++) {
      out[r] = 0;
    }
    for (int j = 0; j < classes(); j++) {
      int column = j * STRIDE;
      for (int r = 0; r < rows(); r++) {
        double p = probabilities[column + r];
        logarithms[r] = p >= Double.MIN_NORMAL ? p : 1;
      }
      columns().logarithms(logarithms, rows(), logarithms);
      for (int r = 0; r < rows(); r++) {
        out[r] -= probabilities[column + r] * logarithms[r];
      }
    }
    for (int r = 0; r < rows(); r++) {
      out[r] = Math.max(0.0, out[r]);
    }
  }
}
