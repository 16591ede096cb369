// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * Floats as integers in the same order: vectors have one instruction for the maximum of integers,
 * and several for that of floats with Java's rules. Both zeros are one; a NaN lies beyond the
 * infinity of its sign.
 */
public final class OrderedBits {

  /** The key of +infinity. */
  static final int INFINITY = 0x7F800000;

  private OrderedBits() {}

  /** The key of a float. */
  public static int of(float v) {
    int bits = Float.floatToRawIntBits(v + 0.0f);
    return bits ^ (bits >> 31) >>> 1;
  }

  /** The float of a key; never -0. */
  static float toFloat(int key) {
    return Float.intBitsToFloat(key ^ (key >> 31) >>> 1) + 0.0f;
  }

  /** Whether a largest or smallest key tells of a NaN. */
  static boolean isNaN(int key) {
    return key > INFINITY || key < ~INFINITY;
  }
}
