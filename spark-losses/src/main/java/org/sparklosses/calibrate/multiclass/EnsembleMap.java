// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;
import org.sparklosses.calibrate.Floor;
import org.sparklosses.calibrate.MapNumbers;

/**
 * A mixture of the distribution at a temperature, the distribution as it is, and the uniform one,
 * with a trace more of the last: {@code (1 - e) (w1 softmax(beta l) + w2 softmax(l) + w3 / K) + e /
 * K}.
 *
 * @param temperature the number of classes K, beta and e
 * @param weights w, at least 0, of sum 1
 */
@SuppressWarnings("ArrayRecordComponent")
record EnsembleMap(TemperatureMix temperature, double[] weights) implements ClassMap {

  static final String NAME = "ensemble_temperature";

  /** The number of weights. */
  static final int PARTS = 3;

  private static final long serialVersionUID = 1L;
  private static final String WEIGHTS = "weights";

  /** Copies the weights and checks them. */
  EnsembleMap {
    weights = weights.clone();
    if (weights.length != PARTS
        || !Arrays.stream(weights).allMatch(w -> w >= 0)
        || !(Math.abs(Arrays.stream(weights).sum() - 1) <= 1e-9)) {
      throw new IllegalArgumentException(
          "weights of %s; there must be %d, at least 0, of sum 1"
              .formatted(Arrays.toString(weights), PARTS));
    }
  }

  /** The same with other weights. */
  EnsembleMap with(double[] others) {
    return new EnsembleMap(temperature, others);
  }

  @Override
  public String method() {
    return NAME;
  }

  @Override
  public int classes() {
    return temperature.classes();
  }

  /** The probabilities of a class in the three distributions, none below the least normal float. */
  void parts(double[] l, int label, double[] out) {
    double[] scaled = scaled(l);
    out[0] =
        Math.max(
            Float.MIN_NORMAL, StrictMath.exp(scaled[label] - LogProbabilities.logSumExp(scaled)));
    out[1] = Math.max(Float.MIN_NORMAL, StrictMath.exp(l[label] - LogProbabilities.logSumExp(l)));
    out[2] = 1.0 / classes();
  }

  private double[] scaled(double[] l) {
    return Arrays.stream(l).map(x -> temperature.beta() * x).toArray();
  }

  /** The mixture of three probabilities, without the trace. */
  double mixture(double[] parts) {
    double sum = 0;
    for (int i = 0; i < PARTS; i++) {
      sum += weights[i] * parts[i];
    }
    return sum;
  }

  /** With the trace. */
  double floored(double p) {
    return Floor.mixed(p, temperature.epsilon(), classes());
  }

  @Override
  public double[] probabilities(double[] l) {
    double[] p = scaled(l);
    LogProbabilities.softmax(p);
    double[] given = l.clone();
    LogProbabilities.softmax(given);
    for (int j = 0; j < p.length; j++) {
      p[j] = floored(weights[0] * p[j] + weights[1] * given[j] + weights[2] / classes());
    }
    return p;
  }

  @Override
  public MapNumbers numbers() {
    return temperature.numbers().with(WEIGHTS, weights);
  }

  /**
   * The map of so many classes with these numbers.
   *
   * @throws IllegalArgumentException if they are none of such a map
   */
  static EnsembleMap of(int classes, MapNumbers numbers) {
    return new EnsembleMap(TemperatureMix.of(classes, numbers), numbers.array(WEIGHTS));
  }
}
