// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

/** The logistic function and its relatives, accurate in both tails. */
final class Logistic {

  private static final double LOG_2 = StrictMath.log(2);

  private Logistic() {}

  /** {@code 1 / (1 + e^-x)}. */
  static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + StrictMath.exp(-x));
    }
    double e = StrictMath.exp(x);
    return e / (1 + e);
  }

  /** {@code log(1 + e^x)}. */
  static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  /** {@code log(1 - e^-l)} for {@code l >= 0}: of the complement of a probability, by its loss. */
  static double logComplement(double l) {
    return l < LOG_2
        ? StrictMath.log(-StrictMath.expm1(-l))
        : StrictMath.log1p(-StrictMath.exp(-l));
  }

  /** {@code t softplus(-z) + (1 - t) softplus(z)}: binary cross entropy of a logit. */
  static double crossEntropy(double z, double t) {
    return crossEntropy(z, t, 1 - t);
  }

  /** As {@link #crossEntropy(double, double)}, of a target whose complement is known better. */
  static double crossEntropy(double z, double t, double complement) {
    return Mass.times(t, softplus(-z)) + Mass.times(complement, softplus(z));
  }

  /** {@code |sigmoid(x) - sigmoid(y)|}, without cancellation where both are close to 1. */
  static double distance(double x, double y) {
    return x > 0 && y > 0 ? Math.abs(sigmoid(-x) - sigmoid(-y)) : Math.abs(sigmoid(x) - sigmoid(y));
  }
}
