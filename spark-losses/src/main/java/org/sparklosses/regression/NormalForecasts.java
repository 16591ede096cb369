// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Scores;

/** Normal forecasts: mean and standard deviation. */
final class NormalForecasts implements ForecastState {

  private static final int BINS = 10;

  /** The sums by levels of the PIT. */
  private static final long BYTES = 15_000;

  /** What is kept of a distinct standard deviation. */
  private static final long BYTES_OF_SIGMA = 500;

  private final GaussianState state = new GaussianState();

  @Override
  public double[] add(double[] forecast, double y, double weight) {
    return state.add(forecast[0], forecast[1], y, weight);
  }

  @Override
  public void merge(ForecastState other) {
    state.merge(((NormalForecasts) other).state);
  }

  @Override
  public long bytes(long rows) {
    return BYTES + Math.min(rows, Scores.EXACT_LIMIT) * BYTES_OF_SIGMA;
  }

  @Override
  public WeightedMeans means() {
    return state.means();
  }

  @Override
  public List<MeanMetric> ofMeans() {
    return List.of(
        MeanMetric.mean("gaussian_nll", Map.of(), GaussianState.NLL),
        MeanMetric.mean("crps_gaussian", Map.of(), GaussianState.CRPS),
        MeanMetric.root("regression_sharpness", GaussianState.VARIANCE));
  }

  @Override
  public List<MetricResult> ofMore() {
    UncertaintyErrors errors = state.uncertaintyErrors(BINS);
    return List.of(
        state.pit().quantileErrors().metric("quantile_calibration_error"),
        state.pit().intervalErrors().metric("interval_calibration_error"),
        new MetricResult(
            "ence",
            Map.of("n_bins", BINS),
            Outcome.parts(List.of("ence", "uce"), errors.ence(), errors.uce()),
            List.of()),
        histogram());
  }

  /** Its value is the largest distance of a share from that of a uniform PIT. */
  private MetricResult histogram() {
    double[] weights = state.pit().histogram();
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    double largest = total > 0 ? 0 : Double.NaN;
    List<List<Double>> rows = new ArrayList<>();
    for (int b = 0; b < weights.length; b++) {
      largest = Math.max(largest, Math.abs(weights[b] / total - 1.0 / weights.length));
      rows.add(List.of(b / (double) weights.length, (b + 1.0) / weights.length, weights[b]));
    }
    return new MetricResult(
        "pit_histogram",
        Map.of("bins", weights.length),
        Map.of("value", largest),
        List.of(new NumberTable("pit_histogram", List.of("lower", "upper", "sum_weight"), rows)));
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
