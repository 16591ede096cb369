// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * How far a score and an outcome of 0 or 1 have the same order: Spearman's correlation of
 * mid-ranks, or Kendall's tau-b, {@code (C - D) / sqrt((pairs - ties of s) (pairs - ties of y))}.
 * Weights count rows. With T the weight of a score, P and N those of the outcomes and W of all
 * rows, both follow from the area under the ROC curve: C - D = P N (2 AUC - 1).
 *
 * <p>Parts: {@code value}, NaN unless both outcomes and two scores occur; {@code low} and {@code
 * high}: on a grid rows of a cell can be in any order; {@code error_bound}.
 *
 * @param isKendall tau-b instead of Spearman's
 */
public record RankCorrelation(boolean isKendall) implements Scan {

  private static final RocAuc AUC = new RocAuc();

  private static final int AREA = 0;
  private static final int SLACK = 1;
  private static final int TIES = 2;
  private static final int EXACT_TIES = 3;

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double[] area = AUC.scan(stretch, below, above);
    CompensatedSum ties = new CompensatedSum();
    for (double weight : stretch.weight()) {
      ties.add(isKendall ? weight * weight : weight * weight * weight);
    }
    double known = stretch.isExact() ? ties.value() : 0;
    return new double[] {area[0], area[1], ties.value(), known};
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    double value = correlation(scanned[AREA], scanned[TIES], total);
    double low = correlation(scanned[AREA] - scanned[SLACK], scanned[TIES], total);
    double high = correlation(scanned[AREA] + scanned[SLACK], scanned[TIES], total);
    double lowUntied = correlation(scanned[AREA] - scanned[SLACK], scanned[EXACT_TIES], total);
    double highUntied = correlation(scanned[AREA] + scanned[SLACK], scanned[EXACT_TIES], total);
    return Parts.interval(value, Math.min(low, lowUntied), Math.max(high, highUntied));
  }

  private double correlation(double area, double ties, Sums total) {
    double pairs = total.outcome() * total.rest();
    double weight = total.weight();
    double excess = area - pairs / 2;
    if (!(pairs > 0)) {
      return Double.NaN;
    }
    double spread =
        isKendall ? (weight * weight - ties) / 2 : (weight * weight - ties / weight) / 12;
    return isKendall ? 2 * excess / Math.sqrt(spread * pairs) : excess / Math.sqrt(spread * pairs);
  }
}
