// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

/**
 * Evaluates a model by the weighted mean of a loss, or by any other metric of the catalogue.
 *
 * <pre>{@code
 * new CrossValidator()
 *     .setEstimator(new LogisticRegression())
 *     .setEvaluator(new LossEvaluator().setLoss("focal_loss(gamma=3)"))
 * }</pre>
 *
 * @see PredictionEvaluator which columns it reads
 */
public final class LossEvaluator extends PredictionEvaluator {

  private static final long serialVersionUID = 1L;

  private final Param<String> loss =
      new Param<>(this, "loss", "loss or metric: name or name(parameter=value, ...)");

  /** An evaluator by log loss. */
  public LossEvaluator() {
    this(Identifiable$.MODULE$.randomUID("lossEval"));
  }

  /** An evaluator of this identity. */
  public LossEvaluator(String uid) {
    super(uid);
    setDefault(loss, "log_loss");
  }

  /** Param of the loss; {@code log_loss} by default. */
  public Param<String> loss() {
    return loss;
  }

  /** The loss. */
  public String getLoss() {
    return getOrDefault(loss);
  }

  /**
   * Sets the loss, as {@code name} or {@code name(parameter=value, ...)}.
   *
   * @throws IllegalArgumentException if there is none of that name and parameters
   */
  public LossEvaluator setLoss(String value) {
    Metrics.bind(MetricSpec.parse(value));
    set(loss, value);
    return this;
  }

  /** Sets the label column. */
  public LossEvaluator setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets the weight column. */
  public LossEvaluator setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets the column of probabilities. */
  public LossEvaluator setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return this;
  }

  /** Sets whether probabilities are divided by their sum, see {@code Evaluation.renormalise()}. */
  public LossEvaluator setRenormalise(boolean value) {
    set(renormalise(), (Object) value);
    return this;
  }

  /** Sets the column of logits, to be read instead of probabilities. */
  public LossEvaluator setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return this;
  }

  @Override
  MetricSpec metric() {
    return MetricSpec.parse(getLoss());
  }

  @Override
  public LossEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static LossEvaluator load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<LossEvaluator> read() {
    return new DefaultParamsReader<>();
  }
}
