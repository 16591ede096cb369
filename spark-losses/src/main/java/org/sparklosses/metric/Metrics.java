// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.sparklosses.function.NearName;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.function.Settings;

/** The metrics by name. */
public final class Metrics {

  /** Up to so many classes a confusion matrix can be read as a whole. */
  public static final int MATRIX_CLASSES = 12;

  private static final Map<String, Metric> BY_NAME = load();

  private Metrics() {}

  /** All metrics, by family. */
  public static List<Metric> all() {
    return BY_NAME.values().stream().distinct().toList();
  }

  /** The functions of a row whose mean is a metric too, under the function's name. */
  public static List<RowFunction> functions() {
    return FunctionMetrics.all();
  }

  /** What is evaluated when nothing is asked for. */
  public static List<MetricSpec> defaults() {
    MetricSpec topLabel = MetricSpec.of("top_label_calibration_error");
    MetricSpec classwise = MetricSpec.of("classwise_calibration_error");
    return List.of(
        MetricSpec.of("log_loss"),
        MetricSpec.of("brier"),
        MetricSpec.of("accuracy"),
        MetricSpec.of("top_k_accuracy"),
        MetricSpec.of("predictive_entropy"),
        MetricSpec.of("mean_confidence"),
        topLabel,
        topLabel.with("norm", "l2"),
        topLabel.with("norm", "max"),
        classwise,
        classwise.with("norm", "l2"),
        classwise.with("norm", "max"),
        MetricSpec.of("average_calibration_error"),
        MetricSpec.of("over_under_confidence"));
  }

  /**
   * What the figures of a report are drawn from. Of two classes: how well the probability of class
   * 1 is calibrated and ranks; of more: how well the confidence is calibrated and tells right
   * predictions from mistakes. Of both: risk and coverage, and the confusion matrix, of more than
   * {@link #MATRIX_CLASSES} classes its most frequent mistakes.
   *
   * @param classes the number of classes; 0 when there are no rows
   */
  public static List<MetricSpec> figures(int classes) {
    boolean isBinary = classes == 2;
    String probability = isBinary ? "positive" : "top_label";
    String found = isBinary ? "positive" : "mistake";
    List<MetricSpec> figures = new ArrayList<>();
    if (isBinary) {
      figures.add(MetricSpec.of("reliability_diagram").with("of", probability));
    }
    figures.add(MetricSpec.of("smooth_ece").with("of", probability));
    figures.add(MetricSpec.of("corp_decomposition").with("of", probability));
    figures.add(MetricSpec.of("roc_curve").with("of", found));
    figures.add(MetricSpec.of("precision_recall_curve").with("of", found));
    figures.add(MetricSpec.of("risk_coverage"));
    figures.add(MetricSpec.of(classes > MATRIX_CLASSES ? "top_mistakes" : "confusion_matrix"));
    return List.copyOf(figures);
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
      List<Parameter> parameters = metric.get().parameters();
      return metric.get().bind(Settings.parse(spec.name(), parameters, spec.parameters()));
    }
    RowFunction function =
        RowFunctions.find(spec.name())
            .filter(functions()::contains)
            .orElseThrow(() -> unknown(spec.name()));
    return FunctionMetrics.bind(function, spec.parameters());
  }

  /** The metric of this name or alias. */
  public static Optional<Metric> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static Map<String, Metric> load() {
    Map<String, Metric> byName = new LinkedHashMap<>();
    ClassLoader loader = Metrics.class.getClassLoader();
    for (MetricFamily family : ServiceLoader.load(MetricFamily.class, loader)) {
      for (Metric metric : family.metrics()) {
        List<String> names = new ArrayList<>(metric.aliases());
        names.add(0, metric.id());
        for (String name : names) {
          if (byName.put(name, metric) != null) {
            throw new IllegalStateException("two metrics are named " + name);
          }
        }
      }
    }
    return Collections.unmodifiableMap(byName);
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> known =
        Stream.concat(BY_NAME.keySet().stream(), functions().stream().map(RowFunction::name))
            .distinct()
            .toList();
    return new IllegalArgumentException(
        "unknown metric '%s'; %s"
            .formatted(
                name,
                NearName.question(name, known)
                    .orElse("known: " + String.join(", ", BY_NAME.keySet()) + ", and every loss")));
  }
}
