// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

/** Powers, of which most are small whole ones, and what is computed alike. */
final class Powers {

  private static final int LARGEST_BY_PRODUCT = 8;

  /** The error of exp(x) grows with |x|; up to here it is that of a rounding or two. */
  private static final double LARGEST_BY_LOGARITHM = 1;

  /** From here on, either way, e^x - 1 does not cancel. */
  private static final double LEAST_WITHOUT_CANCELLATION = StrictMath.log(2);

  private Powers() {}

  /** {@code base^exponent} within a few units in the last place, of a base at least 0. */
  static double of(double base, double exponent) {
    if (isByProduct(exponent)) {
      double product = 1;
      for (int i = 0; i < exponent; i++) {
        product *= base;
      }
      return product;
    }
    double log = exponent * StrictMath.log(base);
    return Math.abs(log) <= LARGEST_BY_LOGARITHM
        ? StrictMath.exp(log)
        : StrictMath.pow(base, exponent);
  }

  /**
   * {@code base^exponent - (base - step)^exponent}, accurate also for a small step.
   *
   * @param step in [0, base]
   */
  static double difference(double base, double step, double exponent) {
    if (isByProduct(exponent)) {
      double other = base - step;
      double sum = 0;
      double power = 1;
      for (int i = 0; i < exponent; i++) {
        sum = sum * other + power;
        power *= base;
      }
      return step * sum;
    }
    return -of(base, exponent) * expm1(exponent * StrictMath.log1p(-step / base));
  }

  /** {@code e^x - 1} within a few units in the last place. */
  static double expm1(double x) {
    return Math.abs(x) < LEAST_WITHOUT_CANCELLATION ? StrictMath.expm1(x) : StrictMath.exp(x) - 1;
  }

  private static boolean isByProduct(double exponent) {
    return exponent >= 0 && exponent <= LARGEST_BY_PRODUCT && exponent == (int) exponent;
  }
}
