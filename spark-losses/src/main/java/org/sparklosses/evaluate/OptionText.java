package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Options of an aggregate as text: {@code key=value} separated by semicolons. */
final class OptionText {

  private OptionText() {}

  /**
   * The values by name, in lower case, in the order in which they are given.
   *
   * @throws IllegalArgumentException if an option is given twice or without a value
   */
  static Map<String, String> values(String options) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String option : parts(options, ';')) {
      String[] entry = option.split("=", 2);
      String name = entry[0].strip().toLowerCase(Locale.ROOT);
      String value = entry.length < 2 ? "" : entry[1].strip();
      if (value.isEmpty()) {
        throw new IllegalArgumentException(
            "option '%s' has no value; write %s=VALUE".formatted(name, name));
      }
      if (values.put(name, value) != null) {
        throw new IllegalArgumentException(
            "option '%s' is given twice; leave one out".formatted(name));
      }
    }
    return values;
  }

  /** Refuses an option. */
  static IllegalArgumentException unknown(String name, String known) {
    return new IllegalArgumentException("unknown option '%s'; there are %s".formatted(name, known));
  }

  /**
   * The constant that a value names.
   *
   * @throws IllegalArgumentException if there is none
   */
  static <E extends Enum<E>> E constant(Class<E> type, String option, String value) {
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "option '%s' takes %s, not '%s'"
              .formatted(
                  option,
                  Stream.of(type.getEnumConstants())
                      .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                      .toList(),
                  value),
          e);
    }
  }

  /**
   * The number that a value is, other than NaN.
   *
   * @throws IllegalArgumentException if it is none
   */
  static double number(String option, String value) {
    try {
      double number = Double.parseDouble(value);
      if (!Double.isNaN(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(noNumber(option, value), e);
    }
    throw new IllegalArgumentException(noNumber(option, value));
  }

  private static String noNumber(String option, String value) {
    return "option '%s' takes a number, not '%s'".formatted(option, value);
  }

  /** The parts between separators that stand outside parentheses; blank ones are left out. */
  static List<String> parts(String text, char separator) {
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
