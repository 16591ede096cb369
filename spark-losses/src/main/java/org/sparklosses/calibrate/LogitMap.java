// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;

/** A map that has a formula for the log odds, of the logit. */
interface LogitMap extends BinaryMap {

  @Override
  double logOdds(double x);

  @Override
  default InputScale input() {
    return InputScale.LOGIT;
  }

  @Override
  default double probability(double x) {
    return Logit.sigmoid(logOdds(x));
  }

  /** A formula is steepest at the ends of the logits, or where it turns. */
  @Override
  default boolean needsFloor() {
    IncreasingRange increasing = increasing();
    double[] farthest = {
      probability(Logit.LEAST),
      probability(-Logit.LEAST),
      Double.isInfinite(increasing.from()) ? 0.5 : probability(increasing.from()),
      Double.isInfinite(increasing.to()) ? 0.5 : probability(increasing.to())
    };
    return Arrays.stream(farthest).filter(p -> !Double.isNaN(p)).anyMatch(Floor::isNeeded);
  }
}
