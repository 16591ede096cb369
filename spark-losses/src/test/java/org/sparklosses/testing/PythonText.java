// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pieces of Python source: lines no longer than the project's layout allows, names that it may. */
public final class PythonText {

  private static final int WIDTH = 100;

  private static final Set<String> KEYWORDS =
      Set.of(
          "and", "as", "assert", "class", "def", "del", "from", "if", "in", "is", "lambda", "or");

  private PythonText() {}

  /** A parameter's name, which a keyword of Python cannot be. */
  public static String name(String sql) {
    return KEYWORDS.contains(sql) ? sql + "_" : sql;
  }

  /** A text in lines, each indented, those after the first as deep as is asked for. */
  public static String wrapped(String text, int indent, int hanging) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder(" ".repeat(indent));
    boolean isEmpty = true;
    for (String word : text.split(" ", -1)) {
      if (!isEmpty && line.length() + 1 + word.length() > WIDTH) {
        out.append(line).append('\n');
        line = new StringBuilder(" ".repeat(hanging));
        isEmpty = true;
      }
      line.append(isEmpty ? "" : " ").append(word);
      isEmpty = false;
    }
    return out.append(line).append('\n').toString();
  }

  /** A text in lines of one indent. */
  public static String wrapped(String text, int indent) {
    return wrapped(text, indent, indent);
  }

  /**
   * An opening, entries with commas between, and a closing: on one line if it is short enough, else
   * with a line an entry, as formatters of Python lay it out.
   */
  public static String bracketed(int indent, String opening, List<String> entries, String closing) {
    String pad = " ".repeat(indent);
    String line = pad + opening + String.join(", ", entries) + closing;
    if (line.length() <= WIDTH) {
      return line + "\n";
    }
    String inner = pad + "    " + String.join(", ", entries);
    if (inner.length() <= WIDTH && !entries.contains("*")) {
      return pad + opening + "\n" + inner + "\n" + pad + closing + "\n";
    }
    List<String> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(pad + "    " + entry + ",\n"));
    return pad + opening + "\n" + String.join("", lines) + pad + closing + "\n";
  }
}
