// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The rate at which false positive rate and false negative rate are equal, on the line between the
 * two points of the ROC curve around it. Parts: {@code value}, NaN unless both outcomes occur;
 * {@code low} and {@code high}: on a grid the curve can take any way through the cell of that
 * point; {@code error_bound}.
 */
public record EqualErrorRate() implements Scan {

  private static final int FOUND = 0;
  private static final int VALUE = 1;
  private static final int LOW = 2;
  private static final int HIGH = 3;

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    Sums total = below.plus(stretch.total()).plus(above);
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      double falseAbove = at.restAbove() / total.rest();
      double missedAbove = 1 - at.outcomeAbove() / total.outcome();
      double falsePositives = at.rest() / total.rest();
      double missed = 1 - at.outcome() / total.outcome();
      if (missed <= falsePositives) {
        // Below a stretch that ends just short of the point, rounding can put it behind already.
        double before = Math.max(0, missedAbove - falseAbove);
        double share = before / (before + falsePositives - missed);
        double value = falseAbove + share * (falsePositives - falseAbove);
        return stretch.isExact()
            ? new double[] {1, value, value, value}
            : new double[] {
              1, value, Math.max(falseAbove, missed), Math.min(falsePositives, missedAbove)
            };
      }
    }
    return new double[4];
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return higher[FOUND] == 1 ? higher : lower;
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return OperatingPoint.isDefined(total)
        ? Parts.interval(scanned[VALUE], scanned[LOW], scanned[HIGH])
        : Parts.interval(Double.NaN, Double.NaN, Double.NaN);
  }
}
