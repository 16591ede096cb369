// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Map;
import java.util.stream.Collectors;

/** How the values of a slice are written for a reader: on one line, each in its own way. */
public final class SliceLabel {

  private static final String NULL = "NULL";

  private SliceLabel() {}

  /** {@code column = value, ...}; empty for all rows. */
  public static String of(Map<String, String> slice) {
    return slice.entrySet().stream()
        .map(entry -> printable(entry.getKey()) + " = " + value(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /**
   * A value: SQL NULL as {@code NULL}, and in quotation marks, as SQL doubles them, the texts that
   * could be taken for it or are nothing at all.
   */
  public static String value(String value) {
    if (value == null) {
      return NULL;
    }
    boolean isPlain =
        !value.isBlank()
            && !value.equalsIgnoreCase(NULL)
            && !value.startsWith("'")
            && value.equals(value.strip());
    return printable(isPlain ? value : "'" + value.replace("'", "''") + "'");
  }

  /**
   * A text without the characters that would break a line, move a terminal's cursor or turn the
   * direction of writing: these as {@code \n}, {@code \t}, {@code \r} or {@code \}{@code u} and
   * their number.
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> printable.append("\\n");
                case '\t' -> printable.append("\\t");
                case '\r' -> printable.append("\\r");
                default -> {
                  if (isUnprintable(c)) {
                    printable.append(String.format("\\u%04x", c));
                  } else {
                    printable.append((char) c);
                  }
                }
              }
            });
    return printable.toString();
  }

  private static boolean isUnprintable(int c) {
    boolean isSeparator = c == 0x2028 || c == 0x2029;
    boolean turnsDirection =
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    return Character.isISOControl(c) || isSeparator || turnsDirection;
  }
}
