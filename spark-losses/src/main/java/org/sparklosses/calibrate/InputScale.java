// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/** On which scale the scores of a table, and what a fitted map takes, are. */
public enum InputScale {
  /** Logits of the probability of class 1, infinite ones too; beyond +-87.3365 they are cut off. */
  LOGIT {
    @Override
    public double logit(double x) {
      return Logit.clipped(x);
    }

    @Override
    public double probability(double x) {
      return Logit.sigmoid(x);
    }

    @Override
    void check(double x) {
      if (Double.isNaN(x)) {
        throw new IllegalArgumentException("a logit is NaN: drop the row");
      }
    }
  },
  /** Probabilities of class 1, in [0, 1]. */
  PROBABILITY {
    @Override
    public double logit(double x) {
      return Logit.of(x);
    }

    @Override
    public double probability(double x) {
      return x;
    }

    @Override
    void check(double x) {
      if (!(x >= 0 && x <= 1)) {
        throw new IllegalArgumentException(
            "the probability " + x + " is not in [0, 1]: drop the row, or say that it is a logit");
      }
    }
  };

  /**
   * The logit of a score: {@code log p - log(1 - p)}, each of the two logarithms at least -87.3365.
   */
  public abstract double logit(double x);

  /** The probability of a score. */
  public abstract double probability(double x);

  abstract void check(double x);

  /** A score of this scale on the other. */
  double to(InputScale other, double x) {
    return other == LOGIT ? logit(x) : probability(x);
  }
}
