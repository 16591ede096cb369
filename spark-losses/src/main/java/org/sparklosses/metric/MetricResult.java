package org.sparklosses.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * @param tables what it has to show besides
 */
public record MetricResult(
    String name, Map<String, Object> parameters, Map<String, Double> values, List<Table> tables) {

  /** Copies the collections, keeping their order. */
  public MetricResult {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    tables = List.copyOf(tables);
  }

  /** The scalar, or the first part. */
  public double value() {
    return values.values().iterator().next();
  }

  /** The bins behind it, for a binned calibration metric. */
  public Optional<ReliabilityTable> reliability() {
    return first(ReliabilityTable.class);
  }

  /** The classes behind it, for a classwise metric. */
  public Optional<ClassTable> classes() {
    return first(ClassTable.class);
  }

  /** The columns of numbers: curves, matrices. */
  public List<NumberTable> numbers() {
    return tables.stream()
        .filter(NumberTable.class::isInstance)
        .map(NumberTable.class::cast)
        .toList();
  }

  private <T extends Table> Optional<T> first(Class<T> type) {
    return tables.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
