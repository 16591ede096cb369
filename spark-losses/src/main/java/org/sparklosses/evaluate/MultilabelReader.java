// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.sparklosses.metric.MultilabelState;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.PredictionColumn;
import org.sparklosses.table.RowReader;
import org.sparklosses.table.TargetColumn;

/** Reads and judges rows of scores and targets, one of each a label. */
final class MultilabelReader {

  private static final String LEAVE_OUT = "leave such rows out, as by FILTER (WHERE %s)";

  private final MultilabelSpec spec;
  private final Expression scoresExpression;
  private final Expression targetsExpression;
  private final PredictionColumn scoreColumn;
  private final TargetColumn targetColumn;
  private double[] scores = new double[0];
  private boolean[] targets = new boolean[0];

  MultilabelReader(MultilabelSpec spec, Expression scores, Expression targets) {
    this.spec = spec;
    scoresExpression = scores;
    targetsExpression = targets;
    scoreColumn = new PredictionColumn(scores);
    targetColumn = new TargetColumn(targets);
  }

  /**
   * Adds a row to a state.
   *
   * @throws EvaluationException if something is wrong with it
   */
  void read(InternalRow row, MultilabelState state) {
    if (!scoreColumn.read(row)) {
      throw isNull(spec.scores(), scoresExpression.eval(row));
    }
    if (!targetColumn.read(row)) {
      throw isNull(spec.targets(), targetsExpression.eval(row));
    }
    int labels = scoreColumn.length();
    checkLength(labels, state);
    if (scores.length < labels) {
      scores = new double[labels];
      targets = new boolean[labels];
    }
    for (int j = 0; j < labels; j++) {
      scores[j] = score(j);
      targets[j] = isTarget(j);
    }
    state.add(scores, targets, labels);
  }

  private void checkLength(int labels, MultilabelState state) {
    if (labels == 0) {
      throw refusal(
          spec.scores(),
          "an empty array",
          "give one score a label, or " + LEAVE_OUT.formatted("size(" + spec.scores() + ") > 0"));
    }
    if (labels > MultilabelState.MOST_LABELS) {
      throw refusal(
          spec.scores(),
          "%d labels, and the scores of at most %d are kept"
              .formatted(labels, MultilabelState.MOST_LABELS),
          "evaluate parts of the labels apart, as slice(%s, 1, %d)"
              .formatted(spec.scores(), MultilabelState.MOST_LABELS));
    }
    if (state.labels() != 0 && labels != state.labels()) {
      throw differentLabels(spec, labels, state.labels());
    }
    if (targetColumn.length() != labels) {
      throw refusal(
          spec.targets(),
          "%d targets of %d scores".formatted(targetColumn.length(), labels),
          "give one target a label, 0 or 1" + ofIndices(labels));
    }
  }

  private double score(int j) {
    double score = scoreColumn.get(j);
    if (score >= 0 && score <= 1) {
      return score;
    }
    if (Double.isNaN(score)) {
      throw refusal(
          spec.scores(),
          "NaN at index " + j,
          LEAVE_OUT.formatted("NOT exists(%s, x -> isnan(x))".formatted(spec.scores())));
    }
    if (spec.isLogits()) {
      return score;
    }
    if (score < -RowReader.TOLERANCE || score > 1 + RowReader.TOLERANCE) {
      throw refusal(
          spec.scores(),
          "%s at index %d is no probability".formatted(score, j),
          "if the scores are logits, say so by the option 'scores=logits'");
    }
    return score < 0 ? 0 : 1;
  }

  private boolean isTarget(int j) {
    double target = targetColumn.get(j);
    if (target != 0 && target != 1) {
      throw refusal(
          spec.targets(),
          "%s at index %d is no target".formatted(target, j),
          "give one target a label, 0 or 1" + ofIndices(targetColumn.length()));
    }
    return target == 1;
  }

  /** What makes targets of the indices of labels. */
  private String ofIndices(int labels) {
    return "; of indices of labels transform(sequence(0, %d), j -> array_contains(%s, j))"
        .formatted(labels - 1, spec.targets());
  }

  private static EvaluationException isNull(String column, Object value) {
    for (int j = 0; value instanceof ArrayData array && j < array.numElements(); j++) {
      if (array.isNullAt(j)) {
        return refusal(
            column,
            "NULL at index " + j,
            LEAVE_OUT.formatted("NOT exists(%s, x -> x IS NULL)".formatted(column)));
      }
    }
    return refusal(column, "NULL", LEAVE_OUT.formatted(column + " IS NOT NULL"));
  }

  /** Rows have different numbers of labels. */
  static EvaluationException differentLabels(MultilabelSpec spec, int labels, int others) {
    return refusal(
        spec.scores(),
        "some rows have %d labels, others %d"
            .formatted(Math.min(labels, others), Math.max(labels, others)),
        "give all rows of a group the same labels, in the same order");
  }

  private static EvaluationException refusal(String column, String problem, String remedy) {
    return new EvaluationException(
        "multilabel_metrics: column '%s': %s; %s".formatted(column, problem, remedy));
  }
}
