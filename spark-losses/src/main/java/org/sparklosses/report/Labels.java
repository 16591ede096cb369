package org.sparklosses.report;

import java.util.Map;
import java.util.stream.Collectors;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.MetricResult;

/** How reports write names. */
final class Labels {

  private Labels() {}

  /** {@code name(parameter=value, ...)} with all parameters, or the name alone. */
  static String metric(MetricResult metric) {
    return metric.parameters().isEmpty()
        ? metric.name()
        : metric.parameters().entrySet().stream()
            .map(Labels::assignment)
            .collect(Collectors.joining(", ", metric.name() + "(", ")"));
  }

  /** {@code column = value, ...}, or "all rows". */
  static String slice(SliceResult slice) {
    return slice(slice.slice());
  }

  /** As {@link #slice(SliceResult)}. */
  static String slice(Map<String, String> slice) {
    return slice.isEmpty()
        ? "all rows"
        : slice.entrySet().stream()
            .map(e -> e.getKey() + " = " + (e.getValue() == null ? "NULL" : e.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** Whether any metric has an interval. */
  static boolean hasIntervals(SliceResult result) {
    return result.metrics().stream().anyMatch(metric -> !metric.intervals().isEmpty());
  }

  private static String assignment(Map.Entry<String, Object> parameter) {
    return parameter.getKey() + "=" + parameter.getValue();
  }
}
