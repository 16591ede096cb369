// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The maximum mean calibration error (Kumar, Sarawagi, Jain 2018, PMLR 80): sqrt(sum over i, j of
 * w_i w_j (y_i - p_i)(y_j - p_j) exp(-|p_i - p_j| / width)) / sum w, pairs of a row with itself
 * included. The kernel is a product on each side of a score, so that one pass in order suffices.
 *
 * <p>Parts: {@code value}, NaN without rows; {@code error_bound}: a row at p in a cell of mean m
 * moves a kernel by at most |p - m| / width, so that with r = w(y - p) the square of the numerator
 * moves by at most (2 / width) (sum of |r|)(sum of |r||p - m|), and a cell adds to the last sum at
 * most sqrt(sum of w(y - p)^2 x sum of w(p - m)^2).
 *
 * @param width of the kernel, above 0
 */
public record Mmce(double width) implements Scan {

  private static final int PAIRS = 0;

  /** The sum of r exp(-(p - first) / width). */
  private static final int FROM_FIRST = 1;

  /** The sum of r exp(-(last - p) / width). */
  private static final int TO_LAST = 2;

  private static final int FIRST = 3;
  private static final int LAST = 4;
  private static final int ABSOLUTE = 5;
  private static final int SHIFT = 6;

  /** The width of the paper, 0.4. */
  public Mmce() {
    this(0.4);
  }

  /** Checks the range. */
  public Mmce {
    if (!(width > 0 && width < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("width is " + width + ": it must be above 0");
    }
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    if (stretch.size() == 0) {
      return new double[0];
    }
    double first = stretch.score()[0];
    double last = first;
    double toLast = 0;
    CompensatedSum pairs = new CompensatedSum();
    CompensatedSum fromFirst = new CompensatedSum();
    double absolute = 0;
    double shift = 0;
    for (int i = 0; i < stretch.size(); i++) {
      double p = stretch.score()[i];
      double r = -Residuals.sum(stretch, i);
      toLast *= kernel(p - last);
      pairs.add(r * r);
      pairs.add(2 * r * toLast);
      toLast += r;
      fromFirst.add(r * kernel(p - first));
      last = p;
      if (!stretch.isExact()) {
        absolute += Residuals.absolute(stretch, i);
        shift += Math.sqrt(Residuals.square(stretch, i) * Residuals.spread(stretch, i));
      }
    }
    return new double[] {pairs.value(), fromFirst.value(), toLast, first, last, absolute, shift};
  }

  private double kernel(double distance) {
    return StrictMath.exp(-distance / width);
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    if (lower.length == 0 || higher.length == 0) {
      return lower.length == 0 ? higher : lower;
    }
    double gap = kernel(higher[FIRST] - lower[LAST]);
    return new double[] {
      lower[PAIRS] + higher[PAIRS] + 2 * lower[TO_LAST] * gap * higher[FROM_FIRST],
      lower[FROM_FIRST] + higher[FROM_FIRST] * kernel(higher[FIRST] - lower[FIRST]),
      lower[TO_LAST] * kernel(higher[LAST] - lower[LAST]) + higher[TO_LAST],
      lower[FIRST],
      higher[LAST],
      lower[ABSOLUTE] + higher[ABSOLUTE],
      lower[SHIFT] + higher[SHIFT]
    };
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    if (scanned.length == 0) {
      return Parts.value(Double.NaN, Double.NaN);
    }
    double square = Math.max(0, scanned[PAIRS]);
    double bound = 2 * scanned[ABSOLUTE] * scanned[SHIFT] / width;
    double value = Math.sqrt(square);
    double below = value - Math.sqrt(Math.max(0, square - bound));
    double above = Math.sqrt(square + bound) - value;
    return Parts.value(value / total.weight(), Math.max(below, above) / total.weight());
  }
}
