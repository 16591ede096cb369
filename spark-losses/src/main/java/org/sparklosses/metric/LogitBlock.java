// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.Arrays;
import org.sparklosses.kernel.LogitColumns;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowStatistics;

/** A block of rows of logits. Rows are regular whose logits are all finite. */
public abstract sealed class LogitBlock extends PredictionBlock implements PredictionRow.LogitRows
    permits FloatLogitBlock, DoubleLogitBlock {

  /** Of each row what softmax tells; the argmax is the predicted class. */
  final LogitColumns softmax;

  private final double[] logOfSum = new double[ROWS];

  private final double[] predictedLogOdds = new double[ROWS];
  private boolean hasPredictedLogOdds;
  private final double[] complements = new double[ROWS];

  LogitBlock(RowKernel kernel) {
    super(kernel);
    softmax =
        new LogitColumns(
            new double[ROWS],
            new double[ROWS],
            new double[ROWS],
            predicted,
            new double[ROWS],
            new int[ROWS],
            new double[ROWS],
            new double[ROWS],
            new double[ROWS],
            regular);
  }

  @Override
  boolean readPredictions() {
    hasPredictedLogOdds = false;
    readSoftmax();
    boolean allRegular = true;
    for (int r = 0; r < rows(); r++) {
      allRegular &= regular[r];
    }
    if (allRegular) {
      readColumns();
    }
    return allRegular;
  }

  /** Reads what softmax tells, and the exponentials. */
  abstract void readSoftmax();

  /** Makes probabilities of the exponentials. */
  abstract void scaleExponentials();

  private void readColumns() {
    double[] sumExp = softmax.sumExp();
    for (int r = 0; r < rows(); r++) {
      confidence[r] = 1.0 / sumExp[r];
    }
    scaleExponentials();
    for (int r = 0; r < rows(); r++) {
      labelProbability[r] = labelDifference(r);
    }
    columns().exponentials(labelProbability, rows(), labelProbability);
    columns().logarithms(sumExp, rows(), logOfSum);
    for (int r = 0; r < rows(); r++) {
      labelProbability[r] /= sumExp[r];
      sumSquares[r] = softmax.sumExpSquares()[r] / (sumExp[r] * sumExp[r]);
    }
  }

  @Override
  boolean isTied(int r) {
    return classes() > 1 && softmax.runnerUp()[r] == softmax.max()[r];
  }

  @Override
  boolean isClipped(int r) {
    return false;
  }

  @Override
  boolean isRenormalised(int r) {
    return false;
  }

  @Override
  boolean isLogits() {
    return true;
  }

  @Override
  public boolean isProbabilityLike(int r) {
    if (!PredictionRow.mayBeProbability(softmax.max()[r])) {
      return false;
    }
    double sum = 0;
    for (int j = 0; j < classes(); j++) {
      if (!PredictionRow.mayBeProbability(logit(j, r))) {
        return false;
      }
      sum += logit(j, r);
    }
    return PredictionRow.isLikeProbabilities(classes(), logit(0, r), sum);
  }

  /** {@link PredictionRow#logOdds} of the predicted class of each row; not to be changed. */
  double[] predictedLogOdds() {
    if (!hasPredictedLogOdds) {
      hasPredictedLogOdds = true;
      if (classes() == 2) {
        readLeads();
      } else {
        readPredictedLogOdds();
      }
    }
    return predictedLogOdds;
  }

  private void readLeads() {
    for (int r = 0; r < rows(); r++) {
      predictedLogOdds[r] = softmax.max()[r] - softmax.runnerUp()[r];
    }
  }

  private void readPredictedLogOdds() {
    Arrays.fill(complements, 0);
    for (int j = 0; j < classes(); j++) {
      shares().copyTo(predictedLogOdds, j, 0, rows());
      for (int r = 0; r < rows(); r++) {
        complements[r] += predicted[r] == j ? 0 : predictedLogOdds[r];
      }
    }
    for (int r = 0; r < rows(); r++) {
      // The logarithm wants no number that is not normal.
      predictedLogOdds[r] = Math.max(complements[r], PredictionRow.LEAST_COMPLEMENT);
    }
    columns().logarithms(predictedLogOdds, rows(), predictedLogOdds);
    for (int r = 0; r < rows(); r++) {
      predictedLogOdds[r] =
          complements[r] >= PredictionRow.LEAST_COMPLEMENT
              ? -logOfSum[r] - predictedLogOdds[r]
              : row(r).logOdds(predicted[r]);
    }
  }

  /** Writes {@link PredictionRow#logOdds} of class k of rows [from, to). */
  void logOdds(int k, int from, int to, double[] out) {
    double[] ofPredicted = predictedLogOdds();
    if (classes() == 2) {
      for (int r = from; r < to; r++) {
        out[r] = predicted[r] == k ? ofPredicted[r] : -ofPredicted[r];
      }
      return;
    }
    shares().copyTo(out, k, from, to);
    for (int r = from; r < to; r++) {
      complements[r - from] = predicted[r] == k ? 1 : 1 - out[r];
    }
    columns().logarithms(complements, to - from, complements);
    for (int r = from; r < to; r++) {
      double logShare = (logit(k, r) - softmax.max()[r]) - logOfSum[r];
      out[r] = predicted[r] == k ? ofPredicted[r] : logShare - complements[r - from];
    }
  }

  /** The logit of class j of a row. */
  abstract double logit(int j, int r);

  /** Writes the logit of class j less the largest of the row. */
  public abstract void differences(int j, double[] out);

  /** The logit of the label less the largest. */
  public double labelDifference(int r) {
    return softmax.labelLogit()[r] - softmax.max()[r];
  }

  @Override
  int labelRank(int r) {
    return softmax.labelRank()[r];
  }

  @Override
  int amongTop(int k, int r) {
    // The sign bit of the difference: a branch would be mispredicted.
    return (softmax.labelRank()[r] - k) >>> (Integer.SIZE - 1);
  }

  @Override
  public RowStatistics statistics(int r) {
    return new RowStatistics(
        classes(),
        labels[r],
        softmax.max()[r],
        softmax.runnerUp()[r],
        softmax.min()[r],
        predicted[r],
        softmax.labelLogit()[r],
        softmax.labelRank()[r],
        softmax.sumExp()[r],
        softmax.sumExpSquares()[r],
        softmax.sumShiftedExp()[r],
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        0);
  }

  @Override
  public void logLoss(double[] out) {
    for (int r = 0; r < rows(); r++) {
      out[r] = (softmax.max()[r] - softmax.labelLogit()[r]) + logOfSum[r];
    }
  }

  @Override
  public void entropy(double[] out) {
    for (int r = 0; r < rows(); r++) {
      double shift = softmax.sumShiftedExp()[r] / softmax.sumExp()[r];
      out[r] = Math.max(0.0, logOfSum[r] - shift);
    }
  }
}
