// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Zeppelin makes of the output of an interpreter: {@code %table}, {@code %html}, {@code %text}
 * and others at the beginning of a line, or right after another of them, say how what follows is
 * displayed.
 */
final class Display {

  private static final Pattern DIRECTIVE =
      Pattern.compile("(?:^|(?<=\n)|\\G)%(text|html|angular|table|img|svg|null|network)[ \n\t]");

  private Display() {}

  static List<Note.Message> messages(String output) {
    List<Note.Message> messages = new ArrayList<>();
    Matcher directive = DIRECTIVE.matcher(output);
    String type = "TEXT";
    int start = 0;
    while (directive.find()) {
      add(messages, type, output.substring(start, directive.start()));
      type = directive.group(1).toUpperCase(Locale.ROOT);
      start = directive.end();
    }
    add(messages, type, output.substring(start));
    return messages;
  }

  private static void add(List<Note.Message> messages, String type, String data) {
    String kept = type.equals("TABLE") ? data.stripTrailing() + "\n" : data;
    if (!kept.isBlank()) {
      messages.add(new Note.Message(type, kept));
    }
  }
}
