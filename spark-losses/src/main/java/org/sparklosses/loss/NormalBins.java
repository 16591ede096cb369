// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

/**
 * A normal distribution, cut to a range of bins of equal width.
 *
 * @param width of a bin
 * @param offset of the mean from the first edge, in [0, bins * width], or NaN
 * @param deviation the standard deviation
 */
record NormalBins(double width, double offset, double deviation) {

  /** Below this, differences of {@code erf} are more accurate than those of {@code erfc}. */
  private static final double NEAR = 0.5;

  /** {@code -sum_i t_i log p_i}, with t_i the share of bin i. */
  double crossEntropy(LogSoftmax p) {
    int bins = p.classes();
    double first = edge(0);
    double last = edge(bins);
    boolean near = last - first < NEAR;
    double mass = mass(first, integral(first, near), last, integral(last, near), near);
    double sum = 0;
    double low = first;
    double lowIntegral = integral(low, near);
    for (int i = 0; i < bins; i++) {
      double high = edge(i + 1);
      double highIntegral = integral(high, near);
      double loss = p.crossEntropy(i);
      // Every bin has some mass, even where it is below the smallest double.
      sum +=
          loss == Double.POSITIVE_INFINITY
              ? loss
              : mass(low, lowIntegral, high, highIntegral, near) / mass * loss;
      low = high;
      lowIntegral = highIntegral;
    }
    return sum;
  }

  private double edge(int i) {
    return (i * width - offset) / (deviation * Math.sqrt(2));
  }

  /** From 0 to x if all edges are near 0, else the tail beyond |x|. */
  private static double integral(double x, boolean near) {
    return near ? ErrorFunction.erf(x) : ErrorFunction.erfc(Math.abs(x));
  }

  /** {@code erf(b) - erf(a)} without cancellation, from the integrals of both. */
  private static double mass(double a, double ia, double b, double ib, boolean near) {
    if (near || b <= 0) {
      return ib - ia;
    }
    return a >= 0 ? ia - ib : (1 - ia) + (1 - ib);
  }
}
