// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.conformal.ConformityScore;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.fit.ConformalScans;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowSpec;

/**
 * Learns from labels how many classes a set has to hold, so that it holds the label of a new row
 * with the probability {@code 1 - alpha}: split conformal prediction. Fit it on rows that the
 * classifier, and a calibrator, were not trained on.
 *
 * <p>Reads {@code probabilityCol} (an MLlib Vector or an array of numbers, one a class) or, if it
 * is set, {@code rawPredictionCol}, logits whose softmax is the probability; {@code labelCol},
 * class indices from 0; {@code weightCol}, {@code groupCol} and {@code keyCol}, if they are set.
 * Thresholds are exact order statistics, found in two scans of the table for any number of alphas,
 * groups and classes; the same bits in any order and partitioning of the rows.
 *
 * @see ConformalClassifierModel the set of a row
 */
public final class ConformalClassifier
    extends ConformalEstimator<ConformalClassifier, ConformalClassifierModel>
    implements ConformalSetColumns<ConformalClassifier> {

  private static final long serialVersionUID = 1L;

  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> outputCol;
  private final Param<String> sizeCol;
  private final Param<String> keyCol;
  private final Param<String> score;
  private final BooleanParam classConditional;

  /** An estimator of sets by the score {@code lac}. */
  public ConformalClassifier() {
    this(Identifiable$.MODULE$.randomUID("conformalClassifier"));
  }

  /** An estimator of this identity. */
  public ConformalClassifier(String uid) {
    super(uid);
    probabilityCol = StageParams.probabilityCol(this);
    rawPredictionCol = StageParams.rawPredictionCol(this);
    outputCol = new Param<>(this, "outputCol", "column of sets that the model adds");
    sizeCol = new Param<>(this, "sizeCol", "column of sizes that the model adds if set");
    keyCol = new Param<>(this, "keyCol", "column that random numbers are made of");
    score = new Param<>(this, "score", "score of a class: name or name(setting=value, ...)");
    classConditional =
        new BooleanParam(this, "classConditional", "whether each class has its own thresholds");
    setDefault(probabilityCol, "probability");
    setDefault(outputCol, ConformalClassifierModel.OUTPUT);
    setDefault(score, "lac");
    setDefault(classConditional, false);
  }

  @Override
  public ConformalClassifier self() {
    return this;
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
  public Param<String> sizeCol() {
    return sizeCol;
  }

  @Override
  public Param<String> keyCol() {
    return keyCol;
  }

  @Override
  public Param<String> score() {
    return score;
  }

  /** Param of whether each class has thresholds of its own; false by default. */
  public BooleanParam classConditional() {
    return classConditional;
  }

  /**
   * Sets the score: {@code lac}, {@code aps}, {@code raps}, {@code saps} or {@code margin}, with
   * settings as {@code raps(lam=0.02, k_reg=3)}.
   *
   * @throws IllegalArgumentException if there is none of that name and settings
   */
  public ConformalClassifier setScore(String value) {
    ConformalSetColumns.score(value);
    set(score, value);
    return this;
  }

  /**
   * Sets the column that the random number of a row is made of, the upper 53 bits of its hash, for
   * {@code aps}, {@code raps} and {@code saps}: sets are smaller and coverage is nearer to {@code 1
   * - alpha}. The key is a whole number, or anything else as its text; rows of the same key get the
   * same number, so it should be unique. Without it the number is 0 and sets cover more.
   */
  public ConformalClassifier setKeyCol(String value) {
    set(keyCol, value);
    return this;
  }

  /**
   * Sets whether each class has thresholds of its own, so that what is promised holds for the rows
   * of each class. A class that has too few rows is in every set.
   */
  public ConformalClassifier setClassConditional(boolean value) {
    set(classConditional, (Object) value);
    return this;
  }

  /**
   * Finds the thresholds. Without rows they are infinite.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   * @throws org.sparklosses.table.InvalidRowException at a row that cannot be used
   */
  @Override
  public ConformalClassifierModel fit(Dataset<?> dataset) {
    return fit(dataset, evaluation(labelCol(), weightCol()));
  }

  /**
   * Finds the thresholds of rows that are read and judged as an evaluation reads them: its label,
   * weight, class names, policies, number of classes, limit of groups. Its predictions are those
   * that the model reads; its slices and metrics are of no matter here.
   *
   * @throws IllegalArgumentException as {@link #fit(Dataset)}, and if the evaluation is of another
   *     column
   * @throws org.sparklosses.table.InvalidRowException at a row with a fault that no policy lets
   *     pass
   */
  public ConformalClassifierModel fit(Dataset<?> dataset, Evaluation evaluation) {
    transformSchema(dataset.schema());
    PredictionSpec input = rowsOf(evaluation, "classifier");
    ConformityScore ofClasses = conformityScore();
    RowSpec.Unit unit =
        isSet(keyCol()) && ofClasses.isRandomised()
            ? new RowSpec.Unit("key", StageColumns.reference(getOrDefault(keyCol())))
            : null;
    boolean isByClass = (Boolean) getOrDefault(classConditional);
    ConformalScans.Found found =
        scans()
            .ofClasses(
                dataset,
                input.withRows(rows -> grouped(rows).withUnit(unit)),
                ofClasses,
                isByClass);
    return copyValues(new ConformalClassifierModel(uid()), ParamMap.empty())
        .setFit(found, input.kind().isRenormalised())
        .setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withOutput(schema);
  }

  @Override
  public ConformalClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static ConformalClassifier load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<ConformalClassifier> read() {
    return new DefaultParamsReader<>();
  }
}
