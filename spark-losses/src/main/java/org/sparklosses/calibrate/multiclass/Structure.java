// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * An affine map of the scores s of a row, {@code s + A s + b}, and the objective of its fit: the
 * mean log loss plus {@code intercept |b|^2 + diagonal |diag A|^2 + offDiagonal |A - diag A|^2}.
 * Strictly convex. Parameters are A, row by row, or its diagonal alone, then b.
 *
 * @param scores what it is of
 * @param isFull whether A has entries off its diagonal
 * @param weight the sum of the weights of all rows
 * @param penalty the factors
 */
record Structure(RowScores scores, boolean isFull, double weight, Penalty penalty)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  int classes() {
    return scores.classes();
  }

  /** The number of entries of A. */
  int entries() {
    return isFull ? classes() * classes() : classes();
  }

  /** The number of parameters. */
  int size() {
    return entries() + classes();
  }

  /** The factor of the square of a parameter in the objective. */
  double ridge(int parameter) {
    if (parameter >= entries()) {
      return penalty.intercept();
    }
    return !isFull || parameter % (classes() + 1) == 0 ? penalty.diagonal() : penalty.offDiagonal();
  }

  /**
   * What the objective exceeds its least value by at most, by strong convexity: {@code |gradient|^2
   * / (4 min factor)}.
   */
  double excess(double[] gradient) {
    double square = 0;
    for (double g : gradient) {
      square += g * g;
    }
    double least = Math.min(penalty.intercept(), penalty.diagonal());
    return square / (4 * (isFull ? Math.min(least, penalty.offDiagonal()) : least));
  }

  /** The logits of a row, {@code s + A s + b}. */
  void logits(double[] theta, double[] s, double[] out) {
    int k = classes();
    for (int i = 0; i < k; i++) {
      double sum = s[i] + theta[entries() + i];
      if (isFull) {
        for (int j = 0; j < k; j++) {
          sum += theta[i * k + j] * s[j];
        }
      } else {
        sum += theta[i] * s[i];
      }
      out[i] = sum;
    }
  }

  /** All parameters. */
  int[] parameters() {
    return IntStream.range(0, size()).toArray();
  }

  /** The parameters of the logit of each class. */
  int[][] parametersByClass() {
    int perClass = entries() / classes();
    int[][] byClass = new int[classes()][perClass + 1];
    for (int i = 0; i < classes(); i++) {
      for (int j = 0; j < perClass; j++) {
        byClass[i][j] = i * perClass + j;
      }
      byClass[i][perClass] = entries() + i;
    }
    return byClass;
  }

  /** The logit that a parameter is of. */
  int logit(int parameter) {
    if (parameter >= entries()) {
      return parameter - entries();
    }
    return isFull ? parameter / classes() : parameter;
  }

  /** The derivative of that logit by the parameter. */
  double inner(int parameter, double[] s) {
    if (parameter >= entries()) {
      return 1;
    }
    return isFull ? s[parameter % classes()] : s[parameter];
  }
}
