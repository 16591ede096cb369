// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * A sum of doubles with the rounding errors of its additions kept beside it (Ogita, Rump and Oishi
 * 2005), so that a row of a million classes loses no more than a row of one chunk.
 */
final class CompensatedSum {

  private double high;
  private double low;

  void clear() {
    high = 0;
    low = 0;
  }

  void add(double v) {
    double sum = high + v;
    double part = sum - high;
    low += (high - (sum - part)) + (v - part);
    high = sum;
  }

  void scale(double factor) {
    high *= factor;
    low *= factor;
  }

  /** The sum; the errors beside an infinity mean nothing. */
  double value() {
    if (Double.isNaN(high)) {
      return Double.NaN;
    }
    return Double.isInfinite(high) ? high : high + low;
  }
}
