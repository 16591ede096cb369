// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.RowFunction;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

/** Every metric that there is of a table of so many classes. */
public final class EveryMetric {

  /** Metrics of two classes alone whose parameters do not say so. */
  private static final Set<String> OF_TWO_CLASSES =
      Set.of("binary_calibration_error", "brier_binary");

  private EveryMetric() {}

  /** With the defaults of the parameters but for {@code of}, which the classes decide. */
  public static List<MetricSpec> byDefault(int classes) {
    return metrics(classes).map(metric -> plain(metric, classes)).toList();
  }

  /** With each choice, flag and number in turn other than by default. */
  public static List<MetricSpec> byOtherParameters(int classes) {
    List<MetricSpec> specs = new ArrayList<>();
    metrics(classes).forEach(metric -> addOthers(metric, classes, specs));
    return specs;
  }

  /** The means of functions that logits, or logits and a label, determine. */
  public static List<MetricSpec> meansOfFunctions() {
    return Metrics.functions().stream()
        .filter(function -> Metrics.find(function.name()).isEmpty() && isOfPrediction(function))
        .map(function -> MetricSpec.of(function.name()))
        .toList();
  }

  private static boolean isOfPrediction(RowFunction function) {
    return function.columns().get(0).equals(Parameter.logits())
        && function.columns().stream()
            .skip(1)
            .allMatch(column -> function.labelColumn().filter(column::equals).isPresent())
        && function.settings().stream().noneMatch(Parameter::required);
  }

  private static Stream<Metric> metrics(int classes) {
    return Metrics.all().stream()
        .filter(metric -> classes == 2 || !OF_TWO_CLASSES.contains(metric.id()));
  }

  private static MetricSpec plain(Metric metric, int classes) {
    MetricSpec spec = MetricSpec.of(metric.id());
    return metric.parameters().stream().anyMatch(parameter -> parameter.name().equals("of"))
        ? spec.with("of", classes == 2 ? "positive" : "top_label")
        : spec;
  }

  private static void addOthers(Metric metric, int classes, List<MetricSpec> specs) {
    MetricSpec plain = plain(metric, classes);
    boolean findsMistakes =
        metric.parameters().stream().anyMatch(parameter -> words(parameter).contains("mistake"));
    for (Parameter parameter : metric.parameters()) {
      MetricSpec spec = plain;
      if (parameter.name().equals("score") && findsMistakes) {
        spec = plain.with("of", "mistake");
      } else if (parameter.name().equals("debias")) {
        spec = plain.with("norm", "l2");
      }
      for (Object value : others(parameter)) {
        boolean isOfTwoClasses = String.valueOf(value).startsWith("positive");
        boolean isSame = String.valueOf(value).equals(plain.parameters().get(parameter.name()));
        if (!isSame && (classes == 2 || !isOfTwoClasses)) {
          specs.add(spec.with(parameter.name(), value));
        }
      }
    }
  }

  private static List<?> others(Parameter parameter) {
    boolean isOptional = parameter.defaultValue() == null;
    return switch (parameter.type()) {
      case STRING ->
          words(parameter).stream().filter(word -> !word.equals(parameter.defaultValue())).toList();
      case BOOLEAN -> List.of(!(Boolean) parameter.defaultValue());
      case INT -> List.of(isOptional ? 7 : Math.addExact((Integer) parameter.defaultValue(), 1));
      case DOUBLE -> List.of(isOptional ? 0.5 : 0.75 * (Double) parameter.defaultValue());
      default -> List.of();
    };
  }

  private static List<String> words(Parameter parameter) {
    return List.of(parameter.allowed().split(" \\| ", -1));
  }
}
