// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Values of parameters as text: numbers as Java writes them, arrays {@code 1;2;3} with {@code null}
 * where an entry is none, words and truth values in any case.
 */
public final class ParameterText {

  /** Says of an optional parameter that it is not set. */
  public static final String NONE = "none";

  private ParameterText() {}

  /**
   * A value as text.
   *
   * @param value in the form that {@link Settings} holds; null where none is set
   */
  public static String of(Object value) {
    if (value == null) {
      return NONE;
    }
    return value instanceof List<?> entries
        ? entries.stream().map(String::valueOf).collect(Collectors.joining(";"))
        : value.toString();
  }

  /** Whether a text stands for a value, as 0.90 for 0.9. */
  public static boolean standsFor(String text, Object value) {
    if (value instanceof Number number) {
      Double parsed = number(text);
      return parsed != null && parsed == number.doubleValue();
    }
    return value instanceof List<?>
        ? value.equals(numbers(text))
        : text.strip().equalsIgnoreCase(of(value));
  }

  static boolean isNone(String text) {
    return word(text).equals(NONE);
  }

  /** A Double, List of Double, Boolean or String; null if the text stands for none of the type. */
  static Object parse(ParameterType type, String text) {
    return switch (type) {
      case DOUBLE, INT -> number(text);
      case ARRAY, NULLABLE_ARRAY -> numbers(text);
      case BOOLEAN ->
          switch (word(text)) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
          };
      case STRING -> word(text);
      case LOGITS, LABEL, TARGET, MATRIX -> null;
    };
  }

  private static String word(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }

  private static Double number(String text) {
    try {
      return Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    for (String entry : text.split(";", -1)) {
      boolean isNull = word(entry).equals("null");
      Double number = isNull ? null : number(entry);
      if (number == null && !isNull) {
        return null;
      }
      numbers.add(number);
    }
    return numbers;
  }
}
