// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.sparklosses.inference.BucketSums;
import org.sparklosses.inference.BucketedRows;
import org.sparklosses.inference.Interval;
import org.sparklosses.inference.MeanEstimate;
import org.sparklosses.inference.PoissonCounts;
import org.sparklosses.inference.Replicates;
import org.sparklosses.inference.ResampledSums;
import org.sparklosses.metric.AdditiveSums;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.metric.SquaredMeans;
import org.sparklosses.metric.Table;

/** Reads metrics off states together with their intervals. */
public final class Intervals {

  private static final long BYTES_OF_REPLICATE = 2000;
  private static final long BYTES_OF_REPLICATE_SUM = 100;

  private final IntervalSettings settings;
  private final AdditiveSums sums;
  private final BucketedRows bucketed;
  private final SquaredMeans squared;

  /**
   * The intervals of the metrics of a plan.
   *
   * @param plan without what intervals need
   */
  public Intervals(IntervalSettings settings, MetricPlan plan) {
    this.settings = settings;
    sums = AdditiveSums.of(plan);
    bucketed = new BucketedRows(sums, BucketSums.DEFAULT_BUCKETS);
    squared = SquaredMeans.of(plan);
  }

  /** The plan with what intervals need besides. */
  public MetricPlan extended(MetricPlan plan) {
    MetricPlan extended = plan;
    if (settings.isBootstrap()) {
      extended = extended.with(bucketed);
    }
    return settings.isAnalytic() ? extended.with(squared) : extended;
  }

  /** About how many bytes the replicates of a state take. */
  public long bytesOfReplicates() {
    return settings.isBootstrap()
        ? settings.replicates() * (BYTES_OF_REPLICATE + BYTES_OF_REPLICATE_SUM * sums.size())
        : 0;
  }

  /** Whether a metric, if it is evaluated, has an interval. */
  public boolean gives(BoundMetric metric) {
    return isResampled(metric) || isMean(metric) || isBounded(metric);
  }

  private boolean isMean(BoundMetric metric) {
    return settings.isAnalytic()
        && (metric.reading().scale().isPresent() || metric.reading().curved().isPresent());
  }

  private boolean isBounded(BoundMetric metric) {
    return settings.ofIndependentRows() && metric.reading().bounded().isPresent();
  }

  /** Whether a metric is a function of what the bootstrap resamples. */
  public boolean isResampled(BoundMetric metric) {
    return settings.isBootstrap()
        && AdditiveSums.of(MetricPlan.of(List.of(metric), sums.weighted())).determine(metric);
  }

  /** The metrics of a state of the extended plan. */
  public List<MetricResult> read(MetricState state, List<BoundMetric> metrics) {
    return read(state, replicates(state), metrics);
  }

  /** As above, with the replicates of the state. */
  public List<MetricResult> read(
      MetricState state, List<MetricState> replicates, List<BoundMetric> metrics) {
    List<MetricResult> results = new ArrayList<>();
    for (BoundMetric metric : metrics) {
      MetricResult result = metric.read(state);
      results.add(
          isResampled(metric)
              ? resampled(result, replicates.stream().map(metric::read).toList())
              : analytic(result, metric, state));
    }
    return results;
  }

  /** The replicates of a state of the extended plan; none without a bootstrap. */
  public List<MetricState> replicates(MetricState state) {
    if (!settings.isBootstrap()) {
      return List.of();
    }
    return ResampledSums.of(
            state.get(bucketed).buckets(),
            new PoissonCounts(settings.seed()),
            settings.replicates())
        .map(replicate -> sums.state(replicate, state.classes()));
  }

  private MetricResult resampled(MetricResult result, List<MetricResult> replicates) {
    Map<String, ConfidenceInterval> intervals = new LinkedHashMap<>();
    for (String part : result.values().keySet()) {
      intervals.put(part, interval(replicates, replicate -> replicate.values().get(part)));
    }
    List<Table> tables = new ArrayList<>();
    for (Table table : result.tables()) {
      tables.add(
          table instanceof ReliabilityTable reliability
              ? resampled(reliability, replicates)
              : table);
    }
    return new MetricResult(result.name(), result.parameters(), result.values(), tables, intervals);
  }

  private ReliabilityTable resampled(ReliabilityTable table, List<MetricResult> replicates) {
    List<ReliabilityTable> tables =
        replicates.stream().map(replicate -> replicate.reliability().orElseThrow()).toList();
    List<ReliabilityTable.Bin> bins = new ArrayList<>();
    for (int b = 0; b < table.bins().size(); b++) {
      int bin = b;
      bins.add(table.bins().get(b).with(interval(tables, t -> t.bins().get(bin).meanObserved())));
    }
    return new ReliabilityTable(table.source(), table.side(), bins);
  }

  private <T> ConfidenceInterval interval(List<T> replicates, ToDoubleFunction<T> number) {
    return settings.interval(new Replicates(replicates.stream().mapToDouble(number).toArray()));
  }

  /** A result of a metric with its interval by formula, off a state, if there is one. */
  MetricResult analytic(MetricResult result, BoundMetric metric, MetricState state) {
    if (isMean(metric)) {
      return ofMean(result, metric, state);
    }
    return isBounded(metric)
        ? ofBounded(result, metric.reading().bounded().orElseThrow(), state)
        : result;
  }

  private MetricResult ofBounded(MetricResult result, Reading.Bounded estimate, MetricState state) {
    double error = estimate.standardError().applyAsDouble(state);
    Interval bounds = new Interval(estimate.low(), estimate.high());
    Interval ends = Interval.logit(bounds, result.value(), error, settings.level());
    return with(result, ends.widened(errorBound(result)).within(bounds), error);
  }

  /** How far the first part can be from what all distinct scores give. */
  public static double errorBound(MetricResult result) {
    return result.values().getOrDefault("error_bound", 0.0);
  }

  /** Of a mean, of a multiple of one, or of an increasing function of one. */
  private MetricResult ofMean(MetricResult result, BoundMetric metric, MetricState state) {
    Mean mean = (Mean) metric.needs().get(0);
    double estimate = state.mean(mean);
    double residuals = state.get(squared).squaredResiduals(squared.means().indexOf(mean), estimate);
    MeanEstimate known =
        MeanEstimate.ofResiduals(
            estimate, residuals, state.ledger().sumWeight(), state.ledger().rowsEvaluated());
    if (metric.reading().curved().isPresent()) {
      return ofCurved(result, metric.reading().curved().get(), known);
    }
    Reading.Scale scale = metric.reading().scale().orElseThrow();
    double error = scale.apply(known.standardError(), state.classes());
    return with(result, Interval.normal(result.value(), error, settings.level()), error);
  }

  /** The ends are those of the mean, mapped; the error by the delta method. */
  private MetricResult ofCurved(MetricResult result, Reading.Curved function, MeanEstimate mean) {
    Interval ofMean = mean.interval(settings.level());
    return with(
        result,
        new Interval(
            function.value().applyAsDouble(ofMean.low()),
            function.value().applyAsDouble(ofMean.high())),
        function.slope().applyAsDouble(mean.mean()) * mean.standardError());
  }

  /** The result with an interval of its first part. */
  private MetricResult with(MetricResult result, Interval ends, double standardError) {
    return new MetricResult(
        result.name(),
        result.parameters(),
        result.values(),
        result.tables(),
        Map.of(result.values().keySet().iterator().next(), settings.interval(ends, standardError)));
  }
}
