// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The largest coverage of a threshold at which the selective risk, the mean loss of the accepted
 * rows, is at most {@code risk}; 0 if there is none. The score is the confidence, the outcome the
 * loss. Parts: {@code value}, NaN without rows; {@code error_bound}: on a grid the exact coverage
 * is not lower, and higher by no more than this, for losses in [0, 1].
 *
 * @param risk the largest mean loss that is accepted
 */
public record CoverageAtRisk(double risk) implements Scan {

  /** A risk that is kept but for rounding is kept. */
  private static final double ROUNDING = 1e-15;

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double accepted = 0;
    double highest = 0;
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      if (at.outcome() / at.weight() <= risk + ROUNDING) {
        accepted = at.weight();
      }
      if (!stretch.isExact()) {
        highest = Math.max(highest, highest(CellRisk.of(at)));
      }
    }
    return new double[] {accepted, Math.max(accepted, highest)};
  }

  /** The largest accepted weight with which the lowest risk inside the cell is kept; 0 if none. */
  private double highest(CellRisk cell) {
    double correct = cell.correct();
    if (cell.low(correct) > risk + ROUNDING) {
      return 0;
    }
    double more =
        risk < 1
            ? (risk * (cell.weightAbove() + correct) - cell.lossAbove()) / (1 - risk)
            : cell.loss();
    return cell.weightAbove() + correct + Math.max(0, Math.min(cell.loss(), more));
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return new double[] {Math.max(lower[0], higher[0]), Math.max(lower[1], higher[1])};
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return total.weight() > 0
        ? Parts.value(scanned[0] / total.weight(), (scanned[1] - scanned[0]) / total.weight())
        : Parts.value(Double.NaN, Double.NaN);
  }
}
