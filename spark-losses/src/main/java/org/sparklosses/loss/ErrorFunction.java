// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

/**
 * The error function, within 1e-15 of its value: the Maclaurin series of {@code erf} times {@code
 * exp(x^2)} near 0, and for {@code erfc} elsewhere the trapezoidal rule of Matta and Reichel 1971
 * (Mathematics of Computation 25:339), whose error at this step is below that of the arithmetic.
 */
final class ErrorFunction {

  private static final double SERIES_BELOW = 0.5;
  private static final double STEP = 0.5;

  /** From here on erfc is below the smallest double. */
  private static final double TAIL_BELOW = 27.5;

  private static final double[] NODES = new double[12];
  private static final double[] WEIGHTS = new double[NODES.length];

  static {
    for (int n = 0; n < NODES.length; n++) {
      NODES[n] = (n + 1) * STEP * ((n + 1) * STEP);
      WEIGHTS[n] = StrictMath.exp(-NODES[n]);
    }
  }

  private ErrorFunction() {}

  /** {@code 2/sqrt(pi)} times the integral of {@code exp(-t^2)} from 0 to x. */
  static double erf(double x) {
    if (Math.abs(x) < SERIES_BELOW) {
      return series(x);
    }
    return x < 0 ? tail(-x) - 1 : 1 - tail(x);
  }

  /** {@code 1 - erf(x)}, in full relative accuracy for large x. */
  static double erfc(double x) {
    if (Math.abs(x) < SERIES_BELOW) {
      return 1 - series(x);
    }
    return x < 0 ? 2 - tail(-x) : tail(x);
  }

  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  private static double tail(double x) {
    if (x >= TAIL_BELOW) {
      return 0;
    }
    double square = x * x;
    double sum = 0;
    for (int n = NODES.length - 1; n >= 0; n--) {
      sum += WEIGHTS[n] / (NODES[n] + square);
    }
    // exp(-x^2), with what rounding the square has lost.
    double gauss = StrictMath.exp(-square) * (1 - Math.fma(x, x, -square));
    double rule = STEP * x / Math.PI * gauss * (1 / square + 2 * sum);
    return x < Math.PI / STEP ? rule - 2 / StrictMath.expm1(2 * Math.PI * x / STEP) : rule;
  }
}
