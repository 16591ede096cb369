// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

/**
 * The metrics of one slice of the table.
 *
 * @param slice column to value (as text, null for SQL NULL), in the order the slice was declared;
 *     empty for all rows
 * @param ledger what was read
 * @param metrics in the order they were asked for
 */
public record SliceResult(Map<String, String> slice, Ledger ledger, List<MetricResult> metrics) {

  /** The same without the bins of reliability diagrams. */
  public SliceResult withoutBins() {
    return new SliceResult(slice, ledger, metrics.stream().map(MetricResult::withoutBins).toList());
  }

  /** The scalar of a metric, as {@link #metric} finds it. */
  public double value(String metric) {
    return metric(metric).value();
  }

  /**
   * The first metric of that name or alias; of a text with parameters, as {@code ece(n_bins=10)},
   * the metric that it asks for.
   *
   * @throws NoSuchElementException if there is none
   */
  public MetricResult metric(String text) {
    Predicate<MetricResult> isMeant = meant(text);
    return metrics.stream()
        .filter(isMeant)
        .findFirst()
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "metric '%s' was not asked for; there are %s"
                        .formatted(
                            text, metrics.stream().map(MetricResult::name).distinct().toList())));
  }

  private static Predicate<MetricResult> meant(String text) {
    MetricSpec spec = MetricSpec.parse(text);
    Optional<Metric> known = Metrics.find(spec.name());
    if (known.isEmpty()) {
      return metric -> metric.name().equals(text);
    }
    if (spec.parameters().isEmpty()) {
      return metric -> metric.name().equals(known.get().id());
    }
    BoundMetric bound = Metrics.bind(spec);
    return metric ->
        metric.name().equals(bound.name()) && metric.parameters().equals(bound.parameters());
  }
}
