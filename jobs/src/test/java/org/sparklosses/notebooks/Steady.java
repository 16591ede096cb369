// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Outputs without what a machine or a Spark puts into them: the kernel, the version of Spark, and
 * the identifiers that are drawn at random.
 */
final class Steady {

  private static final List<Map.Entry<Pattern, String>> UNSTEADY =
      List.of(
          Map.entry(Pattern.compile("(kernel</th><td[^>]*>)[^<]*"), "$1"),
          Map.entry(Pattern.compile("(spark</th><td[^>]*>)[^<]*"), "$1"),
          Map.entry(Pattern.compile("_[0-9a-f]{12}\\b"), "_"));

  private Steady() {}

  static String text(String output) {
    String steady = output;
    for (Map.Entry<Pattern, String> entry : UNSTEADY) {
      steady = entry.getKey().matcher(steady).replaceAll(entry.getValue());
    }
    return steady;
  }

  static List<Note.Message> messages(List<Note.Message> messages) {
    return messages.stream().map(m -> new Note.Message(m.type(), text(m.data()))).toList();
  }
}
