// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.calibrate.multiclass.ClassCalibrator;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationState;
import org.sparklosses.fit.CalibrationRows;
import org.sparklosses.sql.StateFit;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.Warnings;

/**
 * Learns from labels how the probabilities of a classifier are to be mended. Fit it on rows that
 * the classifier was not trained on.
 *
 * <p>Reads {@code probabilityCol} (an MLlib Vector or an array of numbers, one a class) or, if it
 * is set, {@code rawPredictionCol}, logits whose softmax is the probability; {@code labelCol},
 * class indices from 0; and {@code weightCol}, if it is set. Methods are those of {@link
 * ClassCalibrators}. Every scan is one job over the table; the same bits in any order and
 * partitioning of the rows.
 *
 * @see CalibratorModel the calibrated probabilities of a row
 */
public final class Calibrator extends Estimator<CalibratorModel>
    implements CalibratedColumns<Calibrator>, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> outputCol;
  private final Param<String> labelCol;
  private final Param<String> weightCol;
  private final Param<String> method;
  private final Param<String> foldCol;

  /** A calibrator of probabilities. */
  public Calibrator() {
    this(Identifiable$.MODULE$.randomUID("calibrator"));
  }

  /** A calibrator of this identity. */
  public Calibrator(String uid) {
    this.uid = uid;
    probabilityCol = StageParams.probabilityCol(this);
    rawPredictionCol = StageParams.rawPredictionCol(this);
    outputCol = new Param<>(this, "outputCol", "column that the model adds");
    labelCol = StageParams.labelCol(this);
    weightCol = StageParams.weightCol(this);
    method = new Param<>(this, "method", "name of the method of calibration");
    foldCol = new Param<>(this, "foldCol", "column that tells the fold of a row, for auto");
    setDefault(probabilityCol, "probability");
    setDefault(outputCol, CalibratorModel.OUTPUT);
    setDefault(labelCol, "label");
    setDefault(method, "auto");
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  @Override
  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  @Override
  public Param<String> outputCol() {
    return outputCol;
  }

  @Override
  public Calibrator self() {
    return this;
  }

  /** Param of the label column; {@code label} by default. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** Param of the weight column; not set by default. */
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Param of the method; {@code auto} by default. */
  public Param<String> method() {
    return method;
  }

  /** Param of the column that tells the fold of a row; not set by default. */
  public Param<String> foldCol() {
    return foldCol;
  }

  /** Sets the label column. */
  public Calibrator setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  /** Sets the weight column. */
  public Calibrator setWeightCol(String value) {
    set(weightCol, value);
    return this;
  }

  /**
   * Sets the method; several with commas between for the best of them and of none by cross-fitting.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  public Calibrator setMethod(String value) {
    ClassCalibrators.named(value);
    set(method, value);
    return this;
  }

  /**
   * Sets the column by which {@code auto} parts the rows: those of equal values stay together, as
   * rows of one user should. Whole numbers are folds, modulo 5; text is hashed. If it is not set
   * rows are parted by what they hold.
   */
  public Calibrator setFoldCol(String value) {
    set(foldCol, value);
    return this;
  }

  /**
   * Fits the map.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used, or
   *     there is no row
   * @throws org.sparklosses.table.InvalidRowException at a row that cannot be used
   */
  @Override
  public CalibratorModel fit(Dataset<?> dataset) {
    return fit(dataset, evaluation(labelCol, weightCol));
  }

  /**
   * Fits the map to rows that are read and judged as an evaluation reads them: its label, weight,
   * class names, policies, number of classes. Its predictions are those that the model reads; its
   * slices and metrics are of no matter here.
   *
   * @throws IllegalArgumentException as {@link #fit(Dataset)}, and if the evaluation is of another
   *     column
   * @throws org.sparklosses.table.InvalidRowException at a row with a fault that no policy lets
   *     pass
   */
  public CalibratorModel fit(Dataset<?> dataset, Evaluation evaluation) {
    return fits(dataset, evaluation).get(0);
  }

  /**
   * Fits all maps that the method chooses among, the one that it chooses first; of a method that is
   * none to choose its map alone. As {@link #fit(Dataset, Evaluation)}.
   */
  public List<CalibratorModel> fits(Dataset<?> dataset, Evaluation evaluation) {
    transformSchema(dataset.schema());
    PredictionSpec input = rowsOf(evaluation, "calibrator");
    PredictionSpec read = input.withRows(rows -> rows.withSlices(List.of()).withUnit(null));
    ClassCalibrator calibrator = ClassCalibrators.named(getOrDefault(method));
    Optional<String> fold =
        isSet(foldCol)
            ? Optional.of(StageColumns.reference(getOrDefault(foldCol)))
            : Optional.empty();
    CalibrationRows rows = CalibrationRows.of(dataset, read, fold);
    List<ClassFit> fits = calibrator.fits(rows);
    rows.ledger().ifPresent(Warnings::log);
    return fits.stream().map(this::model).toList();
  }

  /**
   * Fits a calibrator of two classes from the state of an evaluation that was built for the metric
   * {@code recalibration_gain}; no row is read. Of {@code auto} that is quadratic scaling, for
   * cross-fitting needs rows.
   *
   * @throws IllegalArgumentException if the state keeps too little or no row, is not of two
   *     classes, or the method is none of two classes
   */
  public CalibratorModel fit(EvaluationState state) {
    return model(new StateFit(getOrDefault(method)).of(state));
  }

  private CalibratorModel model(ClassFit fit) {
    // The method of the fit is set last: it is the one that was chosen.
    return copyValues(new CalibratorModel(uid), ParamMap.empty()).setFit(fit).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withOutput(schema);
  }

  @Override
  public Calibrator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static Calibrator load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<Calibrator> read() {
    return new DefaultParamsReader<>();
  }
}
