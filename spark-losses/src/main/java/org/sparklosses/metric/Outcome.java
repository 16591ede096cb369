// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a metric gives.
 *
 * @param values one entry named {@code value}, or named parts
 * @param tables what it has to show besides
 */
public record Outcome(Map<String, Double> values, List<Table> tables) {

  /** One number. */
  public static Outcome value(double value, Table... tables) {
    return new Outcome(Map.of("value", value), List.of(tables));
  }

  /** Named parts, in order. */
  public static Outcome of(Map<String, Double> parts, Table... tables) {
    return new Outcome(parts, List.of(tables));
  }

  /** As many values as names, in order. */
  public static Map<String, Double> parts(List<String> names, double... values) {
    if (names.size() != values.length) {
      throw new IllegalArgumentException(values.length + " values of " + names);
    }
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      parts.put(names.get(i), values[i]);
    }
    return parts;
  }
}
