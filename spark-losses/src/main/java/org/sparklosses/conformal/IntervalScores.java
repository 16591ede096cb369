// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/** How far a number is outside of an interval, or from a point. */
public final class IntervalScores {

  private IntervalScores() {}

  /**
   * How far y is above the interval or below it; negative inside: the distance to the nearer end
   * (conformalised quantile regression: Romano, Patterson and Candes 2019, arXiv:1905.03222). Of a
   * point, both ends of the interval, it is the absolute residual.
   */
  public static double of(double low, double high, double y) {
    return Math.max(low - y, y - high);
  }

  /**
   * The score as a float, none that is below it: an interval that is widened by it holds y.
   *
   * @param score any number but NaN
   */
  public static float roundedUp(double score) {
    float rounded = (float) score;
    return rounded < score ? Math.nextUp(rounded) : rounded;
  }
}
