// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The value inside of a metric's range that is the best one: values on either side of it are worse.
 *
 * @param name the value, or the part of the metric that is it
 * @param distance of the metric's parts from it, at least 0; NaN where the metric is undefined
 */
public record Ideal(String name, ToDoubleFunction<Map<String, Double>> distance) {

  /** A value of the first part. */
  public static Ideal of(double value) {
    return new Ideal(
        value == (int) value ? String.valueOf((int) value) : String.valueOf(value),
        parts -> Math.abs(parts.values().iterator().next() - value));
  }
}
