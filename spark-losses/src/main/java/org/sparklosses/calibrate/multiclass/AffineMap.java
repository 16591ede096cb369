// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.sparklosses.calibrate.MapNumbers;

/**
 * {@code softmax(A s + b)} of the scores s of a row. No probability is below that of the least
 * normal float.
 */
final class AffineMap implements ClassMap {

  private static final long serialVersionUID = 1L;

  private static final double LEAST = Float.MIN_NORMAL;
  private static final String MATRIX = "matrix";
  private static final String SCALE = "scale";
  private static final String BIAS = "bias";

  private final String method;
  private final RowScores scores;
  private final double[] a;
  private final double[] bias;

  /**
   * A map.
   *
   * @param method that fitted it
   * @param scores what it is of
   * @param a the entries of A row by row, K^2 numbers, or its diagonal, K numbers
   * @param bias b, K numbers
   */
  AffineMap(String method, RowScores scores, double[] a, double[] bias) {
    int classes = scores.classes();
    if (bias.length != classes || (a.length != classes && a.length != classes * classes)) {
      throw new IllegalArgumentException(
          "a map of %d classes has %d numbers of bias, and %d or %d of A; given %d and %d"
              .formatted(classes, classes, classes, classes * classes, bias.length, a.length));
    }
    if (!DoubleStream.concat(Arrays.stream(a), Arrays.stream(bias)).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("a number of the map is not finite");
    }
    this.method = method;
    this.scores = scores;
    this.a = a.clone();
    this.bias = bias.clone();
  }

  /** Of the parameters of a structure, which has I + A in place of A. */
  static AffineMap of(String method, Structure structure, double[] theta) {
    double[] a = Arrays.copyOf(theta, structure.entries());
    int step = structure.isFull() ? structure.classes() + 1 : 1;
    for (int i = 0; i < structure.entries(); i += step) {
      a[i]++;
    }
    double[] bias = Arrays.copyOfRange(theta, structure.entries(), theta.length);
    return new AffineMap(method, structure.scores(), a, bias);
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public int classes() {
    return scores.classes();
  }

  @Override
  public double[] probabilities(double[] l) {
    int classes = classes();
    double[] s = new double[classes];
    scores.of(l, s);
    double[] p = new double[classes];
    for (int i = 0; i < classes; i++) {
      double sum = bias[i];
      if (a.length == classes) {
        sum += a[i] * s[i];
      } else {
        for (int j = 0; j < classes; j++) {
          sum += a[i * classes + j] * s[j];
        }
      }
      p[i] = sum;
    }
    LogProbabilities.softmax(p);
    for (int i = 0; i < classes; i++) {
      p[i] = Math.max(p[i], LEAST);
    }
    return p;
  }

  @Override
  public MapNumbers numbers() {
    return scores.numbers().with(a.length == classes() ? SCALE : MATRIX, a).with(BIAS, bias);
  }

  /**
   * The map of such scores with these numbers.
   *
   * @throws IllegalArgumentException if they are none of such a map
   */
  static AffineMap of(String method, RowScores scores, MapNumbers numbers) {
    return new AffineMap(
        method, scores, numbers.array(numbers.has(MATRIX) ? MATRIX : SCALE), numbers.array(BIAS));
  }
}
