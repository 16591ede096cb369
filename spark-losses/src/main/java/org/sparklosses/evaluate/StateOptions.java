package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.SharedSums;

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
    Set<String> given = new HashSet<>();
    for (String option : parts(options, ';')) {
      String[] entry = option.split("=", 2);
      String name = entry[0].strip().toLowerCase(Locale.ROOT);
      String value = entry.length < 2 ? "" : entry[1].strip();
      checkGiven(name, value, given);
      switch (name) {
        case "input" -> kind = constant(InputKind.class, "input", value);
        case "renormalise" -> isRenormalising = flag("renormalise", value);
        case "metrics" -> {
          metrics = parts(value, ',').stream().map(MetricSpec::parse).toList();
          metrics.forEach(Metrics::bind);
        }
        case "classes" -> classes = positive("classes", value, SharedSums.MOST_CLASSES);
        case "size" -> size = positive("size", value, Integer.MAX_VALUE);
        case "ignore_index" -> ignoreIndex = number("ignore_index", value);
        case "drop" -> {
          for (String text : parts(value, ',')) {
            InputCheck check = constant(InputCheck.class, "drop", text);
            if (!check.isFault()) {
              throw new IllegalArgumentException(
                  "option 'drop' takes faults; %s is none and always counted, leave it out"
                      .formatted(check.name().toLowerCase(Locale.ROOT)));
            }
            policies.put(check, Policy.DROP);
          }
        }
        default ->
            throw new IllegalArgumentException(
                "unknown option '%s'; there are input, renormalise, metrics, classes, ignore_index,"
                        .formatted(name)
                    + " drop, size");
      }
    }
    if (policies.containsKey(InputCheck.LENGTH_MISMATCH) && classes == 0) {
      throw new IllegalArgumentException(
          "which rows have the wrong length cannot be told before the number of classes is"
              + " declared: classes=n");
    }
    return new EvaluationSpec(
        isRenormalising ? kind.renormalised() : kind,
        predictions,
        label,
        weight,
        null,
        List.of(),
        metrics,
        policies,
        classes,
        ignoreIndex,
        0,
        IntervalSettings.NONE,
        false,
        ClassNames.NONE,
        size);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String option, String text) {
    try {
      return Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "option '%s' takes %s, not '%s'"
              .formatted(
                  option,
                  Stream.of(type.getEnumConstants())
                      .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                      .toList(),
                  text.strip()),
          e);
    }
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

  /** Checks that an option has a value, and one only. */
  private static void checkGiven(String name, String value, Set<String> given) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "option '%s' has no value; write %s=VALUE".formatted(name, name));
    }
    if (!given.add(name)) {
      throw new IllegalArgumentException(
          "option '%s' is given twice; leave one out".formatted(name));
    }
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

  /** The parts between separators that stand outside parentheses; blank ones are left out. */
  private static List<String> parts(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? separator : text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (i == text.length() || (c == separator && depth == 0)) {
        if (!text.substring(from, i).isBlank()) {
          parts.add(text.substring(from, i).strip());
        }
        from = i + 1;
      }
    }
    return parts;
  }
}
