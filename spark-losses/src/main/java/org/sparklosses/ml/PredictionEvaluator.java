// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

/**
 * An evaluator that reads probabilities, or logits, and class indices: what the evaluators of this
 * package share.
 *
 * <p>Probabilities are read from {@code probabilityCol}. Set {@code rawPredictionCol} to read
 * logits instead, which loses nothing to rounding of extreme probabilities; do so only where
 * softmax of the raw predictions is the probability. It is for a multinomial LogisticRegression,
 * and is not for a binomial one, whose raw prediction is (-margin, margin).
 */
public abstract class PredictionEvaluator extends Evaluator implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> labelCol;
  private final Param<String> weightCol;
  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final BooleanParam renormalise;

  PredictionEvaluator(String uid) {
    this.uid = uid;
    labelCol = StageParams.labelCol(this);
    weightCol = StageParams.weightCol(this);
    probabilityCol = StageParams.probabilityCol(this);
    rawPredictionCol = StageParams.rawPredictionCol(this);
    renormalise =
        new BooleanParam(
            this,
            "renormalise",
            "whether probabilities are divided by their sum, for half precision");
    setDefault(labelCol, "label");
    setDefault(renormalise, false);
    setDefault(probabilityCol, "probability");
  }

  /** The metric that the parameters ask for. */
  abstract MetricSpec metric();

  @Override
  public final String uid() {
    return uid;
  }

  /** Param of the label column; {@code label} by default. */
  public final Param<String> labelCol() {
    return labelCol;
  }

  /** Param of the weight column; not set by default. */
  public final Param<String> weightCol() {
    return weightCol;
  }

  /** Param of the column of probabilities; {@code probability} by default. */
  public final Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** Param of the column of logits; not set by default. */
  public final Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  /** Param of whether probabilities are divided by their sum; false by default. */
  public final BooleanParam renormalise() {
    return renormalise;
  }

  /** Whether probabilities are divided by their sum. */
  public final boolean getRenormalise() {
    return (Boolean) getOrDefault(renormalise);
  }

  /** The label column. */
  public final String getLabelCol() {
    return getOrDefault(labelCol);
  }

  /** The weight column. */
  public final String getWeightCol() {
    return getOrDefault(weightCol);
  }

  /** The column of probabilities. */
  public final String getProbabilityCol() {
    return getOrDefault(probabilityCol);
  }

  /** The column of logits. */
  public final String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol);
  }

  /**
   * Whether the largest value is the best. False of a metric whose ideal lies inside of its range,
   * as the slope 1 of {@code cox_calibration}: its distance from there is what {@link #evaluate}
   * gives.
   */
  @Override
  public final boolean isLargerBetter() {
    return bound().isLargerBetter();
  }

  private BoundMetric bound() {
    return Metrics.bind(metric());
  }

  /**
   * The metric of a table; NaN for an empty one. Of a metric that is best at a value inside of its
   * range ({@code spiegelhalter_z}, {@code cox_calibration}, {@code calibration_in_the_large}, the
   * means of {@code excess_confidence} and {@code gaussian_pit}) it is the distance from that
   * value, so that the least is the best; an {@link Evaluation} gives the value itself.
   *
   * @throws IllegalArgumentException if the parameters ask for no metric that there is, or a column
   *     is missing or has a type that cannot be used
   * @throws org.sparklosses.table.InvalidRowException at a row that cannot be evaluated
   */
  @Override
  public final double evaluate(Dataset<?> dataset) {
    Evaluation evaluation =
        isSet(rawPredictionCol)
            ? Evaluation.ofLogits(getRawPredictionCol())
            : Evaluation.ofProbabilities(getProbabilityCol());
    if (getRenormalise()) {
      evaluation = evaluation.renormalise();
    }
    if (isSet(weightCol)) {
      evaluation = evaluation.weight(getWeightCol());
    }
    evaluation = evaluation.label(getLabelCol());
    MetricResult result = result(evaluation, metric(), dataset);
    if (result.isCoarse() && bound().hasExact()) {
      result = result(evaluation, metric().with("method", "exact"), dataset);
    }
    if (result.isCoarse()) {
      throw new IllegalArgumentException(
          ("metric '%s' is %s of this table, and off by up to %s: its scores are too many and too"
                  + " unevenly spread to be told apart in one pass. Choose a metric that takes"
                  + " method=exact, as roc_auc or average_precision, or run an Evaluation")
              .formatted(metric(), result.value(), result.values().get("error_bound")));
    }
    return bound().criterion(result);
  }

  private static MetricResult result(Evaluation evaluation, MetricSpec metric, Dataset<?> dataset) {
    return evaluation.metrics(List.of(metric)).run(dataset).overall().metrics().get(0);
  }
}
