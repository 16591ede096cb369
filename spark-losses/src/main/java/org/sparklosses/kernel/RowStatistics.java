// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.List;

/**
 * What one read of a row of logits and its label tells: the sufficient statistics of every loss
 * that is arithmetic on them. With {@code z} the logits, {@code C} their number, {@code m = max z}
 * and {@code y} the label.
 *
 * <p>Immutable, and equal to another with the same statistics. It is no record because it remembers
 * {@link #crossEntropy()}, {@link #labelComplement()} and what else many losses ask for.
 */
public final class RowStatistics {

  /** The label of a row that has none. */
  public static final int NO_LABEL = -1;

  /** Below it {@code p_y = e^-l} is far from underflow. */
  private static final double LARGEST_LOSS_BY_SHARES = 600;

  private static final double LOG_2 = StrictMath.log(2);

  private final int classes;
  private final int label;
  private final double max;
  private final double runnerUp;
  private final double min;
  private final int argmax;
  private final double labelLogit;
  private final int labelRank;
  private final double sumExp;
  private final double sumExpSquares;
  private final double sumShiftedExp;
  private final double sum;
  private final double sumSquares;
  private final double sumSquaresOthers;
  private final int nans;
  private final int positiveInfinities;
  private final int negativeInfinities;

  // Of the same value whichever thread computes them; NaN until then.
  private double crossEntropy = Double.NaN;
  private double labelComplement = Double.NaN;
  private double labelProbability = Double.NaN;
  private double logOfSum = Double.NaN;
  private double logLabelComplement = Double.NaN;

  /** From the statistics; the accessors say what they are. */
  public RowStatistics(
      int classes,
      int label,
      double max,
      double runnerUp,
      double min,
      int argmax,
      double labelLogit,
      int labelRank,
      double sumExp,
      double sumExpSquares,
      double sumShiftedExp,
      double sum,
      double sumSquares,
      double sumSquaresOthers,
      int nans,
      int positiveInfinities,
      int negativeInfinities) {
    this.classes = classes;
    this.label = label;
    this.max = max;
    this.runnerUp = runnerUp;
    this.min = min;
    this.argmax = argmax;
    this.labelLogit = labelLogit;
    this.labelRank = labelRank;
    this.sumExp = sumExp;
    this.sumExpSquares = sumExpSquares;
    this.sumShiftedExp = sumShiftedExp;
    this.sum = sum;
    this.sumSquares = sumSquares;
    this.sumSquaresOthers = sumSquaresOthers;
    this.nans = nans;
    this.positiveInfinities = positiveInfinities;
    this.negativeInfinities = negativeInfinities;
  }

  /** The number of logits C. */
  public int classes() {
    return classes;
  }

  /** The label y, or {@link #NO_LABEL}. */
  public int label() {
    return label;
  }

  /** The largest logit m; NaN when the row holds a NaN. */
  public double max() {
    return max;
  }

  /**
   * The largest logit other than the one at {@code argmax} (equal to {@code max} on a tie,
   * -infinity for one class).
   */
  public double runnerUp() {
    return runnerUp;
  }

  /** The smallest logit. */
  public double min() {
    return min;
  }

  /** The lowest index whose logit is {@code max}; the first NaN if there is one. */
  public int argmax() {
    return argmax;
  }

  /** The label's logit z_y, or NaN without a label. */
  public double labelLogit() {
    return labelLogit;
  }

  /**
   * The number of classes that an argmax with lowest index first would list before y, or -1 without
   * a label.
   */
  public int labelRank() {
    return labelRank;
  }

  /** {@code sum_j exp(z_j - m)}, in [1, C]. */
  public double sumExp() {
    return sumExp;
  }

  /** {@code sum_j exp(z_j - m)^2}. */
  public double sumExpSquares() {
    return sumExpSquares;
  }

  /** {@code sum_j (z_j - m) exp(z_j - m)}, at most 0. */
  public double sumShiftedExp() {
    return sumShiftedExp;
  }

  /** {@code sum_j z_j}. */
  public double sum() {
    return sum;
  }

  /** {@code sum_j z_j^2}. */
  public double sumSquares() {
    return sumSquares;
  }

  /** {@code sum_{j != y} z_j^2}, or {@code sumSquares} without a label. */
  public double sumSquaresOthers() {
    return sumSquaresOthers;
  }

  /** The number of NaN logits. */
  public int nans() {
    return nans;
  }

  /** The number of +infinity logits. */
  public int positiveInfinities() {
    return positiveInfinities;
  }

  /** The number of -infinity logits. */
  public int negativeInfinities() {
    return negativeInfinities;
  }

  /**
   * Whether softmax is defined: no NaN, no +infinity, and at least one finite logit. Every quantity
   * below is NaN on a row where it is not, but for {@link #logSumExp()}.
   */
  public boolean hasSoftmax() {
    return nans == 0 && positiveInfinities == 0 && negativeInfinities < classes;
  }

  /**
   * {@code log sum_j exp(z_j)}: NaN with a NaN, else +infinity with a +infinity, -infinity when all
   * logits are.
   */
  public double logSumExp() {
    if (nans > 0) {
      return Double.NaN;
    }
    return hasSoftmax() ? max + logOfSum() : max;
  }

  /** {@code log sum_j exp(z_j - m)}, in [0, log C]; NaN where softmax is not defined. */
  public double logOfSum() {
    if (Double.isNaN(logOfSum) && hasSoftmax()) {
      logOfSum = Logarithm.of(sumExp);
    }
    return logOfSum;
  }

  /** {@code -log p_y = (m - z_y) + log sumExp}: never the difference of two large numbers. */
  public double crossEntropy() {
    if (Double.isNaN(crossEntropy) && hasSoftmax()) {
      crossEntropy = (max - labelLogit) + logOfSum();
    }
    return crossEntropy;
  }

  /** {@code 1 - p_y}, in [0, 1], within a rounding of {@link #sumExp()}. */
  public double labelComplement() {
    if (Double.isNaN(labelComplement)) {
      double l = crossEntropy();
      labelComplement = l < LOG_2 ? -StrictMath.expm1(-l) : 1 - labelProbability();
    }
    return labelComplement;
  }

  /** {@code log(1 - p_y)}, at most 0, as accurate as {@link #labelComplement()}. */
  public double logLabelComplement() {
    if (Double.isNaN(logLabelComplement)) {
      logLabelComplement =
          crossEntropy() < LOG_2
              ? StrictMath.log(labelComplement())
              : StrictMath.log1p(-labelProbability());
    }
    return logLabelComplement;
  }

  /** {@code (1 - p_y) / p_y = sum_{j != y} exp(z_j - z_y)}, the odds against the label. */
  public double labelOdds() {
    double l = crossEntropy();
    return l < LARGEST_LOSS_BY_SHARES
        ? labelComplement() / labelProbability()
        : StrictMath.expm1(l);
  }

  /** {@code p_y}, in [0, 1]. */
  public double labelProbability() {
    if (Double.isNaN(labelProbability) && hasSoftmax()) {
      labelProbability = Exponential.ofDifference(labelLogit - max) / sumExp;
    }
    return labelProbability;
  }

  /** {@code max_j p_j}, in [1/C, 1]. */
  public double confidence() {
    return hasSoftmax() ? 1.0 / sumExp : Double.NaN;
  }

  /** The second largest probability; 0 for one class. */
  public double runnerUpProbability() {
    return hasSoftmax() ? Exponential.ofDifference(runnerUp - max) / sumExp : Double.NaN;
  }

  /** {@code -sum_j p_j log p_j} in nats, in [0, log C]. */
  public double entropy() {
    return hasSoftmax() ? Math.max(0.0, logOfSum() - sumShiftedExp / sumExp) : Double.NaN;
  }

  /** {@code sum_j p_j^2}, in [1/C, 1]. */
  public double sumSquaredProbabilities() {
    return hasSoftmax() ? sumExpSquares / (sumExp * sumExp) : Double.NaN;
  }

  /** {@code sum_j (p_j - 1[j = y])^2}, in [0, 2] (Brier 1950). */
  public double brier() {
    return hasSoftmax()
        ? Math.max(0.0, sumSquaredProbabilities() - 2.0 * labelProbability() + 1.0)
        : Double.NaN;
  }

  /** Whether the label is the predicted class. */
  public boolean isCorrect() {
    return label == argmax;
  }

  private List<Object> values() {
    return List.of(
        classes,
        label,
        max,
        runnerUp,
        min,
        argmax,
        labelLogit,
        labelRank,
        sumExp,
        sumExpSquares,
        sumShiftedExp,
        sum,
        sumSquares,
        sumSquaresOthers,
        nans,
        positiveInfinities,
        negativeInfinities);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowStatistics that && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "RowStatistics" + values();
  }
}
