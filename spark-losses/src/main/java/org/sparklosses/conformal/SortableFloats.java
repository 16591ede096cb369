// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/**
 * Floats as whole numbers of 32 bits in the same order, infinities included; -0 is 0. The upper
 * half of the bits is the cell of a float.
 */
public final class SortableFloats {

  /** How many bits tell the place within a cell. */
  static final int LOW_BITS = 16;

  private static final int SIGN = 1 << 31;
  private static final long MASK = 0xFFFFFFFFL;

  private SortableFloats() {}

  /**
   * The number of a float, in [0, 2^32).
   *
   * @throws IllegalArgumentException if it is NaN, which has no place
   */
  public static long bits(float x) {
    if (Float.isNaN(x)) {
      throw new IllegalArgumentException("a score is NaN, which is neither more nor less than any");
    }
    int bits = Float.floatToRawIntBits(x == 0 ? 0 : x);
    return (bits < 0 ? ~bits : bits | SIGN) & MASK;
  }

  /** The float of a number. */
  public static float value(long number) {
    int bits = (int) number;
    return Float.intBitsToFloat(bits < 0 ? bits & ~SIGN : ~bits);
  }
}
