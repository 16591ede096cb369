// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * The natural logarithm of normal numbers, for loops over many: arithmetic without a branch, with
 * fused multiply-add only, so that every machine has the same bits.
 *
 * <p>With {@code x = 2^k (1 + f)}, {@code 1 + f} within {@code [sqrt(1/2), sqrt(2))} and {@code s =
 * f / (2 + f)}, {@code log(1 + f) = 2 atanh(s) = f - s (f - R)} where {@code R = 2 s^2 (1/3 + s^2 /
 * 5 + s^4 / 7 + ...)}: f is exact and everything else small against it, which keeps the error below
 * one unit in the last place.
 */
public final class Logarithm {

  private static final double C0 = coefficient(0);
  private static final double C1 = coefficient(1);
  private static final double C2 = coefficient(2);
  private static final double C3 = coefficient(3);
  private static final double C4 = coefficient(4);
  private static final double C5 = coefficient(5);
  private static final double C6 = coefficient(6);
  private static final double C7 = coefficient(7);
  private static final double C8 = coefficient(8);
  private static final double C9 = coefficient(9);
  private static final double C10 = coefficient(10);

  private static final int FRACTION_BITS = 52;

  /** The bits of sqrt(1/2): those of x less these have k as their exponent. */
  public static final long SQRT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

  private Logarithm() {}

  /**
   * The coefficient of {@code s^(2i + 2)} in R. Eleven are enough: s^2 is at most 0.0295, so that
   * what is left out is below 1e-18.
   */
  public static double coefficient(int i) {
    return 2.0 / (2 * i + 3);
  }

  /**
   * log x.
   *
   * @param x positive, finite and not subnormal
   */
  public static double of(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long exponent = (bits - SQRT_HALF) >> FRACTION_BITS;
    double k = exponent;
    double f = Double.longBitsToDouble(bits - (exponent << FRACTION_BITS)) - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double r = Math.fma(z, C10, C9);
    r = Math.fma(r, z, C8);
    r = Math.fma(r, z, C7);
    r = Math.fma(r, z, C6);
    r = Math.fma(r, z, C5);
    r = Math.fma(r, z, C4);
    r = Math.fma(r, z, C3);
    r = Math.fma(r, z, C2);
    r = Math.fma(r, z, C1);
    r = Math.fma(r, z, C0) * z;
    double small = Math.fma(s, f - r, -k * Exponential.LN2_LOW);
    return Math.fma(k, Exponential.LN2_HIGH, f - small);
  }
}
