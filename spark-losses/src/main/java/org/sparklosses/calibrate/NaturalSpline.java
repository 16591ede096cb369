// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/**
 * Natural cubic splines on [0, 1] with equidistant knots, as linear functions of their ordinates at
 * the knots.
 */
final class NaturalSpline {

  private final int knots;
  private final double step;

  /** The second derivatives at the knots, a row each, by ordinate. */
  private final double[][] bends;

  /**
   * Of so many knots, at least 2.
   *
   * <p>The second derivatives m solve {@code m[i-1] + 4 m[i] + m[i+1] = 6 (y[i-1] - 2 y[i] +
   * y[i+1]) / h^2}, and are 0 at both ends.
   */
  NaturalSpline(int knots) {
    this.knots = knots;
    step = 1.0 / (knots - 1);
    bends = new double[knots][knots];
    double[] pivot = new double[knots];
    for (int i = 1; i < knots - 1; i++) {
      double factor = 6 / (step * step);
      bends[i][i - 1] += factor;
      bends[i][i] -= 2 * factor;
      bends[i][i + 1] += factor;
      pivot[i] = 4;
      if (i > 1) {
        double share = 1 / pivot[i - 1];
        pivot[i] -= share;
        for (int k = 0; k < knots; k++) {
          bends[i][k] -= share * bends[i - 1][k];
        }
      }
    }
    for (int i = knots - 2; i > 0; i--) {
      for (int k = 0; k < knots; k++) {
        bends[i][k] = (bends[i][k] - bends[i + 1][k]) / pivot[i];
      }
    }
  }

  private int interval(double t) {
    return Math.max(0, Math.min(knots - 2, (int) (t * (knots - 1))));
  }

  /** The value at t in [0, 1], by ordinate. */
  double[] values(double t) {
    int i = interval(t);
    double b = t * (knots - 1) - i;
    double a = 1 - b;
    double left = (a * a * a - a) * step * step / 6;
    double right = (b * b * b - b) * step * step / 6;
    double[] values = bent(i, left, right);
    values[i] += a;
    values[i + 1] += b;
    return values;
  }

  /** The derivative at t in [0, 1], by ordinate. */
  double[] slopes(double t) {
    int i = interval(t);
    double b = t * (knots - 1) - i;
    double a = 1 - b;
    double left = -(3 * a * a - 1) * step / 6;
    double right = (3 * b * b - 1) * step / 6;
    double[] slopes = bent(i, left, right);
    slopes[i] -= 1 / step;
    slopes[i + 1] += 1 / step;
    return slopes;
  }

  private double[] bent(int i, double left, double right) {
    double[] bent = new double[knots];
    for (int k = 0; k < knots; k++) {
      bent[k] = left * bends[i][k] + right * bends[i + 1][k];
    }
    return bent;
  }
}
