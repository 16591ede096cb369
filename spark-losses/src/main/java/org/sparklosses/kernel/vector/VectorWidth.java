// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;

/** The width of the vectors of this class loader. */
final class VectorWidth {

  /** The setting: 128, 256 or 512. */
  static final String SETTING = "losses.kernel.bits";

  /** 128, 256 or 512. */
  static final int BITS = bits(System.getProperty(SETTING));

  private VectorWidth() {}

  /** The shape of that many bits. */
  static VectorShape shape() {
    return VectorShape.forBitSize(BITS);
  }

  /** The shape of half as many bits. */
  static VectorShape halfShape() {
    return VectorShape.forBitSize(BITS / 2);
  }

  private static int bits(String setting) {
    if (setting == null) {
      int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
      return Math.max(128, Math.min(512, Integer.highestOneBit(preferred)));
    }
    return switch (setting) {
      case "128", "256", "512" -> Integer.parseInt(setting);
      default ->
          throw new IllegalArgumentException(
              SETTING + " is '" + setting + "': it must be 128, 256 or 512");
    };
  }
}
