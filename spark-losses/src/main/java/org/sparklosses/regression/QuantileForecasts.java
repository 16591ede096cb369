package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.metric.MetricResult;

/** Forecasts of quantiles, one a level: pinball losses, and how often y is up to the quantile. */
final class QuantileForecasts implements ForecastState {

  private final double[] levels;
  private final WeightedMeans means;

  QuantileForecasts(double[] levels) {
    this.levels = levels;
    means = new WeightedMeans(2 * levels.length);
  }

  @Override
  public void add(double[] forecast, double y, double weight) {
    double[] numbers = new double[2 * levels.length];
    for (int j = 0; j < levels.length; j++) {
      numbers[j] = Forecasts.pinball(forecast[j], y, levels[j]);
      numbers[levels.length + j] = y <= forecast[j] ? 1 : 0;
    }
    means.add(weight, numbers);
  }

  @Override
  public void merge(ForecastState other) {
    means.merge(((QuantileForecasts) other).means);
  }

  @Override
  public long bytes(long rows) {
    return (2L * levels.length + 1) * ExactSums.BYTES_OF_SUM;
  }

  @Override
  public List<MetricResult> metrics() {
    List<MetricResult> metrics = new ArrayList<>();
    double[] observed = new double[levels.length];
    for (int j = 0; j < levels.length; j++) {
      observed[j] = means.mean(levels.length + j);
      metrics.add(
          new MetricResult(
              "pinball_loss", Map.of("tau", levels[j]), Map.of("value", means.mean(j)), List.of()));
    }
    metrics.add(LevelErrors.of(levels, observed).metric("quantile_calibration_error"));
    return metrics;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    means.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    means.read(in);
  }
}
