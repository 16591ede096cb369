package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sparklosses.metric.MetricResult;

/** Forecasts by the members of an ensemble. */
final class EnsembleForecasts implements ForecastState {

  private final WeightedMeans means = new WeightedMeans(2);

  @Override
  public void add(double[] forecast, double y, double weight) {
    means.add(
        weight,
        Forecasts.crpsEnsemble(forecast, y, false),
        Forecasts.crpsEnsemble(forecast, y, true));
  }

  @Override
  public void merge(ForecastState other) {
    means.merge(((EnsembleForecasts) other).means);
  }

  @Override
  public List<MetricResult> metrics() {
    return List.of(crps(false, 0), crps(true, 1));
  }

  private MetricResult crps(boolean fair, int mean) {
    return new MetricResult(
        "crps_ensemble", Map.of("fair", fair), Map.of("value", means.mean(mean)), List.of());
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
