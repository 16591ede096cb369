// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The two-sample Kolmogorov-Smirnov statistic of the scores of both outcomes: the largest |TPR -
 * FPR|. Parts: {@code value}, NaN unless both outcomes occur; {@code error_bound}: on a grid the
 * exact statistic is not lower, and higher by no more than the corner of a cell that is farthest
 * from the diagonal, hence by at most max(P_b / P, N_b / N).
 */
public record KsStatistic() implements Scan {

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    Sums total = below.plus(stretch.total()).plus(above);
    double largest = 0;
    double highest = 0;
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      double tprAbove = at.outcomeAbove() / total.outcome();
      double fprAbove = at.restAbove() / total.rest();
      double tpr = at.outcome() / total.outcome();
      double fpr = at.rest() / total.rest();
      largest = Math.max(largest, Math.abs(tpr - fpr));
      highest = Math.max(highest, Math.max(tpr - fprAbove, fpr - tprAbove));
    }
    return new double[] {largest, stretch.isExact() ? largest : highest};
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return new double[] {Math.max(lower[0], higher[0]), Math.max(lower[1], higher[1])};
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return total.outcome() > 0 && total.rest() > 0
        ? Parts.value(scanned[0], scanned[1] - scanned[0])
        : Parts.value(Double.NaN, Double.NaN);
  }
}
