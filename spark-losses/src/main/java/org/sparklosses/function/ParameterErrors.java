// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.Collection;

/**
 * What is wrong with the parameters that are given to a function, a metric or a list of options,
 * said the same way of all: {@code focal_loss: gamma = -1.0 is not allowed; allowed: a number in
 * [0, inf)}.
 */
public final class ParameterErrors {

  private ParameterErrors() {}

  /**
   * Refuses names that there are not.
   *
   * @param owner what the parameters are of
   * @throws IllegalArgumentException naming the first of them, and the name that was meant or all
   *     that there are
   */
  public static void checkKnown(String owner, Collection<String> given, Collection<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        throw unknown(owner, name, known);
      }
    }
  }

  /** There is no parameter of that name. */
  public static IllegalArgumentException unknown(
      String owner, String name, Collection<String> known) {
    String remedy =
        NearName.question(name, known)
            .orElse("it takes " + (known.isEmpty() ? "none" : String.join(", ", known)));
    return new IllegalArgumentException(
        "%s: unknown parameter '%s'; %s".formatted(owner, name, remedy));
  }

  /** The value has the wrong type or lies outside the range. */
  public static IllegalArgumentException notAllowed(
      String owner, String parameter, Object value, String allowed) {
    return new IllegalArgumentException(
        "%s: %s = %s is not allowed; allowed: %s"
            .formatted(
                owner, parameter, value instanceof String ? "'" + value + "'" : value, allowed));
  }

  /** As {@link #notAllowed}, of a column or an expression, of which the type alone is known. */
  public static IllegalArgumentException typeNotAllowed(
      String owner, String parameter, String type, String allowed) {
    return new IllegalArgumentException(
        "%s: %s of type %s is not allowed; allowed: %s".formatted(owner, parameter, type, allowed));
  }

  /** It has no default and is not given. */
  public static IllegalArgumentException missing(String owner, String parameter, String remedy) {
    return new IllegalArgumentException(
        "%s: %s must be given; %s".formatted(owner, parameter, remedy));
  }

  /** It is given more than once. */
  public static IllegalArgumentException twice(String owner, String parameter) {
    return new IllegalArgumentException(
        "%s: %s is given twice; leave one out".formatted(owner, parameter));
  }
}
