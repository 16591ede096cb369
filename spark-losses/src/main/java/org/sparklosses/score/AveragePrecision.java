// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * Average precision: the sum of (R_n - R_(n-1)) P_n over distinct thresholds, without
 * interpolation. Parts: {@code value}, 0 without positives and NaN without rows; {@code low} and
 * {@code high}: on a grid the interval that holds the value of any order inside the cells, reached
 * with the positives of a cell spread behind its negatives and tied before them; {@code
 * error_bound}.
 */
public record AveragePrecision() implements Scan {

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    CompensatedSum value = new CompensatedSum();
    CompensatedSum low = new CompensatedSum();
    CompensatedSum high = new CompensatedSum();
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      double gained = at.atomOutcome();
      if (gained > 0) {
        double found = at.outcome();
        double wrong = at.rest();
        value.add(gained * (found / (found + wrong)));
        low.add(gained - lost(wrong, at.outcomeAbove(), found));
        high.add(gained * (found / (found + at.restAbove())));
      }
    }
    return stretch.isExact()
        ? new double[] {value.value(), value.value(), value.value()}
        : new double[] {value.value(), low.value(), high.value()};
  }

  /** The integral of 1 - t / (t + wrong), t from {@code from} to {@code to}. */
  private static double lost(double wrong, double from, double to) {
    return wrong > 0 ? wrong * StrictMath.log1p((to - from) / (from + wrong)) : 0;
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    if (!(total.weight() > 0)) {
      return Parts.interval(Double.NaN, Double.NaN, Double.NaN);
    }
    if (!(total.outcome() > 0)) {
      return Parts.interval(0, 0, 0);
    }
    return Parts.interval(
        scanned[0] / total.outcome(), scanned[1] / total.outcome(), scanned[2] / total.outcome());
  }
}
