// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * A fitted calibrator of a probability of two classes: a function from a score to the probability
 * of class 1. Immutable; made again from its numbers by {@link BinaryCalibrator#map}.
 */
public interface BinaryMap extends Serializable {

  /** The name of the method that it was fitted by. */
  String method();

  /** On which scale it takes scores. */
  InputScale input();

  /**
   * The probability of class 1, in [0, 1].
   *
   * @param x a score on the scale {@link #input}; logits may be infinite; NaN gives NaN
   */
  double probability(double x);

  /**
   * The log odds of that probability; of methods with a formula not bounded by what probabilities
   * can tell, of others in [-87.3365, 87.3365].
   */
  default double logOdds(double x) {
    return Logit.of(probability(x));
  }

  /** The probability of class 1, given a logit. */
  default double ofLogit(double z) {
    return probability(InputScale.LOGIT.to(input(), z));
  }

  /** The probability of class 1, given a probability in [0, 1]. */
  default double ofProbability(double p) {
    return probability(InputScale.PROBABILITY.to(input(), p));
  }

  /** Where it keeps the order of scores. */
  IncreasingRange increasing();

  /** Whether it gives a probability of 0 or 1, as it is rounded, to some score. */
  boolean needsFloor();

  /** What it is made of. */
  MapNumbers numbers();

  /** Writes the method and the numbers, {@code UTF method}, then {@link MapNumbers}. */
  default void write(DataOutput out) throws IOException {
    out.writeUTF(method());
    numbers().write(out);
  }
}
