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
    return slice.slice().isEmpty()
        ? "all rows"
        : slice.slice().entrySet().stream()
            .map(e -> e.getKey() + " = " + (e.getValue() == null ? "NULL" : e.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String assignment(Map.Entry<String, Object> parameter) {
    return parameter.getKey() + "=" + parameter.getValue();
  }
}
