package org.sparklosses.metric;

import java.util.List;
import java.util.Locale;

/**
 * A parameter of a metric.
 *
 * @param name as it is written
 * @param defaultValue an Integer, a Boolean or a String
 * @param least the least value of an Integer
 * @param greatest the greatest value of an Integer
 * @param choices the values of a String
 */
public record MetricParameter(
    String name, Object defaultValue, int least, int greatest, List<String> choices) {

  static MetricParameter integer(String name, int defaultValue, int least, int greatest) {
    return new MetricParameter(name, defaultValue, least, greatest, List.of());
  }

  static MetricParameter flag(String name) {
    return new MetricParameter(name, false, 0, 0, List.of("true", "false"));
  }

  /** The first choice is the default. */
  static MetricParameter choice(String name, String... choices) {
    return new MetricParameter(name, choices[0], 0, 0, List.of(choices));
  }

  /** What may be given, for a message or a help text. */
  public String range() {
    return defaultValue instanceof Integer
        ? "an integer in [" + least + ", " + greatest + "]"
        : String.join("|", choices);
  }

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException if the parameter cannot take it
   */
  Object parse(String metric, String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    if (defaultValue instanceof Integer) {
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= greatest) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Rejected below, as a number out of range is.
      }
    } else if (choices.contains(value)) {
      return defaultValue instanceof Boolean ? Boolean.valueOf(value) : (Object) value;
    }
    throw new IllegalArgumentException(
        "metric '%s': parameter '%s' is %s, got '%s'".formatted(metric, name, range(), text));
  }
}
