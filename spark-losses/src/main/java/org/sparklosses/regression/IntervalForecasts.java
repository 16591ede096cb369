// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.sparklosses.metric.Outcome;

/** Forecasts of a central interval: its ends. */
final class IntervalForecasts implements ForecastState {

  private static final String COVERAGE = "picp";
  private static final String WIDTH = "mpiw";

  private final double alpha;
  private final IntervalState state;

  IntervalForecasts(double alpha) {
    this.alpha = alpha;
    state = new IntervalState(alpha);
  }

  @Override
  public double[] add(double[] forecast, double y, double weight) {
    return state.add(forecast[0], forecast[1], y, weight);
  }

  @Override
  public void merge(ForecastState other) {
    state.merge(((IntervalForecasts) other).state);
  }

  @Override
  public WeightedMeans means() {
    return state.means();
  }

  @Override
  public List<MeanMetric> ofMeans() {
    return List.of(
        MeanMetric.mean("interval_score", Map.of("alpha", alpha), IntervalState.SCORE),
        new MeanMetric(
            "interval_coverage",
            Map.of(),
            means ->
                Outcome.parts(
                    List.of(COVERAGE, WIDTH),
                    means.mean(IntervalState.COVERED),
                    means.mean(IntervalState.WIDTH)),
            Map.of(
                COVERAGE,
                MeanMetric.itself(IntervalState.COVERED),
                WIDTH,
                MeanMetric.itself(IntervalState.WIDTH))));
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
