// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The area under the ROC curve, outcomes being 0 or 1: P(s+ > s-) + P(s+ = s-) / 2. Up to a largest
 * false positive rate f the area of the curve, linearly interpolated at f; standardised it is 0.5
 * for a score without information and 1 for a perfect one (McClish 1989,
 * doi:10.1177/0272989X8900900307).
 *
 * <p>Parts: {@code value}, NaN unless both outcomes occur; {@code error_bound}: on a grid the order
 * inside a cell moves the whole area by at most the sum of P_b N_b / (2 P N).
 *
 * @param maxFpr the largest false positive rate, in (0, 1]
 * @param isStandardized whether an area up to less than 1 is standardised
 */
public record RocAuc(double maxFpr, boolean isStandardized) implements Scan {

  /** The whole area. */
  public RocAuc() {
    this(1, true);
  }

  /** Checks the range. */
  public RocAuc {
    Parts.requireShare("max_fpr", maxFpr);
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double limit =
        maxFpr == 1
            ? Double.POSITIVE_INFINITY
            : maxFpr * below.plus(stretch.total()).plus(above).rest();
    CompensatedSum area = new CompensatedSum();
    CompensatedSum slack = new CompensatedSum();
    Descent at = new Descent(stretch, above);
    while (at.next() && at.restAbove() <= limit) {
      boolean isWhole = at.rest() <= limit;
      double width = isWhole ? at.atomRest() : limit - at.restAbove();
      double rise = isWhole ? at.atomOutcome() : at.atomOutcome() * (width / at.atomRest());
      area.add(width * (at.outcomeAbove() + rise / 2));
      slack.add(stretch.isExact() ? 0 : width * (at.atomOutcome() - rise / 2));
    }
    return new double[] {area.value(), slack.value()};
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    if (!(total.outcome() > 0 && total.rest() > 0)) {
      return Parts.value(Double.NaN, Double.NaN);
    }
    double area = scanned[0] / total.outcome() / total.rest();
    double bound = scanned[1] / total.outcome() / total.rest();
    if (maxFpr == 1 || !isStandardized) {
      return Parts.value(area, bound);
    }
    double chance = 0.5 * maxFpr * maxFpr;
    double scale = 0.5 / (maxFpr - chance);
    return Parts.value(0.5 + scale * (area - chance), scale * bound);
  }
}
