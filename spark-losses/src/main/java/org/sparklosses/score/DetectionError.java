// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The least 0.5 (1 - TPR) + 0.5 FPR of any threshold. Parts: {@code value}, NaN unless both
 * outcomes occur; {@code error_bound}: on a grid the exact figure is not higher, and lower by no
 * more than the corner of a cell with all of its positives before its negatives.
 */
public record DetectionError() implements Scan {

  /** With the threshold above all scores. */
  private static final double WITHOUT_DETECTION = 0.5;

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    Sums total = below.plus(stretch.total()).plus(above);
    double least = WITHOUT_DETECTION;
    double lowest = WITHOUT_DETECTION;
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      double missed = 0.5 * (1 - at.outcome() / total.outcome());
      least = Math.min(least, missed + 0.5 * at.rest() / total.rest());
      lowest = Math.min(lowest, missed + 0.5 * at.restAbove() / total.rest());
    }
    return new double[] {least, stretch.isExact() ? least : lowest};
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return new double[] {Math.min(lower[0], higher[0]), Math.min(lower[1], higher[1])};
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return OperatingPoint.isDefined(total)
        ? Parts.value(scanned[0], scanned[0] - scanned[1])
        : Parts.value(Double.NaN, Double.NaN);
  }
}
