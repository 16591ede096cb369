// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import java.util.List;

/** Where a text parts from what it should be, for a message that says no more than needed. */
final class FirstDifference {

  private static final String END = "(nothing more)";

  private FirstDifference() {}

  /** The entry or section, the two lines that differ first, and how many lines there are. */
  static String of(String expected, String actual) {
    List<String> wanted = expected.lines().toList();
    List<String> found = actual.lines().toList();
    int at = 0;
    while (at < wanted.size() && at < found.size() && wanted.get(at).equals(found.get(at))) {
      at++;
    }
    return "differs from line "
        + (at + 1)
        + " of "
        + found.size()
        + " on"
        + entry(wanted, at)
        + "\n  it has:      "
        + line(found, at)
        + "\n  should have: "
        + line(wanted, at)
        + "\n";
  }

  private static String line(List<String> lines, int at) {
    return at < lines.size() ? lines.get(at) : END;
  }

  /** The last heading, or bold name of an entry, up to the line. */
  private static String entry(List<String> lines, int at) {
    for (int i = Math.min(at, lines.size() - 1); i >= 0; i--) {
      if (lines.get(i).startsWith("#") || lines.get(i).startsWith("**`")) {
        return ", in " + lines.get(i);
      }
    }
    return "";
  }
}
