// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparklosses.compare.Difference;
import org.sparklosses.compare.KeyCounts;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.Ideal;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.table.SliceLabel;

/** How reports write names. */
final class Labels {

  /** So many names of classes are listed in a line. */
  private static final int NAMES = 20;

  private Labels() {}

  /**
   * {@code name(parameter=value, ...)} with the parameters of {@link #given}, or the name alone.
   */
  static String metric(MetricResult metric) {
    Map<String, Object> given = given(metric);
    return given.isEmpty()
        ? metric.name()
        : given.entrySet().stream()
            .map(Labels::assignment)
            .collect(Collectors.joining(", ", metric.name() + "(", ")"));
  }

  /** The parameters that differ from their defaults; all where no defaults are known. */
  static Map<String, Object> given(MetricResult metric) {
    Map<String, Object> given = new LinkedHashMap<>(metric.parameters());
    given.entrySet().removeAll(defaults(metric.name()).entrySet());
    return given;
  }

  private static Map<String, Object> defaults(String metric) {
    if (Metrics.find(metric).isPresent()) {
      return Metrics.bind(MetricSpec.of(metric)).parameters();
    }
    Map<String, Object> defaults = new HashMap<>();
    Metrics.functions().stream()
        .filter(function -> function.name().equals(metric))
        .flatMap(function -> function.settings().stream())
        .forEach(p -> defaults.put(p.name(), p.defaultValue()));
    return defaults;
  }

  /** As many slices as are asked for, those of the most rows, in their order. */
  static <T> List<T> largest(List<T> slices, int most, Function<T, Ledger> ledger) {
    return IntStream.range(0, slices.size())
        .boxed()
        .sorted(Comparator.comparing(i -> -ledger.apply(slices.get(i)).rowsEvaluated()))
        .limit(most)
        .sorted()
        .map(slices::get)
        .toList();
  }

  /** {@code column = value, ...}, or "all rows". */
  static String slice(SliceResult slice) {
    return slice(slice.slice());
  }

  /** As {@link #slice(SliceResult)}. */
  static String slice(Map<String, String> slice) {
    return slice.isEmpty() ? "all rows" : SliceLabel.of(slice);
  }

  /** The value at which the metric of a difference is best, where it lies inside of its range. */
  static Optional<Ideal> ideal(Difference difference) {
    return Metrics.bind(MetricSpec.parse(difference.metric())).ideal();
  }

  /** {@code ", 10 classes"} and their names; nothing of numbers, which have none. */
  static String classes(EvaluationResult result) {
    if (result.classes() == 0) {
      return "";
    }
    String count = String.format(Locale.ROOT, ", %,d classes", result.classes());
    List<String> names =
        IntStream.range(0, Math.min(NAMES, result.classNames().size()))
            .mapToObj(k -> k + " = " + SliceLabel.value(result.className(k)))
            .toList();
    String more = result.classNames().size() > NAMES ? ", ..." : "";
    return names.isEmpty() ? count : count + " (" + String.join(", ", names) + more + ")";
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
