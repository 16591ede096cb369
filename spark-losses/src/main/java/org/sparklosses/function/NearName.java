// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that was meant by one that there is not. */
public final class NearName {

  private NearName() {}

  /** {@code did you mean 'gamma'?} of the known name that differs least; nothing if all are far. */
  public static Optional<String> question(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(other -> distance(other, name)))
        // Beyond a third of its letters a name is no slip of the pen.
        .filter(nearest -> distance(nearest, name) <= Math.max(1, name.length() / 3))
        .map(nearest -> "did you mean '" + nearest + "'?");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, Math.min(row[j - 1], previous[j]) + 1);
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
