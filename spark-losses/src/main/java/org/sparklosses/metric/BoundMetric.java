// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A metric with all its parameters fixed.
 *
 * @param name the metric's name in the catalogue
 * @param parameters all parameters, defaults included
 * @param isLargerBetter whether a larger value is the better one
 * @param ideal the value that is the best, where neither larger nor smaller ones are better
 * @param reading what it needs and how it is read
 */
public record BoundMetric(
    String name,
    Map<String, Object> parameters,
    boolean isLargerBetter,
    Optional<Ideal> ideal,
    Reading reading)
    implements MetricPlan.Planned {

  /** Copies the map, keeping its order. */
  public BoundMetric {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Whether both are the same metric with the same parameters. */
  public boolean isSame(BoundMetric other) {
    return name.equals(other.name) && parameters.equals(other.parameters);
  }

  /** What a choice between models goes by: the value, or the distance from the ideal. */
  public double criterion(MetricResult result) {
    return ideal.map(best -> best.distance().applyAsDouble(result.values())).orElse(result.value());
  }

  @Override
  public List<Need> needs() {
    return reading.needs();
  }

  /** The scan over ordered scores that gives it, if one does. */
  public Optional<ScoreScan> scan() {
    return reading.outcome() instanceof ScoreScan scan ? Optional.of(scan) : Optional.empty();
  }

  /** Whether it can be asked for exactly. */
  public boolean hasExact() {
    return parameters.containsKey("method");
  }

  /** Whether it is asked for exactly, which may take another pass over the rows. */
  public boolean isExact() {
    return ScoreScan.EXACT.equals(parameters.get("method"));
  }

  /** Whether it is asked for exactly and a state keeps too little for that. */
  public boolean needsAllRows(MetricState state) {
    return isExact() && scan().filter(scan -> !scan.isExact(state)).isPresent();
  }

  /**
   * Its value off a state.
   *
   * @throws IllegalArgumentException if the state keeps too little
   */
  public MetricResult read(MetricState state) {
    return result(reading.outcome().apply(state));
  }

  /** An outcome as its result. */
  public MetricResult result(Outcome outcome) {
    return new MetricResult(name, parameters, outcome.values(), outcome.tables());
  }
}
