// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * What classes are called. Labels that are texts or truth values are mapped to class indices by
 * them, never by the order in which they appear.
 *
 * @param values the name of class 0, 1, ...; empty if none were declared
 * @param isOneAgainstRest whether class 1 is a value and class 0 all others
 */
public record ClassNames(List<String> values, boolean isOneAgainstRest) implements Serializable {

  /** No names. */
  public static final ClassNames NONE = new ClassNames(List.of(), false);

  private static final long serialVersionUID = 1L;

  /** Takes a copy. */
  public ClassNames {
    values = new ArrayList<>(values);
  }

  /**
   * Of all classes, in the order of their indices.
   *
   * @throws IllegalArgumentException if there are fewer than two, or two are the same
   */
  public static ClassNames of(List<String> names) {
    if (names.size() < 2) {
      throw new IllegalArgumentException(
          "class names are those of all classes, two or more, got " + names);
    }
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("two classes have the same name: " + names);
    }
    return new ClassNames(names, false);
  }

  /** Of two classes, of which class 1 is a value of the label. */
  public static ClassNames positive(String value) {
    return new ClassNames(List.of("not " + value, value), true);
  }

  /** Whether classes have names. */
  public boolean areDeclared() {
    return !values.isEmpty();
  }

  /** The value of the label that is class 1. */
  public String positive() {
    return values.get(1);
  }
}
