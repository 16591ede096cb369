// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparklosses.function.ParameterText;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;

/**
 * What a gate is about: one metric among those that were evaluated, and one number of it. A metric
 * of the catalogue is found by its name or alias, with defaults for the parameters that the gate
 * leaves out; any other by its name and the parameters that the gate gives.
 *
 * @param gate the gate
 */
public record GatedMetric(Gate gate) {

  /**
   * The number in a result. Of a value that is only known to lie between two numbers, the one that
   * violates the gate if either does.
   *
   * @return NaN where the gate is about an interval that the metric does not have
   * @throws IllegalArgumentException if the result does not have the metric or the part
   */
  public double figure(List<MetricResult> metrics) {
    MetricResult metric = find(metrics);
    String part = part(metric);
    if (!gate.needsInterval()) {
      return gate.operator().isDownward() ? metric.least(part) : metric.most(part);
    }
    ConfidenceInterval interval = metric.intervals().get(part);
    if (interval == null) {
      return Double.NaN;
    }
    return switch (gate.figure()) {
      case CI_LOW -> interval.low();
      case CI_HIGH -> interval.high();
      default -> interval.standardError();
    };
  }

  /**
   * Whether a result has the interval that the gate is about.
   *
   * @throws IllegalArgumentException as {@link #figure}
   */
  public boolean hasInterval(List<MetricResult> metrics) {
    MetricResult metric = find(metrics);
    return metric.intervals().containsKey(part(metric));
  }

  /**
   * Looks up the part of a metric, which tells its parts of no rows too.
   *
   * @throws IllegalArgumentException if the metric does not have the part
   */
  void checkPart(BoundMetric metric) {
    MetricState nothing = new MetricState(MetricPlan.of(List.of(metric), false));
    part(metric.read(nothing));
  }

  private String part(MetricResult metric) {
    Set<String> parts = metric.values().keySet();
    if (gate.part().isEmpty()) {
      return parts.iterator().next();
    }
    if (!parts.contains(gate.part())) {
      throw new IllegalArgumentException(
          "gate '%s': metric '%s' has no part '%s'; it gives %s"
              .formatted(gate.text(), gate.metric(), gate.part(), String.join(", ", parts)));
    }
    return gate.part();
  }

  private MetricResult find(List<MetricResult> metrics) {
    List<MetricResult> meant = metrics.stream().filter(this::isMeant).toList();
    if (Metrics.find(gate.metric().name()).isPresent()) {
      BoundMetric bound = Metrics.bind(gate.metric());
      meant =
          metrics.stream()
              .filter(
                  m -> m.name().equals(bound.name()) && m.parameters().equals(bound.parameters()))
              .limit(1)
              .toList();
    }
    if (meant.isEmpty()) {
      throw new IllegalArgumentException(
          "gate '%s': metric '%s' was not evaluated; there are %s"
              .formatted(gate.text(), gate.metric(), names(metrics)));
    }
    if (meant.size() > 1) {
      // A gate on the first of several pinball losses would pass for one on all of them.
      throw new IllegalArgumentException(
          "gate '%s': there are several metrics '%s'; name one of %s"
              .formatted(gate.text(), gate.metric(), names(meant)));
    }
    return meant.get(0);
  }

  private boolean isMeant(MetricResult metric) {
    return metric.name().equals(gate.metric().name())
        && gate.metric().parameters().entrySet().stream()
            .allMatch(
                given ->
                    ParameterText.standsFor(
                        given.getValue(), metric.parameters().get(given.getKey())));
  }

  private static String names(List<MetricResult> metrics) {
    return metrics.stream().map(GatedMetric::name).collect(Collectors.joining(", "));
  }

  private static String name(MetricResult metric) {
    MetricSpec spec = MetricSpec.of(metric.name());
    for (Map.Entry<String, Object> parameter : metric.parameters().entrySet()) {
      spec = spec.with(parameter.getKey(), parameter.getValue());
    }
    return spec.toString();
  }
}
