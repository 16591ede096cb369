// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.sparklosses.score.CompensatedSum;

/**
 * Distinct scores in ascending order, with the weight of each class at each of them.
 *
 * @param score strictly ascending
 * @param positive the weight of the rows of class 1, at least 0
 * @param negative the weight of the rows of class 0, at least 0; of a score both are not 0
 */
// The arrays are shared, not copied: a table can be large and nothing writes to it.
@SuppressWarnings("ArrayRecordComponent")
record BinaryPoints(double[] score, double[] positive, double[] negative) {

  int size() {
    return score.length;
  }

  double weight(int i) {
    return positive[i] + negative[i];
  }

  /** The weight of all rows of class 1. */
  double positives() {
    return CompensatedSum.of(positive);
  }

  /** The weight of all rows of class 0. */
  double negatives() {
    return CompensatedSum.of(negative);
  }

  /** The weight of all rows. */
  double weight() {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < size(); i++) {
      sum.add(positive[i]);
      sum.add(negative[i]);
    }
    return sum.value();
  }

  /** The weights of all rows up to each score, it included. */
  double[] cumulativeWeight() {
    double[] cumulative = new double[size()];
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < cumulative.length; i++) {
      sum.add(positive[i]);
      sum.add(negative[i]);
      cumulative[i] = sum.value();
    }
    return cumulative;
  }

  /** The weights of the rows of class 1 up to each score, it included. */
  double[] cumulativePositive() {
    double[] cumulative = new double[size()];
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < cumulative.length; i++) {
      sum.add(positive[i]);
      cumulative[i] = sum.value();
    }
    return cumulative;
  }

  boolean hasBothClasses() {
    return positives() > 0 && negatives() > 0;
  }

  /**
   * The same rows by a function of the score that does not decrease; scores that it makes equal are
   * one.
   */
  BinaryPoints by(DoubleUnaryOperator ascending) {
    double[] scores = new double[size()];
    double[] positives = new double[size()];
    double[] negatives = new double[size()];
    int n = 0;
    for (int i = 0; i < size(); i++) {
      double x = ascending.applyAsDouble(score[i]);
      // Rounding must not make neighbours change places.
      if (n == 0 || x > scores[n - 1]) {
        scores[n++] = x;
      }
      positives[n - 1] += positive[i];
      negatives[n - 1] += negative[i];
    }
    return new BinaryPoints(
        Arrays.copyOf(scores, n), Arrays.copyOf(positives, n), Arrays.copyOf(negatives, n));
  }

  /** The same rows with score -s. */
  BinaryPoints mirrored() {
    int last = size() - 1;
    double[] scores = new double[size()];
    double[] positives = new double[size()];
    double[] negatives = new double[size()];
    for (int i = 0; i <= last; i++) {
      scores[i] = -score[last - i];
      positives[i] = positive[last - i];
      negatives[i] = negative[last - i];
    }
    return new BinaryPoints(scores, positives, negatives);
  }

  /** The mean log loss of log odds that are a function of the score, in nats. */
  double logLoss(DoubleUnaryOperator logOdds) {
    CompensatedSum loss = new CompensatedSum();
    for (int i = 0; i < size(); i++) {
      loss.add(Logit.loss(positive[i], negative[i], logOdds.applyAsDouble(score[i])));
    }
    return loss.value() / weight();
  }

  /**
   * Whether the sign of a polynomial of that degree can tell the classes apart, up to rows at which
   * it is 0: then the likelihood has no maximum. Of degree 1 that is a threshold; of degree 2 no
   * row of one class lies strictly between the least and the greatest score of the other. There are
   * rows of both classes.
   *
   * @param degree 1 or 2
   */
  boolean isSeparable(int degree) {
    int[] ones = ends(positive);
    int[] zeros = ends(negative);
    if (degree == 1) {
      return ones[0] >= zeros[1] || zeros[0] >= ones[1];
    }
    return hasNone(negative, ones) || hasNone(positive, zeros);
  }

  /** Whether a threshold tells the rows of class 1, above it, from those of class 0. */
  boolean isSeparableUpwards() {
    return ends(positive)[0] >= ends(negative)[1];
  }

  private static int[] ends(double[] weight) {
    int first = 0;
    while (weight[first] == 0) {
      first++;
    }
    int last = weight.length - 1;
    while (weight[last] == 0) {
      last--;
    }
    return new int[] {first, last};
  }

  private static boolean hasNone(double[] weight, int[] ends) {
    for (int i = ends[0] + 1; i < ends[1]; i++) {
      if (weight[i] > 0) {
        return false;
      }
    }
    return true;
  }
}
