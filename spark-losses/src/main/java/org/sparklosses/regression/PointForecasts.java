// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;

/**
 * Forecasts of the number alone: how far off they are, and how much of the variance of y they
 * explain. Sums are exact: the same in any order and partitioning.
 *
 * <p>Its means are of squared and absolute error, of y, of y^2 and of what rounding takes off that:
 * of y far from 0 the variance is a small difference.
 */
final class PointForecasts extends MeansOfForecasts {

  private static final int SQUARED_ERROR = 0;
  private static final int ABSOLUTE_ERROR = 1;
  private static final int Y = 2;
  private static final int Y_SQUARE = 3;
  private static final int REST_OF_SQUARE = 4;

  PointForecasts() {
    super(5);
  }

  @Override
  double[] numbers(double[] forecast, double y) {
    double error = forecast[0] - y;
    double square = y * y;
    double rest = Double.isFinite(square) ? Math.fma(y, y, -square) : 0;
    return new double[] {error * error, Math.abs(error), y, square, rest};
  }

  @Override
  public List<MeanMetric> ofMeans() {
    return List.of(
        MeanMetric.root("rmse", SQUARED_ERROR),
        MeanMetric.mean("mae", Map.of(), ABSOLUTE_ERROR),
        new MeanMetric("r2", Map.of(), means -> Map.of("value", explained(means)), Map.of()));
  }

  private static double explained(WeightedMeans means) {
    return 1 - means.mean(SQUARED_ERROR) / variance(means);
  }

  /** Of y; NaN without rows. */
  private static double variance(WeightedMeans means) {
    if (!(means.isFinite(Y) && means.isFinite(Y_SQUARE) && means.weight() > 0)) {
      return Double.NaN;
    }
    BigDecimal weight = means.exactWeight();
    BigDecimal first = means.exactSum(Y);
    BigDecimal second = means.exactSum(Y_SQUARE).add(means.exactSum(REST_OF_SQUARE));
    return weight
        .multiply(second)
        .subtract(first.multiply(first))
        .divide(weight.multiply(weight), MathContext.DECIMAL128)
        .doubleValue();
  }
}
