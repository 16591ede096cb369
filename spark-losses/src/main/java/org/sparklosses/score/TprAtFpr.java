// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The true positive rate at the last threshold from above whose false positive rate is at most
 * {@code fpr}; 0 where none is. Parts: {@code value}, NaN unless both outcomes occur; {@code low}
 * and {@code high}: on a grid the next cell can have all of its positives before its negatives;
 * {@code error_bound}.
 *
 * @param fpr the false positive rate, in (0, 1]
 */
public record TprAtFpr(double fpr) implements Scan {

  /** A rate that is exceeded by rounding alone is not exceeded. */
  private static final double ROUNDING = 1e-12;

  private static final int VALUE = 0;
  private static final int HIGH = 1;

  /** Checks the range. */
  public TprAtFpr {
    Parts.requireShare("fpr", fpr);
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    Sums total = below.plus(stretch.total()).plus(above);
    double limit = (fpr + ROUNDING) * total.rest();
    double value = 0;
    double high = 0;
    Descent at = new Descent(stretch, above);
    while (at.next() && at.restAbove() <= limit) {
      boolean isWithin = at.rest() <= limit;
      value = isWithin ? at.outcome() / total.outcome() : value;
      high = isWithin || !stretch.isExact() ? at.outcome() / total.outcome() : value;
    }
    return new double[] {value, high};
  }

  /** Rates rise on the way down: the larger ones are those of the lower stretch, if it has any. */
  @Override
  public double[] join(double[] lower, double[] higher) {
    return new double[] {
      Math.max(lower[VALUE], higher[VALUE]), Math.max(lower[HIGH], higher[HIGH])
    };
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return OperatingPoint.isDefined(total)
        ? Parts.interval(scanned[VALUE], scanned[VALUE], scanned[HIGH])
        : Parts.interval(Double.NaN, Double.NaN, Double.NaN);
  }
}
