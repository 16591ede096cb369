// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Outputs without what a machine or a Spark puts into them: the kernel, the version of Spark, and
 * the identifiers that are drawn at random.
 */
final class Steady {

  /** A setting of a page, which may stand in an attribute of a frame. */
  private static final Pattern SETTING =
      Pattern.compile("((?:kernel|spark)(?:<|&lt;)/dt(?:>|&gt;)(?:<|&lt;)dd(?:>|&gt;))[^<&]*");

  private static final Pattern IDENTIFIER = Pattern.compile("_[0-9a-f]{12}\\b");

  private Steady() {}

  static String text(String output) {
    String settled = SETTING.matcher(output).replaceAll("$1");
    return IDENTIFIER.matcher(settled).replaceAll("_");
  }

  static List<Note.Message> messages(List<Note.Message> messages) {
    return messages.stream().map(m -> new Note.Message(m.type(), text(m.data()))).toList();
  }
}
