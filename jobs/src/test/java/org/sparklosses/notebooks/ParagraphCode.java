// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a paragraph says.
 *
 * @param interpreter who runs it: {@code md}, {@code spark.sql}, {@code spark}, ...
 * @param script what is to be run
 */
record ParagraphCode(String interpreter, String script) {

  private static final Pattern START =
      Pattern.compile("^\\s*%([a-zA-Z0-9_-]+(?:\\.\\w+)*)(?:\\([^)]*\\))?", Pattern.UNICODE_CASE);

  /** Forms of the note, as {@code $${checkout=.}}. */
  private static final Pattern NOTE_FORM = Pattern.compile("[$]{2}[{]([^=}]*)(?:=([^}]*))?[}]");

  static ParagraphCode of(String text) {
    Matcher matcher = START.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException("a paragraph that names no interpreter: " + text);
    }
    return new ParagraphCode(matcher.group(1), text.substring(matcher.end()).stripLeading());
  }

  /** The script with the defaults of its forms in place, as Zeppelin hands it to SQL. */
  String filled() {
    return NOTE_FORM
        .matcher(script)
        .replaceAll(form -> Matcher.quoteReplacement(form.group(2) == null ? "" : form.group(2)));
  }
}
