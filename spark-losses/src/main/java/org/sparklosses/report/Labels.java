package org.sparklosses.report;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sparklosses.evaluate.Difference;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.KeyCounts;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.Ideal;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

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

  /** The value at which the metric of a difference is best, where it lies inside of its range. */
  static Optional<Ideal> ideal(Difference difference) {
    return Metrics.bind(MetricSpec.parse(difference.metric())).ideal();
  }

  /** {@code ", 10 classes"}; nothing of numbers, and of no rows, which have none. */
  static String classes(EvaluationResult result) {
    return result.classes() == 0
        ? ""
        : String.format(Locale.ROOT, ", %,d classes", result.classes());
  }

  /** Whether any metric has an interval. */
  static boolean hasIntervals(SliceResult result) {
    return result.metrics().stream().anyMatch(metric -> !metric.intervals().isEmpty());
  }

  /** How the rows of two tables were matched. */
  static String keys(KeyCounts keys) {
    return String.format(
        Locale.ROOT,
        "%,d keys in both tables; without a partner %,d rows of the first, %,d of the second",
        keys.matched(),
        keys.onlyFirst(),
        keys.onlySecond());
  }

  /** Two digits. */
  static String pValue(double p) {
    return Double.isNaN(p) ? "-" : String.format(Locale.ROOT, "%.2g", p);
  }

  /** {@code 0.95} as "95%". */
  static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  /** {@code 0.95} as "0.05". */
  static String complement(double share) {
    return BigDecimal.ONE.subtract(BigDecimal.valueOf(share)).stripTrailingZeros().toPlainString();
  }

  private static String assignment(Map.Entry<String, Object> parameter) {
    return parameter.getKey() + "=" + parameter.getValue();
  }
}
