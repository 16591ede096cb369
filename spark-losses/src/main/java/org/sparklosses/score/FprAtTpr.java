// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The false positive rate at the first threshold from above whose true positive rate is at least
 * {@code tpr} (FPR95 with 0.95). Parts: {@code value}, NaN unless both outcomes occur; {@code low}
 * and {@code high}: on a grid the rates above and below the cell of that threshold; {@code
 * error_bound}.
 *
 * @param tpr the true positive rate, in (0, 1]
 */
public record FprAtTpr(double tpr) implements Scan {

  /** Checks the range. */
  public FprAtTpr {
    Parts.requireShare("tpr", tpr);
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double[] point = new OperatingPoint(tpr).scan(stretch, below, above);
    return new double[] {point[0], point[1], stretch.isExact() ? point[1] : point[3]};
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.first(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return OperatingPoint.isDefined(total)
        ? Parts.interval(scanned[1], scanned[2], scanned[1])
        : Parts.interval(Double.NaN, Double.NaN, Double.NaN);
  }
}
