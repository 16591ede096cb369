// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.function.DoubleFunction;
import org.sparklosses.calibrate.Floor;
import org.sparklosses.calibrate.MapNumbers;

/** The temperature of the least correctness-aware loss. */
public final class CorrectnessAwareTemperature implements ClassCalibrator {

  private static final String NAME = "correctness_aware_temperature";

  private static final double LEAST = 0.1;
  private static final double MOST = 10;

  /** Points of the sample's scan, equidistant in the logarithm of beta. */
  private static final int POINTS = 101;

  private static final int MOST_SCANS = 30;
  private static final double SMALL = 1e-10;

  private final boolean isBalanced;

  /** For the service loader. */
  public CorrectnessAwareTemperature() {
    this(true);
  }

  /**
   * @param isBalanced whether rightly predicted rows and the others have half the weight each
   */
  CorrectnessAwareTemperature(boolean isBalanced) {
    this.isBalanced = isBalanced;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "one temperature for confidences near 1 where the prediction is right and near 0 where"
        + " it is wrong: to tell right from wrong, not to calibrate, for right and wrong"
        + " rows count alike however many there are; a local optimum";
  }

  @Override
  public String formula() {
    return "(1 - e) softmax(l / T) + e/K, l = log p; T in [0.1, 10] of the least mean of (1[right]"
        + " - max p)^2, half of it over right rows and half over wrong ones, from the best"
        + " of 101 on a sample; e = 1/(W + 1)";
  }

  @Override
  public String source() {
    return "Liu et al. 2024, arXiv:2404.13016, without its network of transformed inputs";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    FirstSums first = TemperatureFit.first(rows);
    double epsilon = Floor.share(first.temperature().weight());
    LogitRows sample = first.sample().rows();
    TemperatureSearch.Status status = TemperatureSearch.ended(first.temperature()).status();
    double start =
        status == TemperatureSearch.Status.CONSTANT
            ? 1
            : best(beta -> sample.scan(new CorrectnessSums.At(beta, 0)));
    Found found = search(beta -> rows.scan(new CorrectnessSums.At(beta, epsilon)), start);
    return first.fit(
        new CorrectnessMap(new TemperatureMix(first.classes(), found.beta, epsilon)),
        status == TemperatureSearch.Status.CONSTANT ? status.note() : "",
        found.scans,
        found.sums.mixedLoss(),
        Double.NaN);
  }

  /** The best of some betas. */
  private double best(DoubleFunction<CorrectnessSums> scan) {
    double best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < POINTS; i++) {
      double beta = LEAST * StrictMath.pow(MOST / LEAST, i / (POINTS - 1.0));
      double loss = scan.apply(beta).derivative(0, isBalanced);
      if (loss < least) {
        least = loss;
        best = beta;
      }
    }
    return Math.max(LEAST, Math.min(MOST, best));
  }

  /**
   * A beta and the sums there.
   *
   * @param scans how often rows were read
   */
  record Found(double beta, CorrectnessSums sums, int scans) {}

  /**
   * Newton's method between betas whose slopes tell that a least value lies between them, with the
   * geometric middle where it leaves them or the slope did not halve.
   */
  private Found search(DoubleFunction<CorrectnessSums> scan, double start) {
    double low = LEAST;
    double high = MOST;
    double beta = start;
    double before = Double.POSITIVE_INFINITY;
    for (int scans = 1; ; scans++) {
      CorrectnessSums sums = scan.apply(beta);
      double slope = sums.derivative(1, isBalanced);
      double curvature = sums.derivative(2, isBalanced);
      if (slope > 0) {
        high = beta;
      } else {
        low = beta;
      }
      double next = beta - slope / curvature;
      if (!(curvature > 0) || Math.abs(slope) > before / 2) {
        next = StrictMath.sqrt(low * high);
      } else if (next <= low || next >= high) {
        // An end of the range may be best itself.
        next = slope > 0 ? low : high;
        next = next == LEAST || next == MOST ? next : StrictMath.sqrt(low * high);
      }
      before = curvature > 0 ? Math.abs(slope) : Double.POSITIVE_INFINITY;
      boolean isThere = slope == 0 || !(Math.abs(next - beta) > SMALL * beta);
      if (isThere || scans == MOST_SCANS) {
        return new Found(beta, sums, scans);
      }
      beta = next;
    }
  }

  /** The fit to rows of a sample, for tests. */
  Found ofRows(LogitRows rows) {
    DoubleFunction<CorrectnessSums> scan = beta -> rows.scan(new CorrectnessSums.At(beta, 0));
    return search(scan, best(scan));
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    return new CorrectnessMap(TemperatureMix.of(classes, numbers));
  }

  private record CorrectnessMap(TemperatureMix mix) implements ClassMap {

    private static final long serialVersionUID = 1L;

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public int classes() {
      return mix.classes();
    }

    @Override
    public double[] probabilities(double[] l) {
      return mix.probabilities(l);
    }

    @Override
    public MapNumbers numbers() {
      return mix.numbers();
    }
  }
}
