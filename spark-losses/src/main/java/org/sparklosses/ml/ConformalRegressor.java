// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.table.RowSpec;

/**
 * Learns from numbers that came true how wide an interval has to be, so that it holds that of a new
 * row with the probability {@code 1 - alpha}: split conformal prediction, by the absolute residual
 * of points ({@code predictionCol}) or by conformalised quantile regression of intervals ({@link
 * #setIntervalCols}). Fit it on rows that the model was not trained on.
 *
 * <p>The threshold is an exact order statistic of the scores {@code max(lower - y, y - upper)},
 * rounded up to float, and found in two scans of the table for any number of alphas and groups; the
 * same bits in any order and partitioning of the rows. A row with a NULL or a number that is not
 * finite ends the fit, unless {@link #setHandleInvalid} says otherwise.
 *
 * @see ConformalRegressorModel the interval of a row
 */
public final class ConformalRegressor
    extends ConformalEstimator<ConformalRegressor, ConformalRegressorModel>
    implements ConformalIntervalColumns<ConformalRegressor> {

  private static final long serialVersionUID = 1L;

  private final Param<String> predictionCol;
  private final Param<String> lowerCol;
  private final Param<String> upperCol;
  private final Param<String> lowerOutputCol;
  private final Param<String> upperOutputCol;
  private final Param<String> handleInvalid;

  /** An estimator of intervals around points. */
  public ConformalRegressor() {
    this(Identifiable$.MODULE$.randomUID("conformalRegressor"));
  }

  /** An estimator of this identity. */
  public ConformalRegressor(String uid) {
    super(uid);
    predictionCol = new Param<>(this, "predictionCol", "column of points");
    lowerCol = new Param<>(this, "lowerCol", "column of lower ends, read instead of points if set");
    upperCol = new Param<>(this, "upperCol", "column of upper ends");
    lowerOutputCol = new Param<>(this, "lowerOutputCol", "column of lower ends that is added");
    upperOutputCol = new Param<>(this, "upperOutputCol", "column of upper ends that is added");
    handleInvalid = InvalidRows.param(this);
    setDefault(predictionCol, "prediction");
    setDefault(lowerOutputCol, ConformalRegressorModel.LOWER);
    setDefault(upperOutputCol, ConformalRegressorModel.UPPER);
    setDefault(handleInvalid, InvalidRows.byDefault());
  }

  @Override
  public ConformalRegressor self() {
    return this;
  }

  @Override
  public Param<String> predictionCol() {
    return predictionCol;
  }

  @Override
  public Param<String> lowerCol() {
    return lowerCol;
  }

  @Override
  public Param<String> upperCol() {
    return upperCol;
  }

  @Override
  public Param<String> lowerOutputCol() {
    return lowerOutputCol;
  }

  @Override
  public Param<String> upperOutputCol() {
    return upperOutputCol;
  }

  /** Param of what is done about rows that cannot be used; {@code error} by default. */
  public Param<String> handleInvalid() {
    return handleInvalid;
  }

  /** Sets what is done about rows that cannot be used: {@code error} or {@code skip}. */
  public ConformalRegressor setHandleInvalid(String value) {
    set(handleInvalid, InvalidRows.checked(value));
    return this;
  }

  /**
   * Finds the thresholds. Without rows they are infinite.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   * @throws org.sparklosses.table.InvalidRowException at a row that cannot be used
   */
  @Override
  public ConformalRegressorModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    RowSpec rows =
        RowSpec.of(String.join("', '", endCols()))
            .withLabel(StageColumns.reference(getOrDefault(labelCol())))
            .withWeight(
                isSet(weightCol()) ? StageColumns.reference(getOrDefault(weightCol())) : null);
    return copyValues(new ConformalRegressorModel(uid()), ParamMap.empty())
        .setFound(
            scans()
                .ofIntervals(
                    dataset,
                    InvalidRows.handled(grouped(rows), getOrDefault(handleInvalid)),
                    endCols().stream().map(StageColumns::reference).toList()))
        .setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withOutput(schema);
  }

  @Override
  public ConformalRegressor copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static ConformalRegressor load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<ConformalRegressor> read() {
    return new DefaultParamsReader<>();
  }
}
