// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

/** Class indices from the numbers that label columns hold. */
final class ClassIndex {

  private ClassIndex() {}

  static int of(String function, long label) {
    if (label != (int) label) {
      throw new IllegalArgumentException(
          function + ": label " + label + " is too large to be a class index");
    }
    return (int) label;
  }

  static int of(String function, double label) {
    if (label != (int) label) {
      throw new IllegalArgumentException(
          function
              + ": label "
              + label
              + " is not a whole number: labels are class indices 0, 1, 2, ...; mark rows without"
              + " one by NULL");
    }
    return (int) label;
  }
}
