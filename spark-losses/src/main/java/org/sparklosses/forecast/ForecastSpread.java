// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparklosses.evaluate.IntervalSettings;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.inference.Interval;
import org.sparklosses.inference.MeanEstimate;
import org.sparklosses.inference.PoissonCounts;
import org.sparklosses.inference.Replicates;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.regression.BucketedMeans;
import org.sparklosses.regression.ForecastState;
import org.sparklosses.regression.MeanMetric;
import org.sparklosses.regression.SquaredSums;
import org.sparklosses.regression.WeightedMeans;

/**
 * What tells how sure the means over the rows of a group are: with a bootstrap means by bucket,
 * else, if standard errors are asked for, sums of squares. A bootstrap gives all metrics of means
 * their intervals, so that no formula is needed with it.
 *
 * <p>Layout when written: the {@link BucketedMeans} or the {@link SquaredSums}, if there are any.
 */
final class ForecastSpread implements Mergeable<ForecastSpread> {

  /** Null without a bootstrap. */
  private final BucketedMeans bucketed;

  /** Null unless intervals are by formula. */
  private final SquaredSums squared;

  /** Of rows of so many numbers, over none. */
  ForecastSpread(IntervalSettings settings, int numbers) {
    bucketed = settings.isBootstrap() ? new BucketedMeans(numbers) : null;
    squared = isByFormula(settings) ? new SquaredSums(numbers) : null;
  }

  private static boolean isByFormula(IntervalSettings settings) {
    return settings.isAnalytic() && !settings.isBootstrap();
  }

  /** About how many bytes of memory that of so many rows takes. */
  static long bytes(IntervalSettings settings, int numbers, long rows) {
    if (settings.isBootstrap()) {
      return BucketedMeans.bytes(numbers, rows);
    }
    return isByFormula(settings) ? SquaredSums.bytes(numbers) : 0;
  }

  /** About how many bytes of memory replicates take. */
  static long bytesOfReplicates(IntervalSettings settings, int numbers) {
    return settings.isBootstrap()
        ? BucketedMeans.bytesOfReplicates(numbers, settings.replicates())
        : 0;
  }

  /**
   * Adds a row.
   *
   * @param key the hash of its key, if there is a bootstrap
   * @param numbers that means are of
   */
  void add(long key, double weight, double[] numbers) {
    if (bucketed != null) {
      bucketed.add(key, weight, numbers);
    }
    if (squared != null) {
      squared.add(weight, numbers);
    }
  }

  @Override
  public void merge(ForecastSpread other) {
    if (bucketed != null) {
      bucketed.merge(other.bucketed);
    }
    if (squared != null) {
      squared.merge(other.squared);
    }
  }

  /**
   * The metrics of a state of the same rows, with their intervals.
   *
   * @param settings of the same bootstrap, or without one
   * @param rows their number
   */
  List<MetricResult> metrics(IntervalSettings settings, ForecastState state, long rows) {
    List<WeightedMeans> replicates =
        bucketed == null
            ? List.of()
            : bucketed.replicates(new PoissonCounts(settings.seed()), settings.replicates());
    List<MetricResult> metrics = new ArrayList<>();
    for (MeanMetric metric : state.ofMeans()) {
      MetricResult result = metric.read(state.means());
      metrics.add(
          bucketed == null
              ? with(result, byFormula(settings, metric, state.means(), rows))
              : with(result, resampled(settings, metric, replicates)));
    }
    metrics.addAll(state.ofMore());
    return metrics;
  }

  private static Map<String, ConfidenceInterval> resampled(
      IntervalSettings settings, MeanMetric metric, List<WeightedMeans> replicates) {
    List<Map<String, Double>> values = replicates.stream().map(metric.values()).toList();
    Map<String, ConfidenceInterval> intervals = new LinkedHashMap<>();
    for (String part : values.get(0).keySet()) {
      double[] ofPart = values.stream().mapToDouble(replicate -> replicate.get(part)).toArray();
      intervals.put(part, settings.interval(new Replicates(ofPart)));
    }
    return intervals;
  }

  private Map<String, ConfidenceInterval> byFormula(
      IntervalSettings settings, MeanMetric metric, WeightedMeans means, long rows) {
    Map<String, ConfidenceInterval> intervals = new LinkedHashMap<>();
    if (squared != null) {
      metric
          .ofOneMean()
          .forEach(
              (part, ofOneMean) ->
                  intervals.put(
                      part,
                      of(settings, ofOneMean, squared.estimate(means, ofOneMean.mean(), rows))));
    }
    return intervals;
  }

  /** The ends are those of the mean, mapped; the error is by the delta method. */
  private static ConfidenceInterval of(
      IntervalSettings settings, MeanMetric.OfOneMean part, MeanEstimate mean) {
    Interval ofMean = mean.interval(settings.level());
    Interval ends =
        new Interval(
            part.function().value().applyAsDouble(ofMean.low()),
            part.function().value().applyAsDouble(ofMean.high()));
    double slope = part.function().slope().applyAsDouble(mean.mean());
    return settings.interval(ends, slope * mean.standardError());
  }

  private static MetricResult with(MetricResult result, Map<String, ConfidenceInterval> intervals) {
    return new MetricResult(
        result.name(), result.parameters(), result.values(), result.tables(), intervals);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    if (bucketed != null) {
      bucketed.write(out);
    }
    if (squared != null) {
      squared.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    if (bucketed != null) {
      bucketed.read(in);
    }
    if (squared != null) {
      squared.read(in);
    }
  }
}
