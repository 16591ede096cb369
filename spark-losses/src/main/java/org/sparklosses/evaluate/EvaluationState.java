// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.Component;
import org.sparklosses.metric.ComponentState;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;

/**
 * What an evaluation keeps of a group of rows, as bytes that can be stored, merged with others
 * later and asked for metrics: one state an hour gives any span of hours, exactly as if its rows
 * were evaluated at once. In SQL: {@code evaluation_state}, {@code merge_evaluation_states} and
 * {@code evaluation_metric}.
 *
 * <p>The bytes say what they are a state of; see {@link #metrics} and {@link #declaration}. They
 * hold: magic number, layout, version of the library, declaration, state, length and a checksum. Of
 * a layout that is not read, truncated, damaged or forged they are refused, before more memory is
 * taken than a few times their number. A state keeps no rows. Its size depends on its metrics, on
 * the number of classes K and on how many different scores occurred, but not on the number of rows:
 *
 * <ul>
 *   <li>a mean: 64 bytes as a rule, at most 544;
 *   <li>B bins of one pair: at most 88 bytes each, 280 with weights;
 *   <li>bins of every class: at most 96 bytes a class and bin that occurs and 130 a class;
 *   <li>a confusion matrix: 16 bytes a pair of classes that occurs, 72 with weights;
 *   <li>the distribution of a probability: up to 10,000 distinct values 24 bytes each (320 with
 *       weights), beyond them at most 6,000 cells of 72 bytes (320 with weights): 0.44 MB (2 MB;
 *       while distinct 3.2 MB); for what depends on the order alone 10,000 of 24 bytes.
 * </ul>
 *
 * <p>Immutable.
 */
public final class EvaluationState {

  private final EvaluationBuffer buffer;

  private EvaluationState(EvaluationBuffer buffer) {
    this.buffer = buffer;
  }

  /**
   * The state that bytes hold.
   *
   * @throws IllegalArgumentException if they hold none, one of a layout that is too old or too new,
   *     or are damaged
   */
  public static EvaluationState of(byte[] bytes) {
    return new EvaluationState(EvaluationBuffer.of(bytes));
  }

  /** The state of the rows of both. */
  public EvaluationState merge(EvaluationState other) {
    EvaluationBuffer merged = EvaluationBuffer.of(toBytes());
    mergeInto(merged, other.buffer);
    return new EvaluationState(merged);
  }

  /**
   * Adds the rows of a state to another.
   *
   * @throws IllegalArgumentException if they are not of the same metrics and input
   */
  static void mergeInto(EvaluationBuffer buffer, EvaluationBuffer other) {
    if (!buffer.spec().declaration().equals(other.spec().declaration())) {
      throw new IllegalArgumentException(
          "states of different metrics or input cannot be merged: %s and %s"
                  .formatted(buffer.spec().declaration(), other.spec().declaration())
              + "; build both with the same options");
    }
    buffer.groups().merge(other.groups());
  }

  /** The state as bytes. */
  public byte[] toBytes() {
    return buffer.toBytes();
  }

  /** The metrics it was built for; it can answer others too. */
  public List<MetricSpec> metrics() {
    return buffer.spec().metrics();
  }

  /** What it is a state of: lines of {@code key=value}. */
  public List<String> declaration() {
    return buffer.spec().declaration();
  }

  /** The number of classes; 0 before the first row. */
  public int classes() {
    return state().classes();
  }

  /** What was read. */
  public Ledger ledger() {
    return state().ledger();
  }

  /**
   * What it keeps of a component, for the packages that stand on this one.
   *
   * @throws IllegalArgumentException if it keeps none
   */
  public <S extends ComponentState<S>> S get(Component<S> component) {
    return state().get(component);
  }

  /** Whether it keeps what a component keeps. */
  public boolean has(Component<?> component) {
    return state().has(component);
  }

  private MetricState state() {
    return buffer.overall();
  }

  /**
   * Whether it can answer a metric, named as {@code name} or {@code name(parameter=value, ...)}.
   *
   * @throws IllegalArgumentException if there is no such metric
   */
  public boolean has(String metric) {
    return Metrics.bind(MetricSpec.parse(metric)).needs().stream().allMatch(state()::has);
  }

  /**
   * A metric: one that it was built for, or any that follows from what it keeps: other norms, fewer
   * bins where they nest, ranking metrics off a distribution of scores.
   *
   * @throws IllegalArgumentException if there is no such metric, or the state keeps too little
   */
  public MetricResult metric(String metric) {
    return read(MetricSpec.parse(metric));
  }

  /**
   * Metrics, in the order named; without names those it was built for.
   *
   * @throws IllegalArgumentException as {@link #metric}
   */
  public SliceResult result(String... metrics) {
    List<MetricSpec> specs =
        metrics.length == 0 ? metrics() : Arrays.stream(metrics).map(MetricSpec::parse).toList();
    List<MetricResult> results = new ArrayList<>();
    specs.forEach(spec -> results.add(read(spec)));
    return new SliceResult(Map.of(), ledger(), results);
  }

  private MetricResult read(MetricSpec spec) {
    BoundMetric metric = Metrics.bind(spec);
    if (!metric.needs().stream().allMatch(state()::has)) {
      throw new IllegalArgumentException(
          "the state keeps no %s, nor what that follows from; it was built for %s. Have it built for"
                  .formatted(
                      spec,
                      metrics().stream()
                          .map(MetricSpec::toString)
                          .collect(Collectors.joining(", ")))
              + " that metric too: option 'metrics=...' of evaluation_state");
    }
    return metric.read(state());
  }
}
