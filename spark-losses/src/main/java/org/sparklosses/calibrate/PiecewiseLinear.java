// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;

/**
 * A map by straight lines between points, constant beyond the first and the last.
 *
 * @param method the name of the method that found the points
 * @param x scores, probabilities in strictly ascending order; at least one
 * @param y the probability at each
 */
@SuppressWarnings("ArrayRecordComponent")
record PiecewiseLinear(String method, double[] x, double[] y) implements BinaryMap {

  private static final long serialVersionUID = 1L;

  static PiecewiseLinear of(String method, MapNumbers numbers) {
    double[] x = numbers.ascending("x");
    if (x.length == 0) {
      throw new IllegalArgumentException("a map without points");
    }
    return new PiecewiseLinear(method, x, numbers.probabilities("y", x.length));
  }

  /** The same without the points that lie on the level between their neighbours. */
  PiecewiseLinear compact() {
    double[] xs = new double[x.length];
    double[] ys = new double[x.length];
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      boolean isLevel = i > 0 && i < x.length - 1 && y[i] == y[i - 1] && y[i] == y[i + 1];
      if (!isLevel) {
        xs[n] = x[i];
        ys[n++] = y[i];
      }
    }
    return new PiecewiseLinear(method, Arrays.copyOf(xs, n), Arrays.copyOf(ys, n));
  }

  @Override
  public InputScale input() {
    return InputScale.PROBABILITY;
  }

  @Override
  public double probability(double p) {
    if (Double.isNaN(p)) {
      return Double.NaN;
    }
    int found = Arrays.binarySearch(x, p);
    int above = found >= 0 ? found : -found - 1;
    if (found >= 0 || above == 0) {
      return y[above];
    }
    if (above == x.length) {
      return y[above - 1];
    }
    double share = (p - x[above - 1]) / (x[above] - x[above - 1]);
    // Rounding must not leave the values of the two points.
    double low = Math.min(y[above - 1], y[above]);
    double high = Math.max(y[above - 1], y[above]);
    double value = y[above - 1] + share * (y[above] - y[above - 1]);
    return Math.max(low, Math.min(high, value));
  }

  @Override
  public boolean needsFloor() {
    return Arrays.stream(y).anyMatch(Floor::isNeeded);
  }

  @Override
  public IncreasingRange increasing() {
    return IncreasingRange.ofValues(y);
  }

  @Override
  public MapNumbers numbers() {
    return MapNumbers.none().with("x", x).with("y", y);
  }
}
