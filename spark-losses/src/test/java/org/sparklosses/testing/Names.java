// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Set;
import java.util.TreeSet;

/** Lists of names that should agree. */
public final class Names {

  private Names() {}

  /**
   * Fails with the names that only one of two sets has.
   *
   * @param missing what to say of those that only the first set has, after them
   * @param surplus what to say of those that only the second set has, after them
   */
  public static void assertSame(
      Set<String> first, Set<String> second, String missing, String surplus) {
    assertAllIn(second, first, missing);
    assertAllIn(first, second, surplus);
  }

  /** Fails with the names that the set lacks, and what to say after them. */
  public static void assertAllIn(Set<String> set, Set<String> names, String missing) {
    Set<String> left = new TreeSet<>(names);
    left.removeAll(set);
    if (!left.isEmpty()) {
      fail(String.join(", ", left) + ": " + missing);
    }
  }
}
