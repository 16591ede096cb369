// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.List;
import java.util.function.Predicate;

/**
 * The values that a parameter may take.
 *
 * @param text the range for the reader, after "a number": {@code in [0, inf)}; words themselves;
 *     empty of every value
 * @param allowed whether a value lies in it: a Double, Integer, Boolean or String; of an array,
 *     each entry
 */
public record Range(String text, Predicate<Object> allowed) {

  /** Every value. */
  public static Range any() {
    return new Range("", value -> true);
  }

  /** {@code [low, inf)}. */
  public static Range atLeast(double low) {
    return numbers("in [" + show(low) + ", inf)", low, true, Double.POSITIVE_INFINITY, false);
  }

  /** {@code (low, inf)}. */
  public static Range above(double low) {
    return numbers("in (" + show(low) + ", inf)", low, false, Double.POSITIVE_INFINITY, false);
  }

  /** {@code (low, high)}. */
  public static Range open(double low, double high) {
    return numbers("in (" + show(low) + ", " + show(high) + ")", low, false, high, false);
  }

  /** {@code [low, high]}. */
  public static Range closed(double low, double high) {
    return numbers("in [" + show(low) + ", " + show(high) + "]", low, true, high, true);
  }

  /** {@code (low, high]}. */
  public static Range openClosed(double low, double high) {
    return numbers("in (" + show(low) + ", " + show(high) + "]", low, false, high, true);
  }

  /** One of these words. */
  public static Range oneOf(List<String> words) {
    return new Range(String.join(" | ", words), List.copyOf(words)::contains);
  }

  private static Range numbers(
      String text, double low, boolean lowClosed, double high, boolean highClosed) {
    return new Range(
        text,
        value -> {
          double x = ((Number) value).doubleValue();
          return (lowClosed ? x >= low : x > low) && (highClosed ? x <= high : x < high);
        });
  }

  private static String show(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
