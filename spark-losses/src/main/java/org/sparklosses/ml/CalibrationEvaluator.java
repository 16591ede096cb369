// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.sparklosses.metric.Compat;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;

/**
 * Evaluates how far a model's probabilities are from observed frequencies: over bins of equal width
 * unless another metric is asked for.
 *
 * @see PredictionEvaluator which columns it reads
 */
public final class CalibrationEvaluator extends PredictionEvaluator {

  private static final long serialVersionUID = 1L;

  private static final Map<String, MetricSpec> METRICS =
      Map.of(
          "ece", MetricSpec.of("top_label_calibration_error").with("norm", "l1"),
          "rmsce", MetricSpec.of("top_label_calibration_error").with("norm", "l2"),
          "mce", MetricSpec.of("top_label_calibration_error").with("norm", "max"),
          "ace", MetricSpec.of("average_calibration_error"),
          "classwise_ece", MetricSpec.of("classwise_calibration_error").with("norm", "l1"),
          "classwise_rmsce", MetricSpec.of("classwise_calibration_error").with("norm", "l2"),
          "classwise_mce", MetricSpec.of("classwise_calibration_error").with("norm", "max"),
          "binary_ece", MetricSpec.of("binary_calibration_error").with("norm", "l1"));

  private final Param<String> metricName =
      new Param<>(
          this,
          "metricName",
          "metric name: one of " + String.join(", ", names()) + ", or any metric of an evaluation");
  private final IntParam numBins =
      new IntParam(this, "numBins", "number of bins of equal width", ParamValidators.gtEq(1));
  private final Param<String> side =
      new Param<>(this, "side", "closed end of a bin: right, left or torchmetrics");
  private final Param<String> compat =
      new Param<>(this, "compat", "library whose conventions hold for what is not set");

  /** An evaluator by expected calibration error over 15 bins. */
  public CalibrationEvaluator() {
    this(Identifiable$.MODULE$.randomUID("calibrationEval"));
  }

  /** An evaluator of this identity. */
  public CalibrationEvaluator(String uid) {
    super(uid);
    setDefault(metricName, "ece");
    setDefault(numBins, 15);
    setDefault(side, "right");
  }

  private static List<String> names() {
    return METRICS.keySet().stream().sorted().toList();
  }

  /** Param of the metric; {@code ece} by default. */
  public Param<String> metricName() {
    return metricName;
  }

  /** Param of the number of bins; 15 by default. */
  public IntParam numBins() {
    return numBins;
  }

  /** Param of the closed end of a bin; {@code right} by default. */
  public Param<String> side() {
    return side;
  }

  /** Param of the library whose conventions hold for what is not set; none by default. */
  public Param<String> compat() {
    return compat;
  }

  /** The metric. */
  public String getMetricName() {
    return getOrDefault(metricName);
  }

  /** The number of bins. */
  public int getNumBins() {
    return (Integer) getOrDefault(numBins);
  }

  /** The closed end of a bin. */
  public String getSide() {
    return getOrDefault(side);
  }

  /**
   * Sets the metric: {@code ece}, {@code rmsce} or {@code mce} (mean, root mean square or largest
   * gap of confidence and accuracy), {@code ace} (mean over bins whatever their weight), the first
   * three of every class as {@code classwise_ece}, {@code classwise_rmsce} and {@code
   * classwise_mce}, {@code binary_ece} (of class 1 of two), or any metric that an evaluation knows,
   * as {@code name} or {@code name(parameter=value, ...)}: {@code smooth_ece}, {@code
   * roc_auc(of=mistake)}. To the latter {@link #numBins} and {@link #side} apply where they are
   * set. Of one whose ideal lies inside of its range the distance from the ideal is evaluated.
   *
   * @throws IllegalArgumentException if there is none of that name and parameters
   */
  public CalibrationEvaluator setMetricName(String value) {
    Metrics.bind(specOf(value));
    set(metricName, value);
    return this;
  }

  /** Sets the number of bins, at least 1. */
  public CalibrationEvaluator setNumBins(int value) {
    set(numBins, (Object) value);
    return this;
  }

  /** Sets the closed end of a bin: {@code right}, {@code left} or {@code torchmetrics}. */
  public CalibrationEvaluator setSide(String value) {
    set(side, value);
    return this;
  }

  /**
   * Takes the conventions of another library for bins and side, where these are not set: {@code
   * sklearn}, {@code torchmetrics} or {@code netcal}.
   *
   * @throws IllegalArgumentException for another library
   */
  public CalibrationEvaluator setCompat(String library) {
    Compat.of(library);
    set(compat, library);
    return this;
  }

  /** Sets the label column. */
  public CalibrationEvaluator setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  /** Sets the weight column. */
  public CalibrationEvaluator setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  /** Sets the column of probabilities. */
  public CalibrationEvaluator setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return this;
  }

  /** Sets whether probabilities are divided by their sum, see {@code Evaluation.renormalise()}. */
  public CalibrationEvaluator setRenormalise(boolean value) {
    set(renormalise(), (Object) value);
    return this;
  }

  /** Sets the column of logits, to be read instead of probabilities. */
  public CalibrationEvaluator setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return this;
  }

  @Override
  MetricSpec metric() {
    MetricSpec spec = specOf(getMetricName());
    boolean isOwn = !isSet(compat);
    boolean hasDefaults = isOwn && METRICS.containsKey(getMetricName());
    if (hasDefaults || isSet(numBins)) {
      spec = with(spec, "n_bins", getNumBins());
    }
    if (hasDefaults || isSet(side)) {
      spec = with(spec, "side", getSide());
    }
    return isOwn ? spec : Compat.of(getOrDefault(compat)).of(spec);
  }

  private static MetricSpec with(MetricSpec spec, String parameter, Object value) {
    if (spec.parameters().containsKey(parameter)) {
      throw new IllegalArgumentException(
          "metric '%s' gives %s, and so does a parameter of the evaluator (%s); leave one out"
              .formatted(spec, parameter, value));
    }
    return spec.with(parameter, value);
  }

  private static MetricSpec specOf(String name) {
    return METRICS.containsKey(name) ? METRICS.get(name) : MetricSpec.parse(name);
  }

  @Override
  public CalibrationEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static CalibrationEvaluator load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<CalibrationEvaluator> read() {
    return new DefaultParamsReader<>();
  }
}
