// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/** The logistic function, its inverse and its relatives, accurate in both tails. */
public final class Logit {

  /**
   * The least logarithm of a probability: that of the least normal float, 2^-126. Logits lie in
   * [LEAST, -LEAST].
   */
  public static final double LEAST = -126 * StrictMath.log(2);

  private Logit() {}

  /** {@code 1 / (1 + e^-t)}. */
  static double sigmoid(double t) {
    if (t >= 0) {
      return 1 / (1 + StrictMath.exp(-t));
    }
    double e = StrictMath.exp(t);
    return e / (1 + e);
  }

  /** {@code log(1 + e^t)}. */
  static double softplus(double t) {
    return Math.max(t, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(t)));
  }

  /** {@code log p - log(1 - p)}, each of the two logarithms at least {@link #LEAST}. */
  static double of(double p) {
    return Math.max(StrictMath.log(p), LEAST) - Math.max(StrictMath.log1p(-p), LEAST);
  }

  /** A logit within the range of those that {@link #of} gives. */
  static double clipped(double z) {
    return Math.max(LEAST, Math.min(-LEAST, z));
  }

  /** The log loss of log odds t over rows of such weights of class 1 and of class 0. */
  static double loss(double positive, double negative, double t) {
    double loss = 0;
    if (positive > 0) {
      loss += positive * softplus(-t);
    }
    if (negative > 0) {
      loss += negative * softplus(t);
    }
    return loss;
  }
}
