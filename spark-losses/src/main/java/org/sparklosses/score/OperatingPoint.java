// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/**
 * The first threshold from above with a true positive rate of at least {@code tpr}: what {@link
 * FprAtTpr} and {@link DetectionErrorAtTpr} look up, as {@code {1, FPR, TPR, FPR and TPR above}},
 * or {@code {0, 0, 0, 0, 0}} if it is not in the stretch.
 */
record OperatingPoint(double tpr) {

  /** A rate that is reached but for rounding is reached. */
  private static final double ROUNDING = 1e-12;

  OperatingPoint {
    Parts.requireShare("tpr", tpr);
  }

  double[] scan(Atoms stretch, Sums below, Sums above) {
    Sums total = below.plus(stretch.total()).plus(above);
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      if (at.outcome() / total.outcome() >= tpr - ROUNDING) {
        return new double[] {
          1,
          at.rest() / total.rest(),
          at.outcome() / total.outcome(),
          at.restAbove() / total.rest(),
          at.outcomeAbove() / total.outcome()
        };
      }
    }
    return new double[5];
  }

  static boolean isDefined(Sums total) {
    return total.outcome() > 0 && total.rest() > 0;
  }
}
