package org.sparklosses.loss;

/** Powers of what is often raised to a small whole number. */
final class Powers {

  private static final int LARGEST_BY_PRODUCT = 8;

  private Powers() {}

  /** {@code base^exponent} within a few units in the last place. */
  static double of(double base, double exponent) {
    int n = (int) exponent;
    if (n != exponent || n < 0 || n > LARGEST_BY_PRODUCT) {
      return StrictMath.pow(base, exponent);
    }
    double product = 1;
    for (int i = 0; i < n; i++) {
      product *= base;
    }
    return product;
  }
}
