// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.function.DoubleFunction;
import org.sparklosses.function.Settings;
import org.sparklosses.score.CompensatedSum;

/** One number that every logit is divided by. */
public final class TemperatureScaling implements BinaryCalibrator {

  private static final String NAME = "temperature_scaling";

  /** ln beta, where beta = 1 / T, lies in [-RANGE, RANGE]. */
  private static final double RANGE = 16;

  private static final double ROUNDING = 1e-12;

  /** For the service loader. */
  public TemperatureScaling() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "one number that makes probabilities less, or more, sure of themselves: order and"
        + " decisions at 1/2 stay";
  }

  @Override
  public String formula() {
    return "sigmoid(z / T) of the logit z, by maximum likelihood; ln T in [-16, 16]";
  }

  @Override
  public String source() {
    return "Guo et al. 2017, arXiv:1706.04599";
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints points = table.logits();
    double weight = points.weight();
    DoubleFunction<IncreasingRoot.At> slope = logBeta -> slope(points, weight, logBeta);
    FitStatus status = status(points, slope);
    IncreasingRoot root =
        switch (status) {
          case NO_LOGITS -> new IncreasingRoot(0, 0);
          case SEPARABLE -> new IncreasingRoot(RANGE, 0);
          case NO_BETTER_THAN_UNIFORM -> new IncreasingRoot(-RANGE, 0);
          default -> IncreasingRoot.of(slope, -RANGE, RANGE, 0);
        };
    double gradient = Math.abs(slope.apply(root.x()).value());
    return BinaryFit.of(new TemperatureMap(StrictMath.exp(-root.x())), status, table)
        .found(root.steps(), root.steps() == 0 ? 0 : gradient);
  }

  private static FitStatus status(BinaryPoints points, DoubleFunction<IncreasingRoot.At> slope) {
    boolean isZero = true;
    boolean isSeparable = true;
    CompensatedSum gain = new CompensatedSum();
    CompensatedSum size = new CompensatedSum();
    for (int i = 0; i < points.size(); i++) {
      double z = points.score()[i];
      isZero &= z == 0;
      isSeparable &= (points.positive()[i] == 0 || z >= 0) && (points.negative()[i] == 0 || z <= 0);
      gain.add(points.positive()[i] * z);
      gain.add(-points.negative()[i] * z);
      size.add(points.weight(i) * Math.abs(z));
    }
    if (isZero) {
      return FitStatus.NO_LOGITS;
    }
    if (isSeparable || slope.apply(RANGE).value() <= 0) {
      return FitStatus.SEPARABLE;
    }
    return gain.value() <= ROUNDING * size.value() || slope.apply(-RANGE).value() >= 0
        ? FitStatus.NO_BETTER_THAN_UNIFORM
        : FitStatus.OK;
  }

  /** The derivative of the mean loss in beta, as a function of ln beta. */
  private static IncreasingRoot.At slope(BinaryPoints points, double weight, double logBeta) {
    double beta = StrictMath.exp(logBeta);
    CompensatedSum first = new CompensatedSum();
    CompensatedSum second = new CompensatedSum();
    for (int i = 0; i < points.size(); i++) {
      double z = points.score()[i];
      double p = Logit.sigmoid(beta * z);
      double q = Logit.sigmoid(-beta * z);
      first.add((points.negative()[i] * p - points.positive()[i] * q) * z);
      second.add(points.weight(i) * p * q * z * z);
    }
    return new IncreasingRoot.At(first.value() / weight, beta * second.value() / weight);
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return new TemperatureMap(numbers.number("temperature"));
  }

  private record TemperatureMap(double temperature) implements LogitMap {

    private static final long serialVersionUID = 1L;

    TemperatureMap {
      if (!(temperature > 0)) {
        throw new IllegalArgumentException("the temperature " + temperature + " is not above 0");
      }
    }

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public double logOdds(double x) {
      return Logit.clipped(x) / temperature;
    }

    @Override
    public IncreasingRange increasing() {
      return IncreasingRange.EVERYWHERE;
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none().with("temperature", temperature);
    }
  }
}
