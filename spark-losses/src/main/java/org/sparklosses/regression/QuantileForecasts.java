// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparklosses.exact.ExactSums;

/**
 * Forecasts of quantiles, one a level. Its means are, by level, of pinball loss and of whether y is
 * up to the quantile.
 */
final class QuantileForecasts extends MeansOfForecasts {

  private final double[] levels;

  QuantileForecasts(double[] levels) {
    super(2 * levels.length);
    this.levels = levels;
  }

  @Override
  double[] numbers(double[] forecast, double y) {
    double[] numbers = new double[2 * levels.length];
    for (int j = 0; j < levels.length; j++) {
      numbers[j] = Forecasts.pinball(forecast[j], y, levels[j]);
      numbers[levels.length + j] = y <= forecast[j] ? 1 : 0;
    }
    return numbers;
  }

  @Override
  public long bytes(long rows) {
    return (2L * levels.length + 1) * ExactSums.BYTES_OF_SUM;
  }

  @Override
  public List<MeanMetric> ofMeans() {
    List<MeanMetric> metrics = new ArrayList<>();
    for (int j = 0; j < levels.length; j++) {
      metrics.add(MeanMetric.mean("pinball_loss", Map.of("tau", levels[j]), j));
    }
    metrics.add(
        new MeanMetric(
            "quantile_calibration_error",
            Map.of(),
            means -> LevelErrors.of(levels, observed(means)).parts(),
            Map.of()));
    return metrics;
  }

  private double[] observed(WeightedMeans means) {
    double[] observed = new double[levels.length];
    for (int j = 0; j < levels.length; j++) {
      observed[j] = means.mean(levels.length + j);
    }
    return observed;
  }
}
