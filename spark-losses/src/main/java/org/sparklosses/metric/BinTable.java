package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.List;

/** Binned pairs of probability and outcome, and the calibration metrics that are read off them. */
final class BinTable {

  /** How the gaps of the bins are combined. */
  enum Norm {
    /** {@code sum_b q_b |gap_b|}: the expected calibration error. */
    L1,
    /** {@code sqrt(sum_b q_b gap_b^2)}. */
    L2,
    /** {@code max_b |gap_b|}: the maximum calibration error. */
    MAX
  }

  private final Binning binning;
  private final long[] counts;
  private final double[] weight;
  private final double[] squaredWeight;
  private final double[] predicted;
  private final double[] observed;
  private final double totalWeight;

  BinTable(Binning binning, Cells cells) {
    int n = binning.cells();
    this.binning = binning;
    counts = new long[n];
    weight = new double[n];
    squaredWeight = new double[n];
    predicted = new double[n];
    observed = new double[n];
    double total = 0;
    for (int b = 0; b < n; b++) {
      counts[b] = cells.count(b);
      if (counts[b] > 0) {
        weight[b] = cells.weight(b);
        squaredWeight[b] = cells.squaredWeight(b);
        predicted[b] = cells.predicted(b) / weight[b];
        observed[b] = cells.observed(b) / weight[b];
        total += weight[b];
      }
    }
    totalWeight = total;
  }

  private boolean isEmpty() {
    return totalWeight == 0;
  }

  private double gap(int b) {
    return predicted[b] - observed[b];
  }

  private double share(int b) {
    return weight[b] / totalWeight;
  }

  /** Kish's effective sample size. */
  private double effectiveSize(int b) {
    return weight[b] * weight[b] / squaredWeight[b];
  }

  /**
   * The calibration error; NaN without rows.
   *
   * @param debias for L2: subtract what chance alone adds (Broecker 2012; Kumar et al. 2019,
   *     arXiv:1909.10155); a bin of effective size up to 1 then adds nothing
   */
  double error(Norm norm, boolean debias) {
    if (isEmpty()) {
      return Double.NaN;
    }
    double sum = 0;
    double max = 0;
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        double gap = Math.abs(gap(b));
        max = Math.max(max, gap);
        sum += share(b) * (norm == Norm.L1 ? gap : gap * gap - (debias ? chance(b) : 0));
      }
    }
    return switch (norm) {
      case L1 -> sum;
      case L2 -> Math.sqrt(Math.max(0, sum));
      case MAX -> max;
    };
  }

  private double chance(int b) {
    double excess = effectiveSize(b) - 1;
    return excess > 1e-9 ? observed[b] * (1 - observed[b]) / excess : gap(b) * gap(b);
  }

  /** The mean of |gap| over the bins that have rows, whatever their weight. */
  double averageError() {
    double sum = 0;
    int bins = 0;
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        sum += Math.abs(gap(b));
        bins++;
      }
    }
    return sum / bins;
  }

  /** {@code sum_b q_b max(gap_b, 0)}. */
  double overconfidence() {
    return sumOfGaps(1, false);
  }

  /** {@code sum_b q_b max(-gap_b, 0)}. */
  double underconfidence() {
    return sumOfGaps(-1, false);
  }

  /** {@code sum_b q_b p_b max(gap_b, 0)} (Thulasidasan et al. 2019, arXiv:1905.11001). */
  double weightedOverconfidence() {
    return sumOfGaps(1, true);
  }

  /** The mean of p minus the mean of the outcome. */
  double signedGap() {
    return isEmpty() ? Double.NaN : overconfidence() - underconfidence();
  }

  private double sumOfGaps(int sign, boolean timesPredicted) {
    if (isEmpty()) {
      return Double.NaN;
    }
    double sum = 0;
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        double gap = Math.max(0, sign * gap(b));
        sum += share(b) * (timesPredicted ? predicted[b] * gap : gap);
      }
    }
    return sum;
  }

  /** The reliability diagram. */
  ReliabilityTable reliability(String source) {
    List<ReliabilityTable.Bin> bins = new ArrayList<>();
    for (int b = 0; b < counts.length; b++) {
      boolean empty = counts[b] == 0;
      double p = predicted[b];
      bins.add(
          new ReliabilityTable.Bin(
              binning.edge(b),
              binning.edge(b + 1),
              counts[b],
              weight[b],
              empty ? Double.NaN : p,
              empty ? Double.NaN : observed[b],
              empty ? Double.NaN : Math.sqrt(Math.max(0, p * (1 - p)) / effectiveSize(b))));
    }
    return new ReliabilityTable(source, binning.side().toString(), bins);
  }
}
