package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.Outcome;

/** Forecasts of a central interval: its ends. */
final class IntervalForecasts implements ForecastState {

  private final double alpha;
  private final IntervalState state;

  IntervalForecasts(double alpha) {
    this.alpha = alpha;
    state = new IntervalState(alpha);
  }

  @Override
  public void add(double[] forecast, double y, double weight) {
    state.add(forecast[0], forecast[1], y, weight);
  }

  @Override
  public void merge(ForecastState other) {
    state.merge(((IntervalForecasts) other).state);
  }

  @Override
  public List<MetricResult> metrics() {
    return List.of(
        new MetricResult(
            "interval_score", Map.of("alpha", alpha), Map.of("value", state.score()), List.of()),
        new MetricResult(
            "interval_coverage",
            Map.of(),
            Outcome.parts(List.of("picp", "mpiw"), state.coverage(), state.width()),
            List.of()));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    state.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    state.read(in);
  }
}
