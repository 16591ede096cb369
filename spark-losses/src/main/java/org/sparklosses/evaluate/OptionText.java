// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterErrors;

/** Options of an aggregate as text: {@code key=value} separated by semicolons. */
final class OptionText {

  /** What options are parameters of, after the name of the aggregate. */
  static final String OWNER = "options";

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
            "%s: %s has no value; write %s=VALUE".formatted(OWNER, name, name));
      }
      if (values.put(name, value) != null) {
        throw ParameterErrors.twice(OWNER, name);
      }
    }
    return values;
  }

  /** An option that is one of the constants of a type, the first by default. */
  static <E extends Enum<E>> Parameter choice(String name, Class<E> type, String meaning) {
    List<String> words =
        Stream.of(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    return Parameter.choice(name, words, meaning);
  }

  /**
   * The constant that a value names.
   *
   * @throws IllegalArgumentException if there is none
   */
  static <E extends Enum<E>> E constant(Class<E> type, Parameter choice, String value) {
    String word = (String) choice.parse(OWNER, value);
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
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
