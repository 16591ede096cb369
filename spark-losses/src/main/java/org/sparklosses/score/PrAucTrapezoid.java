// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The area under the line through the points (recall, precision) from (0, 1) on. Optimistic; {@link
 * AveragePrecision} is not. Parts: {@code value}, NaN without positives; {@code low} and {@code
 * high}: on a grid the lowest and highest precision of each cell over its recall; {@code
 * error_bound}.
 */
public record PrAucTrapezoid() implements Scan {

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    CompensatedSum value = new CompensatedSum();
    CompensatedSum low = new CompensatedSum();
    CompensatedSum high = new CompensatedSum();
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      double gained = at.atomOutcome();
      if (gained > 0) {
        double before = precision(at.outcomeAbove(), at.restAbove());
        double after = precision(at.outcome(), at.rest());
        value.add(gained * (before + after) / 2);
        low.add(gained * precision(at.outcomeAbove(), at.rest()));
        high.add(gained * precision(at.outcome(), at.restAbove()));
      }
    }
    return stretch.isExact()
        ? new double[] {value.value(), value.value(), value.value()}
        : new double[] {value.value(), low.value(), high.value()};
  }

  private static double precision(double found, double wrong) {
    return found + wrong > 0 ? found / (found + wrong) : 1;
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    if (!(total.outcome() > 0)) {
      return Parts.interval(Double.NaN, Double.NaN, Double.NaN);
    }
    return Parts.interval(
        scanned[0] / total.outcome(), scanned[1] / total.outcome(), scanned[2] / total.outcome());
  }
}
