// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.function.Function;
import org.sparklosses.calibrate.Cholesky;
import org.sparklosses.calibrate.MapNumbers;

/** A temperature of each row by its largest log-probabilities. */
public final class ParameterizedTemperature implements ClassCalibrator {

  private static final int LARGEST = 10;
  private static final double ENOUGH = 1e-9;
  private static final double ENOUGH_OF_SAMPLE = 1e-14;
  private static final int MOST_SCANS = 20;
  private static final int MOST_STEPS = 200;

  /** Raises a curvature, so that steps are finite where rows tell nothing of a parameter. */
  private static final double RAISED = 1e-10;

  /** For the service loader. */
  public ParameterizedTemperature() {}

  @Override
  public String name() {
    return ParameterizedMap.NAME;
  }

  @Override
  public String summary() {
    return "a temperature for each row, by how its largest probabilities lie: keeps the order of"
        + " the classes; a local optimum, which is no worse than temperature in Brier score";
  }

  @Override
  public String formula() {
    return "(1 - e) softmax(l / T) + e/K, l = log p, T = softplus(theta (1, l_(1), ..., l_(k))) of"
        + " the k = min(K, 10) largest; theta of a locally least Brier score, from T = that of"
        + " temperature; e = 1/(W + 1)";
  }

  @Override
  public String source() {
    return "Tomani, Cremers and Buettner 2022, arXiv:2102.12182, with a linear head";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    TemperatureFit temperature = TemperatureFit.of(rows);
    TemperatureMix mix = temperature.map();
    double[] theta = new double[size(mix.classes())];
    theta[0] = ParameterizedMap.argumentOf(1 / mix.beta());
    ParameterizedMap start = new ParameterizedMap(mix.classes(), theta, mix.epsilon());
    SampleOfRows sample = temperature.first().sample();
    ParameterizedMap ofSample =
        start.with(minimised(sample.rows(), sample, start, ENOUGH_OF_SAMPLE, MOST_STEPS).theta());
    // The sample may have led away from what is best for all rows.
    QuasiNewton<ParameterizedSums> found = minimised(rows, sample, ofSample, ENOUGH, MOST_SCANS);
    return temperature.fit(
        start.with(found.theta()), found.scans(), found.sums().mixedLoss(), Double.NaN);
  }

  /** The number of parameters. */
  private static int size(int classes) {
    return Math.min(classes, LARGEST) + 1;
  }

  private static QuasiNewton<ParameterizedSums> minimised(
      LogitRows rows, SampleOfRows sample, ParameterizedMap start, double enough, int most) {
    Curvature curvature = curvature(sample, start);
    Function<double[], ParameterizedSums> scan =
        theta -> rows.scan(new ParameterizedSums.At(start.with(theta)));
    return QuasiNewton.minimise(scan, start.theta(), curvature, curvature::decrement, enough, most);
  }

  /** The curvature of the score as if the probabilities were linear in theta (Gauss-Newton). */
  private static Curvature curvature(SampleOfRows sample, ParameterizedMap map) {
    int size = map.theta().length;
    double[][] hessian = new double[size][size];
    double[] features = new double[size];
    double total = sample.weight();
    sample.forEach(
        (l, label, weight) -> {
          double t = map.argument(l, features);
          double temperature = ParameterizedMap.temperature(t);
          double[] p = l.clone();
          map.divide(p, temperature);
          LogProbabilities.softmax(p);
          double mean = 0;
          for (int j = 0; j < p.length; j++) {
            mean += p[j] * l[j];
          }
          double square = 0;
          for (int j = 0; j < p.length; j++) {
            double change = p[j] * (l[j] - mean);
            square += change * change;
          }
          double ofArgument = ParameterizedMap.slope(t) / temperature / temperature;
          double factor = 2 * weight / total / p.length * square * ofArgument * ofArgument;
          for (int a = 0; a < size; a++) {
            for (int b = 0; b <= a; b++) {
              hessian[a][b] += factor * features[a] * features[b];
            }
          }
        });
    for (int a = 0; a < size; a++) {
      hessian[a][a] += RAISED;
    }
    return Cholesky.raised(hessian)::solve;
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    ParameterizedMap map = ParameterizedMap.of(classes, numbers);
    if (map.theta().length != size(classes)) {
      throw new IllegalArgumentException(
          "theta of %d classes has %d numbers; %d are needed"
              .formatted(classes, map.theta().length, size(classes)));
    }
    return map;
  }
}
