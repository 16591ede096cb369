// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The share of positives among the {@code fraction} of the weight with the highest scores, over
 * that among all rows; of tied scores at the cut a proportional part is taken. Parts: {@code
 * value}, NaN without positives; {@code low} and {@code high}: on a grid the fewest and most
 * positives that the part of the cell at the cut can hold; {@code error_bound}.
 *
 * @param fraction in (0, 1]
 */
public record Lift(double fraction) implements Scan {

  /** Checks the range. */
  public Lift {
    Parts.requireShare("fraction", fraction);
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double cut = fraction * below.plus(stretch.total()).plus(above).weight();
    CompensatedSum value = new CompensatedSum();
    CompensatedSum low = new CompensatedSum();
    CompensatedSum high = new CompensatedSum();
    Descent at = new Descent(stretch, above);
    while (at.next() && at.weightAbove() < cut) {
      double taken = Math.min(at.atomWeight(), cut - at.weightAbove());
      value.add(at.atomOutcome() * (taken / at.atomWeight()));
      low.add(Math.max(0, taken - at.atomRest()));
      high.add(Math.min(taken, at.atomOutcome()));
    }
    return stretch.isExact()
        ? new double[] {value.value(), value.value(), value.value()}
        : new double[] {value.value(), low.value(), high.value()};
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
    double expected = fraction * total.outcome();
    return Parts.interval(scanned[0] / expected, scanned[1] / expected, scanned[2] / expected);
  }
}
