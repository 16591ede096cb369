// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.evaluate.EvaluationState;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

/**
 * Reads a metric off a state.
 *
 * @param metric the metric as text
 * @param part the part of a metric that has several; empty for the first
 */
public record StateMetric(String metric, String part) implements StateReading {

  private static final long serialVersionUID = 1L;

  /** Checks that there is such a metric. */
  public StateMetric {
    Metrics.bind(MetricSpec.parse(metric));
  }

  @Override
  public String function() {
    return "evaluation_metric";
  }

  @Override
  public DataType type() {
    return DataTypes.DoubleType;
  }

  @Override
  public Double value(EvaluationState state) {
    try {
      return read(state);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.of(e);
    }
  }

  /** The state that bytes hold. */
  public static EvaluationState state(byte[] bytes) {
    try {
      return EvaluationState.of(bytes);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.of(e);
    }
  }

  private Double read(EvaluationState state) {
    if (state.ledger().rowsEvaluated() == 0) {
      return null;
    }
    MetricResult result = state.metric(metric);
    if (part.isEmpty() && result.isCoarse()) {
      throw new IllegalArgumentException(
          ("metric '%s' of this state is %s, and off by up to %s: its scores are too many and too"
                  + " unevenly spread to be told apart. Name a part to have it all the same, as"
                  + " evaluation_metric(state, '%s', 'value') or 'error_bound', or evaluate"
                  + " the table with method=exact")
              .formatted(
                  metric,
                  result.value(),
                  result.values().get("error_bound"),
                  metric.replace("'", "''")));
    }
    Double value = part.isEmpty() ? (Double) result.value() : result.values().get(part);
    if (value == null) {
      throw new IllegalArgumentException(
          "metric '%s' has no part '%s'; it has %s"
              .formatted(metric, part, result.values().keySet()));
    }
    return value;
  }
}
