// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The named parts of a result. */
final class Parts {

  private Parts() {}

  /** A value and the largest distance to that of the exact distribution. */
  static Map<String, Double> value(double value, double errorBound) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("value", value);
    parts.put("error_bound", errorBound);
    return parts;
  }

  /** As many numbers as names, in order. */
  static Map<String, Double> named(List<String> names, double... values) {
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      parts.put(names.get(i), values[i]);
    }
    return parts;
  }

  /** NaN under each name. */
  static Map<String, Double> undefined(List<String> names) {
    double[] values = new double[names.size()];
    Arrays.fill(values, Double.NaN);
    return named(names, values);
  }

  /** A value and the interval that holds that of the exact distribution. */
  static Map<String, Double> interval(double value, double low, double high) {
    Map<String, Double> parts = value(value, distance(value, low, high));
    parts.put("low", low);
    parts.put("high", high);
    return parts;
  }

  static double distance(double value, double low, double high) {
    // A bound is a sum of its own: rounding alone must not make it negative.
    return Math.max(0, Math.max(high - value, value - low));
  }

  /** A + B, element by element. */
  static double[] sum(double[] a, double[] b) {
    double[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  /** Of what two stretches found, in a first element of 1, that of the higher one. */
  static double[] first(double[] lower, double[] higher) {
    return higher[0] == 1 ? higher : lower;
  }

  static void requireShare(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ": it must be in (0, 1]");
    }
  }
}
