// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sparklosses.calibrate.LogisticRegression.Minimum;
import org.sparklosses.calibrate.LogisticRegression.Targets;
import org.sparklosses.function.Settings;

/** The family of maps that beta distributed probabilities of either class lead to. */
public final class BetaCalibration implements BinaryCalibrator {

  private static final String NAME = "beta_calibration";

  /** Probabilities lie in [2^-52, 1 - 2^-52]. */
  private static final double END = Logit.of(1 - 0x1p-52);

  /** For the service loader. */
  public BetaCalibration() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "three numbers that bend probabilities near 0 and near 1 apart from one another, and"
        + " never turn the order round";
  }

  @Override
  public String formula() {
    return "sigmoid(a ln p - b ln(1 - p) + c) with a, b >= 0, by maximum likelihood;"
        + " p in [2^-52, 1 - 2^-52]";
  }

  @Override
  public String source() {
    return "Kull, Silva Filho and Flach 2017, PMLR 54:623";
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints points = table.logits().by(BetaCalibration::clipped);
    Optional<LogitFit> free = free(points);
    if (free.isEmpty()) {
      BinaryFit fit = fit(bounded(points), table);
      return table.cells().isEmpty() ? fit : fit.within(Double.POSITIVE_INFINITY);
    }
    BinaryFit fit = fit(free.get(), table);
    return table.cells().isEmpty() || fit.status() != FitStatus.OK || isClipped(table.logits())
        ? fit
        : fit.within(
            CellExcess.bound(table.cells().get(), points, LogitFeatures.BETA, free.get().theta()));
  }

  /** The fit without bounds, if there is one and it keeps to them. */
  private static Optional<LogitFit> free(BinaryPoints points) {
    LogitFit free = LogitFit.of(points, LogitFeatures.BETA, false);
    boolean exists = free.status() != FitStatus.SEPARABLE || points.isSeparableUpwards();
    return exists && isMonotone(free.theta()) ? Optional.of(free) : Optional.empty();
  }

  /**
   * The best fit with a coefficient at its bound, which the best of all is where the free one has a
   * negative coefficient or does not exist: the likelihood is concave.
   */
  private static LogitFit bounded(BinaryPoints points) {
    boolean isSeparable = points.isSeparableUpwards();
    Targets targets = isSeparable ? Targets.platt(points) : Targets.LABELS;
    List<LogitFit> fits = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    FitStatus status =
        isSeparable
            ? FitStatus.SEPARABLE
            : points.size() == 2 ? FitStatus.TWO_SCORES : FitStatus.OK;
    for (int feature = 0; feature < LogitFeatures.BETA.count(); feature++) {
      // Separable downwards, the coefficient of a single feature is negative without end.
      if (feature > 0 && !isSeparable && points.isSeparable(1)) {
        continue;
      }
      Minimum minimum =
          LogisticRegression.fit(
              LogisticRegression.orthonormal(columns(points, feature), points), points, targets);
      double[] theta = new double[LogitFeatures.BETA.count()];
      theta[0] = minimum.theta()[0];
      if (minimum.theta().length > 1) {
        theta[feature] = minimum.theta()[1];
      }
      if (isMonotone(theta)) {
        fits.add(new LogitFit(theta, status, minimum.iterations(), minimum.gradientNorm()));
        values.add(minimum.value());
      }
    }
    int best = values.indexOf(values.stream().min(Comparator.naturalOrder()).orElseThrow());
    return fits.get(best);
  }

  /** The constant alone, or with one other feature. */
  private static double[][] columns(BinaryPoints points, int feature) {
    double[] constant = LogitFeatures.BETA.column(0, points);
    return feature == 0
        ? new double[][] {constant}
        : new double[][] {constant, LogitFeatures.BETA.column(feature, points)};
  }

  private static boolean isMonotone(double[] theta) {
    return theta[1] >= 0 && theta[2] >= 0;
  }

  private static boolean isClipped(BinaryPoints points) {
    return points.score()[0] < -END || points.score()[points.size() - 1] > END;
  }

  private static BinaryFit fit(LogitFit fit, BinaryTable table) {
    double[] theta = fit.theta();
    BetaMap map = new BetaMap(theta[1], theta[2], theta[0]);
    return BinaryFit.of(map, fit.status(), table).found(fit.iterations(), fit.gradientNorm());
  }

  private static double clipped(double z) {
    return Math.max(-END, Math.min(END, z));
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return new BetaMap(numbers.number("a"), numbers.number("b"), numbers.number("c"));
  }

  private record BetaMap(double a, double b, double c) implements LogitMap {

    private static final long serialVersionUID = 1L;

    BetaMap {
      if (!(a >= 0 && b >= 0)) {
        throw new IllegalArgumentException("a is %s and b %s; neither is negative".formatted(a, b));
      }
    }

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public double logOdds(double x) {
      double z = clipped(x);
      return b * Logit.softplus(z) - a * Logit.softplus(-z) + c;
    }

    @Override
    public IncreasingRange increasing() {
      return IncreasingRange.everywhereIf(a > 0 || b > 0);
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none().with("a", a).with("b", b).with("c", c);
    }
  }
}
