package org.sparklosses.evaluate;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
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
    InputKind kind = InputKind.LOGITS;
    boolean isRenormalising = false;
    List<MetricSpec> metrics = defaultMetrics();
    Map<InputCheck, Policy> policies = new EnumMap<>(InputCheck.class);
    int classes = 0;
    int size = 0;
    long ignoreIndex = Evaluation.DEFAULT_IGNORE_INDEX;
    for (Map.Entry<String, String> option : OptionText.values(options).entrySet()) {
      String value = option.getValue();
      switch (option.getKey()) {
        case "input" -> kind = OptionText.constant(InputKind.class, "input", value);
        case "renormalise" -> isRenormalising = flag("renormalise", value);
        case "metrics" -> {
          metrics = OptionText.parts(value, ',').stream().map(MetricSpec::parse).toList();
          metrics.forEach(Metrics::bind);
        }
        case "classes" -> classes = positive("classes", value, SharedSums.MOST_CLASSES);
        case "size" -> size = positive("size", value, Integer.MAX_VALUE);
        case "ignore_index" -> ignoreIndex = number("ignore_index", value);
        case "drop" -> {
          for (String text : OptionText.parts(value, ',')) {
            InputCheck check = OptionText.constant(InputCheck.class, "drop", text);
            if (!check.isFault()) {
              throw new IllegalArgumentException(
                  "option 'drop' takes faults; %s is none and always counted, leave it out"
                      .formatted(check.name().toLowerCase(Locale.ROOT)));
            }
            policies.put(check, Policy.DROP);
          }
        }
        default ->
            throw OptionText.unknown(
                option.getKey(), "input, renormalise, metrics, classes, ignore_index, drop, size");
      }
    }
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

  private static boolean flag(String option, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(
              "option '%s' takes true or false, not '%s'".formatted(option, text));
    };
  }

  private static int positive(String option, String text, int most) {
    long number = number(option, text);
    if (number < 1 || number > most) {
      throw new IllegalArgumentException(
          "option '%s' takes a number from 1 to %d, not %s".formatted(option, most, text));
    }
    return (int) number;
  }

  private static long number(String option, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "option '%s' takes a whole number, not '%s'".formatted(option, text), e);
    }
  }
}
