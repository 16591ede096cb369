// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * The exponential of the kernels, for arguments at most 0: a polynomial and a power of two made
 * from bits, with fused multiply-add only, so that every provider has the same bits.
 *
 * <p>Floats are taken with their sign turned, x = -d: the bits of floats that are not negative are
 * in the order of the floats, so that the comparison with the ceiling is one of integers, for which
 * vectors have an instruction.
 *
 * <p>{@code d * log2(e)} is split in an integer n and a fraction by adding a number so large that
 * the sum holds no fraction; that number also carries the exponent's bias, so the sum's low bits,
 * shifted, are {@code 2^n}.
 */
public final class Exponential {

  /** -log2(e). */
  public static final float FLOAT_MINUS_LOG2E = -0x1.715476p+0f;

  /** 1.5 * 2^23 plus the exponent's bias of 127. */
  public static final float FLOAT_SHIFTER = 12583039.0f;

  /**
   * Stands for every larger x in exp(-x): the power of two of exp(-x) is exactly 0 there, as it is
   * from 126.5 ln 2 on.
   */
  public static final float FLOAT_CEILING = 88.0f;

  /** 2^f on [-1/2, 1/2], minimax with value 1 at 0, relative error 1.1e-7. */
  public static final float FLOAT_C1 = 0x1.62e42ap-1f;

  /** The coefficient of f^2. */
  public static final float FLOAT_C2 = 0x1.ebf9bcp-3f;

  /** The coefficient of f^3. */
  public static final float FLOAT_C3 = 0x1.c6b754p-5f;

  /** The coefficient of f^4. */
  public static final float FLOAT_C4 = 0x1.3cea8p-7f;

  /** The coefficient of f^5. */
  public static final float FLOAT_C5 = 0x1.5bb9e4p-10f;

  /** log2(e). */
  public static final double DOUBLE_LOG2E = 0x1.71547652b82fep0;

  /** 1.5 * 2^52 plus the exponent's bias of 1023. */
  public static final double DOUBLE_SHIFTER = 0x1.8p52 + 1023;

  /** The high part of ln 2, with enough trailing zeros that its product with n is exact. */
  public static final double LN2_HIGH = 0x1.62e42fee00000p-1;

  /** ln 2 less its high part. */
  public static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /** Below it e is 0. */
  public static final double DOUBLE_UNDERFLOW = -708.0;

  /** Stands for every argument below the underflow; its power of two is exactly 0. */
  public static final double DOUBLE_FLOOR = -709.0;

  private static final double[] FACTORIALS = factorials();

  private Exponential() {}

  /** The coefficient 1/k! of the Taylor polynomial of degree 13 of exp on [-ln2/2, ln2/2]. */
  public static double taylor(int k) {
    return 1.0 / FACTORIALS[k];
  }

  /** exp(d) for any d at most 0, -infinity included; 0 below the underflow. */
  public static double ofDifference(double d) {
    return exp(clamp(d));
  }

  /** {@code x}, or the ceiling above it. */
  static float clamp(float x) {
    return x < FLOAT_CEILING ? x : FLOAT_CEILING;
  }

  /** {@code d}, or the floor below the underflow. */
  static double clamp(double d) {
    return d < DOUBLE_UNDERFLOW ? DOUBLE_FLOOR : d;
  }

  /** exp(-x) for a clamped x at least 0. */
  static float expMinus(float x) {
    float t = Math.fma(x, FLOAT_MINUS_LOG2E, FLOAT_SHIFTER);
    float f = Math.fma(x, FLOAT_MINUS_LOG2E, FLOAT_SHIFTER - t);
    float p = Math.fma(f, FLOAT_C5, FLOAT_C4);
    p = Math.fma(p, f, FLOAT_C3);
    p = Math.fma(p, f, FLOAT_C2);
    p = Math.fma(p, f, FLOAT_C1);
    p = Math.fma(p, f, 1.0f);
    return p * Float.intBitsToFloat(Float.floatToRawIntBits(t) << 23);
  }

  private static final double C13 = taylor(13);
  private static final double C12 = taylor(12);
  private static final double C11 = taylor(11);
  private static final double C10 = taylor(10);
  private static final double C9 = taylor(9);
  private static final double C8 = taylor(8);
  private static final double C7 = taylor(7);
  private static final double C6 = taylor(6);
  private static final double C5 = taylor(5);
  private static final double C4 = taylor(4);
  private static final double C3 = taylor(3);

  /** exp(d) for a clamped d at most 0. */
  static double exp(double d) {
    double t = Math.fma(d, DOUBLE_LOG2E, DOUBLE_SHIFTER);
    double n = DOUBLE_SHIFTER - t;
    double r = Math.fma(n, LN2_LOW, Math.fma(n, LN2_HIGH, d));
    double p = Math.fma(r, C13, C12);
    p = Math.fma(p, r, C11);
    p = Math.fma(p, r, C10);
    p = Math.fma(p, r, C9);
    p = Math.fma(p, r, C8);
    p = Math.fma(p, r, C7);
    p = Math.fma(p, r, C6);
    p = Math.fma(p, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, 0.5);
    p = Math.fma(p, r, 1.0);
    p = Math.fma(p, r, 1.0);
    return p * Double.longBitsToDouble(Double.doubleToRawLongBits(t) << 52);
  }

  private static double[] factorials() {
    double[] f = new double[14];
    f[0] = 1;
    for (int k = 1; k < f.length; k++) {
      f[k] = k * f[k - 1];
    }
    return f;
  }
}
