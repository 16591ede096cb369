// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

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
}
