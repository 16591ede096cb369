// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.function.DoubleFunction;

/**
 * The root of an increasing function in a bracket: Newton's method, and the middle of what the
 * signs leave of the bracket where a step leads out of it or the one before did not halve the
 * value.
 *
 * @param x the root; the nearer end of the bracket if there is none in it
 * @param steps how often the function was evaluated
 */
record IncreasingRoot(double x, int steps) {

  private static final int MOST_STEPS = 400;

  /** A step of less than this share is the last: the next would be rounding. */
  private static final double LAST_STEP = 1e-10;

  /**
   * What is known of the function at a point.
   *
   * @param value of it
   * @param slope its derivative, at least 0
   */
  record At(double value, double slope) {}

  static IncreasingRoot of(DoubleFunction<At> function, double from, double to, double start) {
    double low = from;
    double high = to;
    double x = start;
    double before = Double.POSITIVE_INFINITY;
    for (int step = 1; step <= MOST_STEPS; step++) {
      At at = function.apply(x);
      if (at.value() > 0) {
        high = x;
      } else {
        low = x;
      }
      double next = x - at.value() / at.slope();
      boolean isWithin = next >= low && next <= high;
      double middle = 0.5 * (low + high);
      if (isWithin && Math.abs(next - x) <= LAST_STEP * (1 + Math.abs(x))) {
        return new IncreasingRoot(next, step);
      }
      if (!(low < middle && middle < high)) {
        return new IncreasingRoot(x, step);
      }
      boolean isNewton = isWithin && Math.abs(at.value()) <= before / 2;
      before = isNewton ? Math.abs(at.value()) : Double.POSITIVE_INFINITY;
      x = isNewton ? next : middle;
    }
    return new IncreasingRoot(x, MOST_STEPS);
  }
}
