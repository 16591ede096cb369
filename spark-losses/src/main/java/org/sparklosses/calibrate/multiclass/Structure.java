// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * An affine map of the logarithms l' of a {@link TemperatureMix}, {@code l' + A l' + b}, with a
 * ridge that holds it near that: the mean log loss plus {@code intercept K/W |b|^2 + diagonal K/W
 * |diag A|^2 + offDiagonal K(K-1)/W |A - diag A|^2}. Strictly convex. Parameters are A, row by row,
 * or its diagonal alone, then b.
 *
 * @param start the temperature
 * @param isFull whether A has entries off its diagonal
 * @param weight the sum of the weights of all rows, W
 * @param ridge its factors
 */
record Structure(TemperatureMix start, boolean isFull, double weight, Ridge ridge)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  int classes() {
    return start.classes();
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
    double perWeight = classes() / weight;
    if (parameter >= entries()) {
      return ridge.intercept() * perWeight;
    }
    return !isFull || parameter % (classes() + 1) == 0
        ? ridge.diagonal() * perWeight
        : ridge.offDiagonal() * perWeight * (classes() - 1);
  }

  /** The least of these factors, which bounds the objective's excess by its gradient. */
  double leastRidge() {
    double least = Math.min(ridge(entries()), ridge(0));
    return isFull ? Math.min(least, ridge(1)) : least;
  }

  /** The logits of a row, {@code l' + A l' + b}. */
  void logits(double[] theta, double[] l, double[] out) {
    int k = classes();
    for (int i = 0; i < k; i++) {
      double sum = l[i] + theta[entries() + i];
      if (isFull) {
        for (int j = 0; j < k; j++) {
          sum += theta[i * k + j] * l[j];
        }
      } else {
        sum += theta[i] * l[i];
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
  double inner(int parameter, double[] l) {
    if (parameter >= entries()) {
      return 1;
    }
    return isFull ? l[parameter % classes()] : l[parameter];
  }
}
