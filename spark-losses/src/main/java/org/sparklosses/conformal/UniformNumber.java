// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/** The random number of a row, from the hash of its key: the same whenever the row is scored. */
public final class UniformNumber {

  private UniformNumber() {}

  /** The upper 53 bits of the hash as a number in [0, 1). */
  public static double of(long hash) {
    return (hash >>> 11) * 0x1p-53;
  }
}
