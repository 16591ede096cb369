// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * 0.5 (1 - TPR) + 0.5 FPR at the first threshold from above whose true positive rate is at least
 * {@code tpr} (Liang, Li and Srikant 2018, arXiv:1706.02690). Parts: {@code value}, NaN unless both
 * outcomes occur; {@code low} and {@code high}: on a grid the range inside the cell of that
 * threshold; {@code error_bound}.
 *
 * @param tpr the true positive rate, in (0, 1]
 */
public record DetectionErrorAtTpr(double tpr) implements Scan {

  /** Checks the range. */
  public DetectionErrorAtTpr {
    Parts.requireShare("tpr", tpr);
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double[] point = new OperatingPoint(tpr).scan(stretch, below, above);
    double value = error(point[2], point[1]);
    return stretch.isExact()
        ? new double[] {point[0], value, value, value}
        : new double[] {
          point[0], value, error(point[2], point[3]), error(Math.max(tpr, point[4]), point[1])
        };
  }

  private static double error(double tpr, double fpr) {
    return 0.5 * (1 - tpr) + 0.5 * fpr;
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.first(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return OperatingPoint.isDefined(total)
        ? Parts.interval(scanned[1], scanned[2], scanned[3])
        : Parts.interval(Double.NaN, Double.NaN, Double.NaN);
  }
}
