package org.sparklosses.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;

/** The metrics by name. */
public final class Metrics {

  /** Names that the catalogue or other libraries give a metric. */
  private static final Map<String, Metric> ALIASES =
      Map.of(
          "log_loss_logits", Metric.LOG_LOSS,
          "log_loss_probs", Metric.LOG_LOSS,
          "brier_multiclass", Metric.BRIER,
          "ece", Metric.TOP_LABEL_CALIBRATION_ERROR,
          "classwise_ece", Metric.CLASSWISE_CALIBRATION_ERROR);

  private Metrics() {}

  /** All metrics. */
  public static List<Metric> all() {
    return List.of(Metric.values());
  }

  /** The functions of a row whose mean is a metric too, under the function's name. */
  public static List<RowFunction> functions() {
    return FunctionMetrics.all();
  }

  /** What is evaluated when nothing is asked for. */
  public static List<MetricSpec> defaults() {
    MetricSpec topLabel = MetricSpec.of(Metric.TOP_LABEL_CALIBRATION_ERROR.id());
    MetricSpec classwise = MetricSpec.of(Metric.CLASSWISE_CALIBRATION_ERROR.id());
    return List.of(
        MetricSpec.of(Metric.LOG_LOSS.id()),
        MetricSpec.of(Metric.BRIER.id()),
        MetricSpec.of(Metric.ACCURACY.id()),
        MetricSpec.of(Metric.TOP_K_ACCURACY.id()),
        MetricSpec.of(Metric.PREDICTIVE_ENTROPY.id()),
        MetricSpec.of(Metric.MEAN_CONFIDENCE.id()),
        topLabel,
        topLabel.with("norm", "l2"),
        topLabel.with("norm", "max"),
        classwise,
        classwise.with("norm", "l2"),
        classwise.with("norm", "max"),
        MetricSpec.of(Metric.AVERAGE_CALIBRATION_ERROR.id()),
        MetricSpec.of(Metric.OVER_UNDER_CONFIDENCE.id()));
  }

  /**
   * Fixes what a spec asks for: a {@link Metric}, or the mean of a function of a row.
   *
   * @throws IllegalArgumentException if there is no such metric or parameter, or the parameter
   *     cannot take the value
   */
  public static BoundMetric bind(MetricSpec spec) {
    Optional<Metric> metric = find(spec.name());
    if (metric.isPresent()) {
      return bind(metric.get(), spec);
    }
    RowFunction function =
        RowFunctions.find(spec.name())
            .filter(functions()::contains)
            .orElseThrow(() -> unknown(spec.name()));
    return FunctionMetrics.bind(function, spec.parameters());
  }

  private static BoundMetric bind(Metric metric, MetricSpec spec) {
    List<String> known = metric.parameters().stream().map(MetricParameter::name).toList();
    for (String name : spec.parameters().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "metric '%s' has no parameter '%s'; it has %s"
                .formatted(spec.name(), name, known.isEmpty() ? "none" : String.join(", ", known)));
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (MetricParameter parameter : metric.parameters()) {
      String text = spec.parameters().get(parameter.name());
      values.put(
          parameter.name(),
          text == null ? parameter.defaultValue() : parameter.parse(spec.name(), text));
    }
    return metric.bind(values);
  }

  private static Optional<Metric> find(String name) {
    return all().stream()
        .filter(metric -> metric.id().equals(name))
        .findFirst()
        .or(() -> Optional.ofNullable(ALIASES.get(name)));
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> known =
        Stream.concat(all().stream().map(Metric::id), functions().stream().map(RowFunction::name))
            .distinct()
            .toList();
    String closest =
        known.stream().min(Comparator.comparingInt(id -> distance(id, name))).orElseThrow();
    return new IllegalArgumentException(
        "unknown metric '%s'; did you mean '%s'? Known: %s"
            .formatted(name, closest, String.join(", ", known)));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, Math.min(row[j - 1], previous[j]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
