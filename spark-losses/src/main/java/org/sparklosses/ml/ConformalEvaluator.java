// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.sparklosses.conformal.ConformalRank;
import org.sparklosses.conformal.Coverage;
import org.sparklosses.conformal.SizeStrata;
import org.sparklosses.conformal.WorstSlice;
import org.sparklosses.fit.SetScan;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.Warnings;

/**
 * Evaluates sets of classes, as {@link ConformalClassifierModel} adds them, in one scan: how many
 * hold the label, overall, by size, by class and by slice, and how large they are.
 */
public final class ConformalEvaluator extends Evaluator implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private static final String MEAN_SIZE = "mean_size";
  private static final String COVERAGE = "coverage";
  private static final String COVERAGE_GAP = "coverage_gap";
  private static final String SIZE_VIOLATION = "size_violation";
  private static final String MIN_CLASS_COVERAGE = "min_class_coverage";
  private static final List<String> METRICS =
      List.of(MEAN_SIZE, COVERAGE, COVERAGE_GAP, SIZE_VIOLATION, MIN_CLASS_COVERAGE);

  private static final double LEVEL = 0.95;
  private static final double FALSE_ALARMS = 0.05;

  private final String uid;
  private final Param<String> setCol;
  private final Param<String> labelCol;
  private final Param<String> weightCol;
  private final StringArrayParam sliceCols;
  private final DoubleParam alpha;
  private final LongParam minRows;
  private final Param<String> metricName;
  private final Param<String> handleInvalid;

  /** An evaluator by the mean size. */
  public ConformalEvaluator() {
    this(Identifiable$.MODULE$.randomUID("conformalEval"));
  }

  /** An evaluator of this identity. */
  public ConformalEvaluator(String uid) {
    this.uid = uid;
    setCol = new Param<>(this, "setCol", "column of sets of class indices");
    labelCol = StageParams.labelCol(this);
    weightCol = StageParams.weightCol(this);
    sliceCols = new StringArrayParam(this, "sliceCols", "columns by whose values rows are sliced");
    alpha = new DoubleParam(this, "alpha", "share of rows that sets were to leave out");
    minRows =
        new LongParam(
            this,
            "minRows",
            "rows that a slice has to have to be the worst",
            ParamValidators.gtEq(1));
    metricName = new Param<>(this, "metricName", "one of " + String.join(", ", METRICS));
    handleInvalid = InvalidRows.param(this);
    setDefault(setCol, ConformalClassifierModel.OUTPUT);
    setDefault(labelCol, "label");
    setDefault(sliceCols, new String[0]);
    setDefault(alpha, (Object) 0.1);
    setDefault(minRows, (Object) 1L);
    setDefault(metricName, MEAN_SIZE);
    setDefault(handleInvalid, InvalidRows.byDefault());
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Param of the column of sets; {@code predictionSet} by default. */
  public Param<String> setCol() {
    return setCol;
  }

  /** Param of the label column; {@code label} by default. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** Param of the weight column; not set by default. */
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Param of the columns by whose values rows are sliced, each by itself; none by default. */
  public StringArrayParam sliceCols() {
    return sliceCols;
  }

  /** Param of the share of rows that sets were to leave out; 0.1 by default. */
  public DoubleParam alpha() {
    return alpha;
  }

  /** Param of the rows that a slice has to have to be the worst; 1 by default. */
  public LongParam minRows() {
    return minRows;
  }

  /** Param of the figure that {@link #evaluate} gives; {@code mean_size} by default. */
  public Param<String> metricName() {
    return metricName;
  }

  /** Param of what is done about rows that cannot be used; {@code error} by default. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /** Sets the column of sets: arrays of class indices. */
  public ConformalEvaluator setSetCol(String value) {
    set(setCol, value);
    return this;
  }

  /** Sets the label column. */
  public ConformalEvaluator setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  /** Sets the weight column. */
  public ConformalEvaluator setWeightCol(String value) {
    set(weightCol, value);
    return this;
  }

  /** Sets the columns by whose values rows are sliced, each by itself. */
  public ConformalEvaluator setSliceCols(String... values) {
    set(sliceCols, values.clone());
    return this;
  }

  /**
   * Sets the share of rows that sets were to leave out.
   *
   * @param value in (0, 1)
   */
  public ConformalEvaluator setAlpha(double value) {
    set(alpha, (Object) ConformalRank.checkAlpha(value));
    return this;
  }

  /** Sets the rows that a slice has to have to be the worst, at least 1. */
  public ConformalEvaluator setMinRows(long value) {
    set(minRows, (Object) value);
    return this;
  }

  /**
   * Sets the figure that {@link #evaluate} gives: {@code mean_size}, {@code coverage}, {@code
   * coverage_gap} (its distance from 1 - alpha), {@code size_violation} (the largest distance over
   * strata of sizes) or {@code min_class_coverage}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public ConformalEvaluator setMetricName(String value) {
    if (!METRICS.contains(value)) {
      throw new IllegalArgumentException(
          "metricName = '%s' is not allowed; give one of %s"
              .formatted(value, String.join(", ", METRICS)));
    }
    set(metricName, value);
    return this;
  }

  /** Sets what is done about rows that cannot be used: {@code error} or {@code skip}. */
  public ConformalEvaluator setHandleInvalid(String value) {
    set(handleInvalid, InvalidRows.checked(value));
    return this;
  }

  @Override
  public boolean isLargerBetter() {
    return List.of(COVERAGE, MIN_CLASS_COVERAGE).contains(getOrDefault(metricName));
  }

  /** The figure that is asked for; NaN without rows. */
  @Override
  public double evaluate(Dataset<?> dataset) {
    ConformalReport report = report(dataset);
    double wanted = 1 - (Double) getOrDefault(alpha);
    return switch (getOrDefault(metricName)) {
      case COVERAGE -> report.sets().coverage();
      case COVERAGE_GAP -> Math.abs(report.sets().coverage() - wanted);
      case SIZE_VIOLATION -> report.strata().violation();
      case MIN_CLASS_COVERAGE -> report.sets().minClassCoverage();
      default -> report.sets().meanSize();
    };
  }

  /**
   * All figures, from one scan. Without rows shares and means are NaN and the interval is [0, 1].
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   * @throws org.sparklosses.table.InvalidRowException at a row that cannot be used: a NULL set or
   *     label, or a label that is no class index
   */
  public ConformalReport report(Dataset<?> dataset) {
    RowSpec rows =
        RowSpec.of(StageColumns.reference(getOrDefault(setCol)))
            .withLabel(StageColumns.reference(getOrDefault(labelCol)))
            .withWeight(isSet(weightCol) ? StageColumns.reference(getOrDefault(weightCol)) : null)
            .withSlices(
                Arrays.stream(getOrDefault(sliceCols))
                    .map(StageColumns::reference)
                    .map(List::of)
                    .toList());
    SetScan scan = SetScan.of(dataset, InvalidRows.handled(rows, getOrDefault(handleInvalid)));
    Warnings.log(scan.ledger());
    double share = (Double) getOrDefault(alpha);
    List<Coverage> slices = scan.slices().stream().map(slice -> slice.sets().all()).toList();
    return new ConformalReport(
        scan.ledger(),
        scan.overall(),
        scan.overall().all().interval(LEVEL),
        SizeStrata.of(scan.overall(), share, SizeStrata.DEFAULT),
        scan.slices(),
        WorstSlice.of(slices, share, FALSE_ALARMS, (Long) getOrDefault(minRows)));
  }

  @Override
  public ConformalEvaluator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static ConformalEvaluator load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<ConformalEvaluator> read() {
    return new DefaultParamsReader<>();
  }
}
