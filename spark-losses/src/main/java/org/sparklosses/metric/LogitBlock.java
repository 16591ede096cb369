package org.sparklosses.metric;

import org.sparklosses.kernel.LogitColumns;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowStatistics;

/** A block of rows of logits. Rows are regular whose logits are all finite. */
public abstract sealed class LogitBlock extends PredictionBlock
    permits FloatLogitBlock, DoubleLogitBlock {

  /** Of each row what softmax tells; the argmax is the predicted class. */
  final LogitColumns softmax;

  private final double[] logOfSum = new double[ROWS];

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
  boolean isProbabilityLike(int r) {
    return PredictionRow.mayBeProbability(softmax.max()[r]) && isLikeProbabilities(r);
  }

  /** {@link PredictionRow#isLikeProbabilities} of the logits of a row. */
  abstract boolean isLikeProbabilities(int r);

  /** Writes the logit of class j less the largest of the row. */
  abstract void differences(int j, double[] out);

  /** The logit of the label less the largest. */
  double labelDifference(int r) {
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

  /** The statistics of a row but for the sums of z and z^2. */
  RowStatistics statistics(int r) {
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
  void logLoss(double[] out) {
    for (int r = 0; r < rows(); r++) {
      out[r] = (softmax.max()[r] - softmax.labelLogit()[r]) + logOfSum[r];
    }
  }

  @Override
  void entropy(double[] out) {
    for (int r = 0; r < rows(); r++) {
      double shift = softmax.sumShiftedExp()[r] / softmax.sumExp()[r];
      out[r] = Math.max(0.0, logOfSum[r] - shift);
    }
  }
}
