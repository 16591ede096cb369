// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The selective risk, the mean loss of the accepted rows, at the first threshold from above that
 * accepts at least {@code coverage} of the weight; the score is the confidence, the outcome the
 * loss. Parts: {@code value}, NaN without rows; {@code low} and {@code high}: on a grid the range
 * inside the cell of that threshold, for losses in [0, 1]; {@code error_bound}.
 *
 * @param coverage in (0, 1]
 */
public record RiskAtCoverage(double coverage) implements Scan {

  /** A coverage that is reached but for rounding is reached. */
  private static final double ROUNDING = 1e-12;

  /** Checks the range. */
  public RiskAtCoverage {
    Parts.requireShare("coverage", coverage);
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double target = (coverage - ROUNDING) * below.plus(stretch.total()).plus(above).weight();
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      if (at.weight() >= target) {
        double risk = at.outcome() / at.weight();
        if (stretch.isExact()) {
          return new double[] {1, risk, risk, risk};
        }
        CellRisk cell = CellRisk.of(at);
        double least = Math.max(0, target - at.weightAbove());
        return new double[] {
          1,
          risk,
          cell.low(Math.max(least, cell.correct())),
          cell.high(Math.max(least, cell.loss()))
        };
      }
    }
    return new double[4];
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.first(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return total.weight() > 0
        ? Parts.interval(scanned[1], scanned[2], scanned[3])
        : Parts.interval(Double.NaN, Double.NaN, Double.NaN);
  }
}
