// SPDX-License-Identifier: Apache-2.0
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
 * @param intervals by the names of values: how sure they are, where that was asked for and is known
 */
public record MetricResult(
    String name,
    Map<String, Object> parameters,
    Map<String, Double> values,
    List<Table> tables,
    Map<String, ConfidenceInterval> intervals) {

  /** A value that is known less exactly than this is not to be told without its bound. */
  private static final double LARGEST_UNTOLD_BOUND = 1e-3;

  /** Copies the collections, keeping their order. */
  public MetricResult {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    tables = List.copyOf(tables);
    intervals = Collections.unmodifiableMap(new LinkedHashMap<>(intervals));
  }

  /** A result without intervals. */
  public MetricResult(
      String name, Map<String, Object> parameters, Map<String, Double> values, List<Table> tables) {
    this(name, parameters, values, tables, Map.of());
  }

  /** The same without the bins behind it. */
  public MetricResult withoutBins() {
    return new MetricResult(
        name,
        parameters,
        values,
        tables.stream().filter(table -> !(table instanceof ReliabilityTable)).toList(),
        intervals);
  }

  /** The scalar, or the first part. */
  public double value() {
    return values.values().iterator().next();
  }

  /**
   * The least that a part can be where it was read off cells, whose rows come in an unknown order;
   * the value itself where that is exact.
   */
  public double least(String part) {
    return isFirst(part) && values.containsKey("low")
        ? values.get("low")
        : values.get(part) - errorBound(part);
  }

  /** The most that a part can be; as {@link #least}. */
  public double most(String part) {
    return isFirst(part) && values.containsKey("high")
        ? values.get("high")
        : values.get(part) + errorBound(part);
  }

  /**
   * Whether the scalar, or the first part, was read off cells and may be more than 0.001 away from
   * what all distinct scores give: too far for places that do not show the bound.
   */
  public boolean isCoarse() {
    return errorBound(values.keySet().iterator().next()) > LARGEST_UNTOLD_BOUND;
  }

  private boolean isFirst(String part) {
    return part.equals(values.keySet().iterator().next());
  }

  private double errorBound(String part) {
    return values.getOrDefault(isFirst(part) ? "error_bound" : part + "_error_bound", 0.0);
  }

  /** How sure the scalar, or the first part, is. */
  public Optional<ConfidenceInterval> interval() {
    return Optional.ofNullable(intervals.get(values.keySet().iterator().next()));
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
