// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.sparklosses.exact.Binning;
import org.sparklosses.exact.Cells;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.EqualMassBins;

/** Binned pairs of probability and outcome, and the calibration metrics that are read off them. */
public final class BinTable {

  /** How the gaps of the bins are combined. */
  public enum Norm {
    /** {@code sum_b q_b |gap_b|}: the expected calibration error. */
    L1,
    /** {@code sqrt(sum_b q_b gap_b^2)}. */
    L2,
    /** {@code max_b |gap_b|}: the maximum calibration error. */
    MAX
  }

  private static final List<String> MURPHY =
      List.of("reliability", "resolution", "uncertainty", "wbv", "wbc", "brier");

  private final String side;
  private final double[] edges;
  private final long[] counts;
  private final double[] weight;
  private final double[] squaredWeight;
  private final double[] predicted;
  private final double[] observed;
  private final double totalWeight;

  private BinTable(String side, double[] edges, Sums sums) {
    this.side = side;
    this.edges = edges;
    counts = sums.counts;
    weight = sums.weight;
    squaredWeight = sums.squaredWeight;
    predicted = new double[counts.length];
    observed = new double[counts.length];
    double total = 0;
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        predicted[b] = sums.predicted[b] / weight[b];
        observed[b] = sums.observed[b] / weight[b];
        total += weight[b];
      }
    }
    totalWeight = total;
  }

  /** Bin by bin the number of rows and the sums of w, w^2, wp and wy. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Sums(
      long[] counts,
      double[] weight,
      double[] squaredWeight,
      double[] predicted,
      double[] observed) {

    Sums(int bins) {
      this(new long[bins], new double[bins], new double[bins], new double[bins], new double[bins]);
    }
  }

  /** Bins of equal width, from cell {@code from} on. */
  static BinTable of(Binning binning, Cells cells, int from) {
    int n = binning.cells();
    Sums sums = new Sums(n);
    for (int b = 0; b < n; b++) {
      int cell = from + b;
      sums.counts[b] = cells.count(cell);
      if (sums.counts[b] > 0) {
        sums.weight[b] = cells.weight(cell);
        sums.squaredWeight[b] = cells.squaredWeight(cell);
        sums.predicted[b] = cells.predicted(cell);
        sums.observed[b] = cells.observed(cell);
      }
    }
    double[] edges = new double[n + 1];
    Arrays.setAll(edges, binning::edge);
    return new BinTable(binning.side().toString(), edges, sums);
  }

  /** A bin for every atom. */
  public static BinTable ofAtoms(Atoms atoms) {
    int n = atoms.size();
    double[] edges = Arrays.copyOf(atoms.score(), n + 1);
    edges[n] = 1;
    return new BinTable(
        "right",
        edges,
        new Sums(
            atoms.count(), atoms.weight(), atoms.squaredWeight(), atoms.scored(), atoms.outcome()));
  }

  /**
   * Bins of equal mass, closed on the right: the inner edges are weighted quantiles, ties stay
   * together, and a bin can be empty.
   */
  public static BinTable ofEqualMass(Atoms atoms, int bins) {
    double[] edges = new double[bins + 1];
    double[] inner = new EqualMassBins(bins).edges(atoms);
    System.arraycopy(inner, 0, edges, 1, inner.length);
    edges[bins] = 1;
    Sums sums = new Sums(bins);
    int b = 0;
    for (int i = 0; i < atoms.size(); i++) {
      while (b < bins - 1 && atoms.score()[i] > edges[b + 1]) {
        b++;
      }
      sums.counts[b] += atoms.count()[i];
      sums.weight[b] += atoms.weight()[i];
      sums.squaredWeight[b] += atoms.squaredWeight()[i];
      sums.predicted[b] += atoms.scored()[i];
      sums.observed[b] += atoms.outcome()[i];
    }
    return new BinTable("right", edges, sums);
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
  public double error(Norm norm, boolean debias) {
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
  public double averageError() {
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

  /**
   * {@code sum_b q_b f(p_b, y_b)} over the bins that have rows: q_b is the share of a bin in the
   * weight of all rows, p_b and y_b are its mean probability and outcome. NaN without rows.
   */
  public double mean(DoubleBinaryOperator function) {
    if (isEmpty()) {
      return Double.NaN;
    }
    double sum = 0;
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        sum += share(b) * function.applyAsDouble(predicted[b], observed[b]);
      }
    }
    return sum;
  }

  /** The terms that the bins add to the Brier score, given the means of p^2 and py of all rows. */
  public Map<String, Double> murphy(double meanSquare, double meanProduct) {
    if (isEmpty()) {
      return Outcome.parts(
          MURPHY, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double base = 0;
    double reliability = 0;
    double between = 0;
    double product = 0;
    for (int b = 0; b < counts.length; b++) {
      base += counts[b] > 0 ? share(b) * observed[b] : 0;
    }
    double resolution = 0;
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        reliability += share(b) * gap(b) * gap(b);
        resolution += share(b) * (observed[b] - base) * (observed[b] - base);
        between += share(b) * predicted[b] * predicted[b];
        product += share(b) * predicted[b] * observed[b];
      }
    }
    double uncertainty = base * (1 - base);
    double variance = meanSquare - between;
    double covariance = 2 * (meanProduct - product);
    double brier = reliability - resolution + uncertainty + variance - covariance;
    return Outcome.parts(MURPHY, reliability, resolution, uncertainty, variance, covariance, brier);
  }

  /** The reliability diagram. */
  public ReliabilityTable reliability(String source) {
    List<ReliabilityTable.Bin> bins = new ArrayList<>();
    for (int b = 0; b < counts.length; b++) {
      boolean empty = counts[b] == 0;
      double p = predicted[b];
      bins.add(
          new ReliabilityTable.Bin(
              edges[b],
              edges[b + 1],
              counts[b],
              weight[b],
              empty ? Double.NaN : p,
              empty ? Double.NaN : observed[b],
              empty ? Double.NaN : Math.sqrt(Math.max(0, p * (1 - p)) / effectiveSize(b))));
    }
    return new ReliabilityTable(source, side, bins);
  }
}
