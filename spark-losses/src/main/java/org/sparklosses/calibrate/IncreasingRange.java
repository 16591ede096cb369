// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/**
 * Where a map keeps the order of scores: a larger one does not get a smaller probability, and the
 * map is not constant.
 *
 * @param from the least score, may be -infinity; NaN if there are none
 * @param to the greatest score, may be infinity; NaN if there are none
 */
public record IncreasingRange(double from, double to) {

  /** All scores. */
  public static final IncreasingRange EVERYWHERE =
      new IncreasingRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** No scores: the map turns their order round, or is constant. */
  public static final IncreasingRange NOWHERE = new IncreasingRange(Double.NaN, Double.NaN);

  /** Everywhere or nowhere. */
  static IncreasingRange everywhereIf(boolean isIncreasing) {
    return isIncreasing ? EVERYWHERE : NOWHERE;
  }

  /** Of a map with such values in ascending order of scores. */
  static IncreasingRange ofValues(double[] values) {
    for (int i = 1; i < values.length; i++) {
      if (values[i] < values[i - 1]) {
        return NOWHERE;
      }
    }
    return everywhereIf(values[0] < values[values.length - 1]);
  }

  /** Whether a score lies in it. */
  public boolean contains(double x) {
    return from <= x && x <= to;
  }
}
