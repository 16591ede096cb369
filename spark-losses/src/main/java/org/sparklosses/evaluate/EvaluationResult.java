// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparklosses.metric.ConfidenceInterval;

/**
 * The result of one evaluation.
 *
 * @param settings what was evaluated: columns, input kind, policy, engine, versions; text for the
 *     reader
 * @param classes the number of classes; 0 when no row could be evaluated
 * @param overall all rows
 * @param slices the slices, by declaration, then by value
 * @param gates what became of the gates that were checked
 * @param classNames what classes 0, 1, ... are called; empty where they have no names
 */
public record EvaluationResult(
    Map<String, String> settings,
    int classes,
    SliceResult overall,
    List<SliceResult> slices,
    List<GateOutcome> gates,
    List<String> classNames) {

  /** Copies the names. */
  public EvaluationResult {
    classNames = List.copyOf(classNames);
  }

  /** A result of classes without names. */
  public EvaluationResult(
      Map<String, String> settings,
      int classes,
      SliceResult overall,
      List<SliceResult> slices,
      List<GateOutcome> gates) {
    this(settings, classes, overall, slices, gates, List.of());
  }

  /** A result without gates. */
  public EvaluationResult(
      Map<String, String> settings, int classes, SliceResult overall, List<SliceResult> slices) {
    this(settings, classes, overall, slices, List.of());
  }

  /** The same without the bins of reliability diagrams, most of what a report has to hold. */
  public EvaluationResult withoutBins() {
    return new EvaluationResult(
        settings,
        classes,
        overall.withoutBins(),
        slices.stream().map(SliceResult::withoutBins).toList(),
        gates,
        classNames);
  }

  /**
   * The same with gates checked.
   *
   * @throws IllegalArgumentException if the metric of a gate was not evaluated
   */
  public EvaluationResult check(List<Gate> checked) {
    return new EvaluationResult(
        settings,
        classes,
        overall,
        slices,
        checked.stream().map(gate -> GateOutcome.of(gate, overall, slices)).toList(),
        classNames);
  }

  /** What a class is called; its index where it has no name. */
  public String className(int index) {
    return classNames.isEmpty() ? String.valueOf(index) : classNames.get(index);
  }

  /** The scalar of the first metric of that name, over all rows. */
  public double value(String metric) {
    return overall.value(metric);
  }

  /** How sure the scalar of the first metric of that name is, over all rows. */
  public Optional<ConfidenceInterval> interval(String metric) {
    return overall.metric(metric).interval();
  }
}
