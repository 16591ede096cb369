package org.sparklosses.kernel;

/**
 * What one read of a row of logits and its label tells: the sufficient statistics of every loss
 * that is arithmetic on them.
 *
 * <p>With {@code z} the logits, {@code C} their number, {@code m = max z} and {@code y} the label:
 *
 * @param classes C, the number of logits
 * @param label y, or {@link #NO_LABEL}
 * @param max m; NaN when the row holds a NaN
 * @param runnerUp the largest logit other than the one at {@code argmax} (equal to {@code max} on a
 *     tie, -infinity for one class)
 * @param min the smallest logit
 * @param argmax the lowest index whose logit is {@code max}; the first NaN if there is one
 * @param labelLogit z_y, or NaN without a label
 * @param labelRank the number of classes that an argmax with lowest index first would list before
 *     y, or -1 without a label
 * @param sumExp {@code sum_j exp(z_j - m)}, in [1, C]
 * @param sumExpSquares {@code sum_j exp(z_j - m)^2}
 * @param sumShiftedExp {@code sum_j (z_j - m) exp(z_j - m)}, at most 0
 * @param sum {@code sum_j z_j}
 * @param sumSquares {@code sum_j z_j^2}
 * @param sumSquaresOthers {@code sum_{j != y} z_j^2}, or {@code sumSquares} without a label
 * @param nans the number of NaN logits
 * @param positiveInfinities the number of +infinity logits
 * @param negativeInfinities the number of -infinity logits
 */
public record RowStatistics(
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

  /** The label of a row that has none. */
  public static final int NO_LABEL = -1;

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
    return hasSoftmax() ? max + StrictMath.log(sumExp) : max;
  }

  /** {@code -log p_y = (m - z_y) + log sumExp}: never the difference of two large numbers. */
  public double crossEntropy() {
    return hasSoftmax() ? (max - labelLogit) + StrictMath.log(sumExp) : Double.NaN;
  }

  /** {@code p_y}, in [0, 1]. */
  public double labelProbability() {
    return hasSoftmax() ? StrictMath.exp(labelLogit - max) / sumExp : Double.NaN;
  }

  /** {@code max_j p_j}, in [1/C, 1]. */
  public double confidence() {
    return hasSoftmax() ? 1.0 / sumExp : Double.NaN;
  }

  /** The second largest probability; 0 for one class. */
  public double runnerUpProbability() {
    return hasSoftmax() ? StrictMath.exp(runnerUp - max) / sumExp : Double.NaN;
  }

  /** {@code -sum_j p_j log p_j} in nats, in [0, log C]. */
  public double entropy() {
    return hasSoftmax()
        ? Math.max(0.0, StrictMath.log(sumExp) - sumShiftedExp / sumExp)
        : Double.NaN;
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
}
