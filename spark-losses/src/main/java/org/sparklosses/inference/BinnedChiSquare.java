// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.metric.ReliabilityTable.Bin;

/**
 * The chi-square test of calibration over bins of the predicted probability (Hosmer and Lemeshow
 * 1980, doi:10.1080/03610928008827941, on bins that are fixed in advance and predictions that were
 * not fitted to the rows): the sum of {@code n (observed - predicted)^2 / (predicted (1 -
 * predicted))}, n being the effective number of rows (Kish). Neighbouring bins are joined, from the
 * lowest on, until 5 hits and 5 misses are expected in each (Cochran 1954). A bin of probability 0
 * or 1 allows no other outcome: with one the statistic is infinite and the p-value 0, however few
 * the rows.
 *
 * @param statistic NaN if all rows together are too few
 * @param degrees of freedom: the joined bins
 * @param pValue of a statistic as large
 */
public record BinnedChiSquare(double statistic, int degrees, double pValue) {

  private static final double EXPECTED = 5;

  /** The test of these bins. */
  public static BinnedChiSquare of(ReliabilityTable table) {
    BinnedChiSquare test = ofLarge(table);
    return table.bins().stream().anyMatch(BinnedChiSquare::isImpossible)
        ? new BinnedChiSquare(Double.POSITIVE_INFINITY, Math.max(1, test.degrees), 0)
        : test;
  }

  /** Whether something else came of certain predictions. */
  private static boolean isImpossible(Bin bin) {
    double p = bin.meanPredicted();
    return (p == 0 || p == 1) && bin.meanObserved() != p;
  }

  private static BinnedChiSquare ofLarge(ReliabilityTable table) {
    double statistic = 0;
    int degrees = 0;
    Group group = Group.EMPTY;
    Group last = Group.EMPTY;
    for (Bin bin : table.bins()) {
      if (bin.sumWeight() > 0) {
        group = group.plus(Group.of(bin));
        if (group.isLarge()) {
          statistic += last.term();
          degrees++;
          last = group;
          group = Group.EMPTY;
        }
      }
    }
    // What is left over at the upper end joins the last bin that is large enough.
    statistic += last.plus(group).term();
    return degrees == 0
        ? new BinnedChiSquare(Double.NaN, 0, Double.NaN)
        : new BinnedChiSquare(statistic, degrees, Tails.chiSquareAbove(statistic, degrees));
  }

  /** Sums of w, w^2, wp and wy. */
  private record Group(double weight, double squares, double predicted, double observed) {

    static final Group EMPTY = new Group(0, 0, 0, 0);

    static Group of(Bin bin) {
      double w = bin.sumWeight();
      double p = bin.meanPredicted();
      double variance = bin.bandDeviation() * bin.bandDeviation();
      // Of p = 0 or 1 the deviation is 0, whatever the number of rows: take it to be the count.
      double rows = variance > 0 ? p * (1 - p) / variance : bin.count();
      return new Group(w, w * w / rows, w * p, w * bin.meanObserved());
    }

    Group plus(Group other) {
      return new Group(
          weight + other.weight,
          squares + other.squares,
          predicted + other.predicted,
          observed + other.observed);
    }

    private double rows() {
      return weight * weight / squares;
    }

    boolean isLarge() {
      double p = predicted / weight;
      return rows() * Math.min(p, 1 - p) >= EXPECTED;
    }

    double term() {
      if (weight == 0) {
        return 0;
      }
      double p = predicted / weight;
      double gap = observed / weight - p;
      return rows() * gap * gap / (p * (1 - p));
    }
  }
}
