package org.sparklosses.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A metric that was read off a state.
 *
 * @param name the metric's name in the catalogue
 * @param parameters all its parameters with the values used, defaults included, in the catalogue's
 *     order
 * @param values what it gives: one entry named {@code value} for a scalar, named parts otherwise;
 *     NaN where undefined
 * @param reliability the bins behind it, for a binned calibration metric
 * @param classes the classes behind it, for a classwise metric
 */
public record MetricResult(
    String name,
    Map<String, Object> parameters,
    Map<String, Double> values,
    Optional<ReliabilityTable> reliability,
    Optional<ClassTable> classes) {

  /** Copies the maps, keeping their order. */
  public MetricResult {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The scalar, or the first part. */
  public double value() {
    return values.values().iterator().next();
  }
}
