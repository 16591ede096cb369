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
 */
public record EvaluationResult(
    Map<String, String> settings, int classes, SliceResult overall, List<SliceResult> slices) {

  /** The scalar of the first metric of that name, over all rows. */
  public double value(String metric) {
    return overall.value(metric);
  }

  /** How sure the scalar of the first metric of that name is, over all rows. */
  public Optional<ConfidenceInterval> interval(String metric) {
    return overall.metric(metric).interval();
  }
}
