// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.SharedSums;
import org.sparklosses.table.ClassNames;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.Policy;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowSpec;

/**
 * The options of {@code evaluation_state}, as text: {@code key=value} separated by semicolons.
 *
 * <ul>
 *   <li>{@code input}: {@code logits} (default) or {@code probabilities};
 *   <li>{@code renormalise}: {@code true} to divide probabilities by their sum, by default {@code
 *       false};
 *   <li>{@code metrics}: {@code name} or {@code name(parameter=value, ...)}, separated by commas;
 *   <li>{@code classes}: the number of classes, if the rows are not to decide;
 *   <li>{@code ignore_index}: the label of rows that are left out (-100);
 *   <li>{@code drop}: the findings whose rows are left out and counted, separated by commas, as
 *       {@code null_label}; all others fail;
 *   <li>{@code size}: the bytes that every state takes, the rest being zeros; by default no more
 *       than it needs.
 * </ul>
 */
final class StateOptions {

  private static final Parameter DROP =
      OptionText.choice("drop", InputCheck.class, "a finding whose rows are left out and counted");

  private static final List<Parameter> SETTINGS =
      List.of(
          OptionText.choice("input", InputKind.class, "what the predictions are"),
          Parameter.flag("renormalise", false, "whether probabilities are divided by their sum"),
          Parameter.optionalInteger(
              "classes",
              Range.closed(1, SharedSums.MOST_CLASSES),
              "the number of classes, if the rows are not to decide"),
          Parameter.optionalInteger(
              "size", Range.atLeast(1), "the bytes that every state takes, the rest being zeros"));

  private static final List<String> KNOWN =
      List.of("input", "renormalise", "metrics", "classes", "ignore_index", "drop", "size");

  private StateOptions() {}

  /** What is kept when no metrics are named: the usual metrics, distributions and confusion. */
  static List<MetricSpec> defaultMetrics() {
    MetricSpec distribution = MetricSpec.of("score_distribution");
    return Stream.concat(
            Metrics.defaults().stream(),
            Stream.of(
                distribution,
                distribution.with("of", "positive"),
                MetricSpec.of("confusion_matrix")))
        .toList();
  }

  /**
   * The spec of a state.
   *
   * @param weight the name of the weight, or null
   * @throws IllegalArgumentException for an option or a value that there is not
   */
  static EvaluationSpec spec(String predictions, String label, String weight, String options) {
    Map<String, String> values = OptionText.values(options);
    ParameterErrors.checkKnown(OptionText.OWNER, values.keySet(), KNOWN);
    String metricsText = values.remove("metrics");
    List<MetricSpec> metrics = metricsText == null ? defaultMetrics() : metrics(metricsText);
    String ignored = values.remove("ignore_index");
    long ignoreIndex =
        ignored == null ? Evaluation.DEFAULT_IGNORE_INDEX : wholeNumber("ignore_index", ignored);
    String dropped = values.remove(DROP.name());
    Map<InputCheck, Policy> policies = dropped == null ? Map.of() : dropping(dropped);
    Settings settings = Settings.parse(OptionText.OWNER, SETTINGS, values);
    InputKind kind = settings.constant(InputKind.class, "input");
    boolean isRenormalising = settings.flag("renormalise");
    int classes = settings.optionalInteger("classes").orElse(0);
    int size = settings.optionalInteger("size").orElse(0);
    if (policies.containsKey(InputCheck.LENGTH_MISMATCH) && classes == 0) {
      throw new IllegalArgumentException(
          "which rows have the wrong length cannot be told before the number of classes is"
              + " declared: classes=n");
    }
    RowSpec rows =
        RowSpec.of(predictions)
            .withLabel(label)
            .withWeight(weight)
            .withSliceLimit(0)
            .withPolicies(policies);
    PredictionSpec input =
        new PredictionSpec(
            rows,
            isRenormalising ? kind.renormalised() : kind,
            classes,
            ignoreIndex,
            ClassNames.NONE);
    return EvaluationSpec.of(input, metrics).withStateSize(size);
  }

  private static List<MetricSpec> metrics(String text) {
    List<MetricSpec> metrics = OptionText.parts(text, ',').stream().map(MetricSpec::parse).toList();
    metrics.forEach(Metrics::bind);
    return metrics;
  }

  private static Map<InputCheck, Policy> dropping(String text) {
    Map<InputCheck, Policy> policies = new EnumMap<>(InputCheck.class);
    for (String part : OptionText.parts(text, ',')) {
      InputCheck check = OptionText.constant(InputCheck.class, DROP, part);
      if (!check.isFault()) {
        throw new IllegalArgumentException(
            "%s: drop takes faults; %s is none and always counted, leave it out"
                .formatted(OptionText.OWNER, check.name().toLowerCase(Locale.ROOT)));
      }
      policies.put(check, Policy.DROP);
    }
    return policies;
  }

  /** Class indices are wider than settings are. */
  private static long wholeNumber(String option, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw ParameterErrors.notAllowed(OptionText.OWNER, option, text, "a whole number");
    }
  }
}
