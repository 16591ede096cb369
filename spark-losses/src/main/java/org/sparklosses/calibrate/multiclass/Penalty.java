// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.Serializable;

/**
 * The factors of the squares of the parameters of an affine map in the objective of its fit.
 *
 * @param intercept of the shifts, above 0
 * @param diagonal of what the scales differ from 1 by, above 0
 * @param offDiagonal of what a class takes from another, above 0
 */
record Penalty(double intercept, double diagonal, double offDiagonal) implements Serializable {

  private static final long serialVersionUID = 1L;
}
