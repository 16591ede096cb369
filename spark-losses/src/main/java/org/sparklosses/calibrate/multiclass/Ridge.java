// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.Serializable;

/**
 * How strongly the parameters of an affine map are held near 0, before they are divided by the
 * weight of the rows.
 *
 * @param intercept of the shifts, above 0
 * @param diagonal of the scales, above 0
 * @param offDiagonal of what a class takes from another, above 0
 */
record Ridge(double intercept, double diagonal, double offDiagonal) implements Serializable {

  /** All 1. */
  static final Ridge DEFAULT = new Ridge(1, 1, 1);

  private static final long serialVersionUID = 1L;

  /** Checks the range. */
  Ridge {
    if (!(intercept > 0 && diagonal > 0 && offDiagonal > 0)) {
      throw new IllegalArgumentException(
          "a ridge of %s, %s, %s is not allowed; all three lie above 0"
              .formatted(intercept, diagonal, offDiagonal));
    }
  }

  /** The factors of squares for so many classes and rows of such a weight. */
  Penalty over(int classes, double weight) {
    double perWeight = classes / weight;
    return new Penalty(
        intercept * perWeight, diagonal * perWeight, offDiagonal * perWeight * (classes - 1));
  }
}
