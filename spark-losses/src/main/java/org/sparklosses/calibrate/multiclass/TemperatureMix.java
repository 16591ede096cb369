// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.Floor;
import org.sparklosses.calibrate.MapNumbers;

/**
 * Temperature with a trace of the uniform distribution: {@code (1 - e) softmax(beta l) + e / K}. In
 * a fit e is above 0: no probability is 0, and the log loss of no row is infinite.
 *
 * @param classes their number K, at least 2
 * @param beta the inverse of the temperature, above 0
 * @param epsilon the share of the uniform distribution, in [0, 1]
 */
public record TemperatureMix(int classes, double beta, double epsilon) implements ClassMap {

  /** The name of the method. */
  public static final String NAME = "temperature";

  private static final long serialVersionUID = 1L;

  /** Checks the numbers. */
  public TemperatureMix {
    if (classes < 2 || !(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature of %d classes with beta = %s; two classes or more and a beta above 0 are"
                  .formatted(classes, beta)
              + " needed");
    }
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw new IllegalArgumentException("epsilon = %s does not lie in [0, 1]".formatted(epsilon));
    }
  }

  @Override
  public String method() {
    return NAME;
  }

  @Override
  public double[] probabilities(double[] l) {
    double[] p = l.clone();
    apply(p);
    return p;
  }

  /** The calibrated probabilities, in the place of log-probabilities. */
  private void apply(double[] l) {
    scale(l);
    LogProbabilities.softmax(l);
    for (int j = 0; j < classes; j++) {
      l[j] = Floor.mixed(l[j], epsilon, classes);
    }
  }

  private void scale(double[] l) {
    for (int j = 0; j < classes; j++) {
      l[j] *= beta;
    }
  }

  /** Their logarithms, which are finite. */
  void logarithms(double[] l, double[] out) {
    System.arraycopy(l, 0, out, 0, classes);
    if (epsilon == 0) {
      scale(out);
      LogProbabilities.ofLogits(out);
      return;
    }
    apply(out);
    LogProbabilities.logarithms(out);
  }

  @Override
  public MapNumbers numbers() {
    return MapNumbers.none().with("beta", beta).with("epsilon", epsilon);
  }

  /**
   * The map of so many classes with these numbers.
   *
   * @throws IllegalArgumentException if they are none of such a map
   */
  static TemperatureMix of(int classes, MapNumbers numbers) {
    return new TemperatureMix(classes, numbers.number("beta"), numbers.number("epsilon"));
  }
}
