// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/** A proper score of a probability for an outcome that is 0 or 1; less is better. */
public enum BinaryScore {
  /** The square {@code (p - y)^2}. */
  BRIER {
    @Override
    double sum(double weight, double outcome, double p) {
      return outcome * (1 - p) * (1 - p) + (weight - outcome) * p * p;
    }
  },
  /** The negative log-likelihood, in nats; infinite where what had probability 0 came true. */
  LOG {
    @Override
    double sum(double weight, double outcome, double p) {
      return -(timesLog(outcome, p) + timesLog(weight - outcome, 1 - p));
    }
  };

  /** The sum over rows of such a weight, of which {@code outcome} came true. */
  abstract double sum(double weight, double outcome, double p);

  /** {@code x ln y}, 0 where x is. */
  static double timesLog(double x, double y) {
    return x > 0 ? x * StrictMath.log(y) : 0;
  }
}
