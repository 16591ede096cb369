// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparklosses.metric.InputCheck;

/**
 * The columns of a table that say what its rows are, and what to do with those that have a fault.
 *
 * @param predictions the columns of what is judged, as text
 * @param label the column of the labels
 * @param weight the column of the weights, or null
 * @param key the column that names a row in messages, or null
 * @param unit what is resampled by a bootstrap, or null
 * @param slices each slice declaration: its columns
 * @param sliceLimit the most values one slice declaration may have
 * @param policies the policy of every category that has another than the usual
 */
public record RowSpec(
    String predictions,
    String label,
    String weight,
    String key,
    Unit unit,
    List<List<String>> slices,
    int sliceLimit,
    Map<InputCheck, Policy> policies)
    implements Serializable {

  /** The most values a slice may have, unless declared otherwise. */
  public static final int DEFAULT_SLICE_LIMIT = 10_000;

  private static final long serialVersionUID = 1L;

  /**
   * A column of keys, and what it is called.
   *
   * @param role what the user declared it as
   * @param column its name
   */
  public record Unit(String role, String column) implements Serializable {

    private static final long serialVersionUID = 1L;
  }

  /** Takes copies. */
  public RowSpec {
    slices = new ArrayList<>(slices);
    policies = policies.isEmpty() ? new EnumMap<>(InputCheck.class) : new EnumMap<>(policies);
  }

  /** Rows with predictions and a column named "label". */
  public static RowSpec of(String predictions) {
    return new RowSpec(
        predictions, "label", null, null, null, List.of(), DEFAULT_SLICE_LIMIT, Map.of());
  }

  /** The distinct columns of all slices, in order of their first use. */
  List<String> sliceColumns() {
    return slices.stream().flatMap(List::stream).distinct().toList();
  }

  /** The ways to group rows: the slices, or all rows together. */
  public List<List<String>> groupings() {
    return slices.isEmpty() ? List.of(List.of()) : slices;
  }

  /** Label and weight, for the reader of a report. */
  public Map<String, String> describedColumns() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("label", label);
    if (isWeighted()) {
      settings.put("weight", weight);
    }
    return settings;
  }

  /** The slices, for the reader of a report. */
  public Map<String, String> describedSlices() {
    return slices.isEmpty()
        ? Map.of()
        : Map.of(
            "slices",
            slices.stream()
                .map(columns -> String.join(" x ", columns))
                .collect(Collectors.joining(", ")));
  }

  /** Whether rows have weights. */
  public boolean isWeighted() {
    return weight != null;
  }

  /** Whether rows with a finding end the evaluation: a fault that no policy lets pass. */
  public boolean refuses(InputCheck check) {
    return check.isFault() && policies.get(check) != Policy.DROP;
  }

  /** With what is judged in other columns. */
  public RowSpec withPredictions(String columns) {
    return new RowSpec(columns, label, weight, key, unit, slices, sliceLimit, policies);
  }

  /** With another column of labels. */
  public RowSpec withLabel(String column) {
    return new RowSpec(predictions, column, weight, key, unit, slices, sliceLimit, policies);
  }

  /** With another column of weights, null for none. */
  public RowSpec withWeight(String column) {
    return new RowSpec(predictions, label, column, key, unit, slices, sliceLimit, policies);
  }

  /** With another column that names a row, null for none. */
  public RowSpec withKey(String column) {
    return new RowSpec(predictions, label, weight, column, unit, slices, sliceLimit, policies);
  }

  /** With another unit of the bootstrap, null for none. */
  public RowSpec withUnit(Unit newUnit) {
    return new RowSpec(predictions, label, weight, key, newUnit, slices, sliceLimit, policies);
  }

  /** With these slices alone. */
  public RowSpec withSlices(List<List<String>> declarations) {
    return new RowSpec(predictions, label, weight, key, unit, declarations, sliceLimit, policies);
  }

  /**
   * With one slice more.
   *
   * @throws IllegalArgumentException if it has no columns
   */
  public RowSpec slicedBy(List<String> columns) {
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a slice needs at least one column");
    }
    List<List<String>> more = new ArrayList<>(slices);
    more.add(List.copyOf(columns));
    return withSlices(more);
  }

  /** With another limit of the values of a slice. */
  public RowSpec withSliceLimit(int limit) {
    return new RowSpec(predictions, label, weight, key, unit, slices, limit, policies);
  }

  /**
   * With a policy for one category.
   *
   * @throws IllegalArgumentException if the policy makes no sense of the check
   */
  public RowSpec withPolicy(InputCheck check, Policy policy) {
    if (check.isFault() == (policy == Policy.COUNT)) {
      throw new IllegalArgumentException(
          check.isFault()
              ? "a row with " + check + " cannot be evaluated: its policy is FAIL or DROP"
              : check + " is no fault and always counted: its policy is COUNT");
    }
    Map<InputCheck, Policy> changed = new EnumMap<>(InputCheck.class);
    changed.putAll(policies);
    changed.put(check, policy);
    return withPolicies(changed);
  }

  /** With these policies alone. */
  public RowSpec withPolicies(Map<InputCheck, Policy> all) {
    return new RowSpec(predictions, label, weight, key, unit, slices, sliceLimit, all);
  }
}
