// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.ExactSums;

/**
 * The Brier score of a {@link ParameterizedMap} without its floor, as a mean over rows and classes,
 * and its gradient by theta; and the log loss of the map.
 *
 * <p>Layout when written: the {@link ExactSums} of the weights, both losses and the gradient.
 */
final class ParameterizedSums implements RowSums<ParameterizedSums>, QuasiNewton.Objective {

  private static final int LOSS = 1;
  private static final int MIXED = 2;
  private static final int GRADIENT = 3;

  private final ParameterizedMap map;
  private final double[] features;
  private ExactSums sums;

  private ParameterizedSums(ParameterizedMap map) {
    this.map = map;
    features = new double[map.theta().length];
    sums = new ExactSums(GRADIENT + features.length);
  }

  /** Of a map. */
  record At(ParameterizedMap map) implements SumsAt<ParameterizedSums> {

    private static final long serialVersionUID = 1L;

    @Override
    public ParameterizedSums empty() {
      return new ParameterizedSums(map);
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    double t = map.argument(l, features);
    double temperature = ParameterizedMap.temperature(t);
    double[] p = l.clone();
    map.divide(p, temperature);
    LogProbabilities.softmax(p);
    int classes = p.length;
    double loss = 0;
    double inner = 0;
    for (int j = 0; j < classes; j++) {
      double miss = p[j] - (j == label ? 1 : 0);
      loss += miss * miss;
      inner += miss * p[j];
    }
    double byTemperature = 0;
    for (int j = 0; j < classes; j++) {
      double miss = p[j] - (j == label ? 1 : 0);
      byTemperature -= p[j] * (miss - inner) * l[j];
    }
    double byArgument =
        2
            / (double) classes
            * byTemperature
            / temperature
            / temperature
            * ParameterizedMap.slope(t);
    sums.add(0, weight);
    sums.add(LOSS, weight * (loss / classes));
    sums.add(MIXED, weight * -StrictMath.log(map.floored(p[label])));
    for (int i = 0; i < features.length; i++) {
      sums.add(GRADIENT + i, weight * byArgument * features[i]);
    }
  }

  /** The mean log loss of the map, in nats. */
  double mixedLoss() {
    return sums.value(MIXED) / sums.value(0);
  }

  @Override
  public double objective() {
    return sums.value(LOSS) / sums.value(0);
  }

  @Override
  public double[] gradient() {
    double[] gradient = new double[features.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = sums.value(GRADIENT + i) / sums.value(0);
    }
    return gradient;
  }

  @Override
  public void merge(ParameterizedSums other) {
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(GRADIENT + features.length, in);
  }
}
