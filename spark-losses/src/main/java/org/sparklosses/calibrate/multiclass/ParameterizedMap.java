// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;
import org.sparklosses.calibrate.Floor;
import org.sparklosses.calibrate.MapNumbers;

/**
 * A temperature of its own for each row, {@code softplus(theta (1, l_(1), ..., l_(k)))} of the
 * largest log-probabilities in descending order, with a trace of the uniform distribution.
 *
 * @param classes their number K, at least 2
 * @param theta k + 1 finite numbers, k from 0 to K
 * @param epsilon the share of the uniform distribution, in (0, 1]
 */
@SuppressWarnings("ArrayRecordComponent")
record ParameterizedMap(int classes, double[] theta, double epsilon) implements ClassMap {

  static final String NAME = "parameterized_temperature";

  private static final long serialVersionUID = 1L;
  private static final double LEAST_TEMPERATURE = 1e-12;

  /** Copies theta and checks the numbers. */
  ParameterizedMap {
    theta = theta.clone();
    if (classes < 2
        || theta.length < 1
        || theta.length > classes + 1
        || !Arrays.stream(theta).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "theta = %s of %d classes; two classes or more, and finite numbers are needed, one for"
                  .formatted(Arrays.toString(theta), classes)
              + " each of the largest log-probabilities and one more");
    }
    if (!(epsilon > 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon = %s does not lie in (0, 1]".formatted(epsilon));
    }
  }

  /** The same with another theta. */
  ParameterizedMap with(double[] other) {
    return new ParameterizedMap(classes, other, epsilon);
  }

  @Override
  public String method() {
    return NAME;
  }

  /**
   * What the temperature is the softplus of.
   *
   * @param features where 1 and the largest log-probabilities go
   */
  double argument(double[] l, double[] features) {
    Arrays.fill(features, Double.NEGATIVE_INFINITY);
    features[0] = 1;
    for (double x : l) {
      int at = features.length;
      while (at > 1 && features[at - 1] < x) {
        if (at < features.length) {
          features[at] = features[at - 1];
        }
        at--;
      }
      if (at < features.length) {
        features[at] = x;
      }
    }
    double sum = 0;
    for (int i = 0; i < features.length; i++) {
      sum += theta[i] * features[i];
    }
    return sum;
  }

  /** The temperature of an argument. */
  static double temperature(double t) {
    return Math.max(t, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(t))) + LEAST_TEMPERATURE;
  }

  /** Its derivative by the argument. */
  static double slope(double t) {
    return 1 / (1 + StrictMath.exp(-t));
  }

  /** The argument of a temperature above the least. */
  static double argumentOf(double temperature) {
    return temperature > 30
        ? temperature
        : StrictMath.log(StrictMath.expm1(temperature - LEAST_TEMPERATURE));
  }

  /** Divides log-probabilities by a temperature, in their place; the largest becomes 0. */
  void divide(double[] l, double temperature) {
    double max = l[LogProbabilities.largest(l)];
    for (int j = 0; j < l.length; j++) {
      l[j] = (l[j] - max) / temperature;
    }
  }

  /** A probability with the trace. */
  double floored(double p) {
    return Floor.mixed(p, epsilon, classes);
  }

  @Override
  public double[] probabilities(double[] l) {
    double t = argument(l, new double[theta.length]);
    double[] p = l.clone();
    divide(p, temperature(t));
    LogProbabilities.softmax(p);
    for (int j = 0; j < p.length; j++) {
      p[j] = floored(p[j]);
    }
    return p;
  }

  @Override
  public MapNumbers numbers() {
    return MapNumbers.none().with("theta", theta).with("epsilon", epsilon);
  }

  /**
   * The map of so many classes with these numbers.
   *
   * @throws IllegalArgumentException if they are none of such a map
   */
  static ParameterizedMap of(int classes, MapNumbers numbers) {
    return new ParameterizedMap(classes, numbers.array("theta"), numbers.number("epsilon"));
  }
}
