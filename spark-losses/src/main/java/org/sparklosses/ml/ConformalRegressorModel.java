// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Adds to each row the ends of the interval that holds its number with the probability {@code 1 -
 * alpha}: as doubles, NULL where what is read is NULL or not finite. They are infinite where the
 * rows of the fit were too few; the lower end is above the upper one, and nothing is in between,
 * where an interval is to be narrowed by more than it is wide.
 */
public final class ConformalRegressorModel extends ConformalModel<ConformalRegressorModel>
    implements ConformalIntervalColumns<ConformalRegressorModel> {

  private static final long serialVersionUID = 1L;

  static final String LOWER = "lower";
  static final String UPPER = "upper";

  private final Param<String> predictionCol;
  private final Param<String> lowerCol;
  private final Param<String> upperCol;
  private final Param<String> lowerOutputCol;
  private final Param<String> upperOutputCol;

  /** A model without thresholds yet. */
  public ConformalRegressorModel() {
    this(Identifiable$.MODULE$.randomUID("conformalRegressor"));
  }

  /** A model of this identity, without thresholds yet. */
  public ConformalRegressorModel(String uid) {
    super(uid);
    predictionCol = new Param<>(this, "predictionCol", "column of points");
    lowerCol = new Param<>(this, "lowerCol", "column of lower ends, read instead of points if set");
    upperCol = new Param<>(this, "upperCol", "column of upper ends");
    lowerOutputCol = new Param<>(this, "lowerOutputCol", "column of lower ends that is added");
    upperOutputCol = new Param<>(this, "upperOutputCol", "column of upper ends that is added");
    setDefault(predictionCol, "prediction");
    setDefault(lowerOutputCol, LOWER);
    setDefault(upperOutputCol, UPPER);
  }

  @Override
  public ConformalRegressorModel self() {
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

  /**
   * The threshold of a group; +infinity of one that is unknown.
   *
   * @param byGroup the thresholds
   */
  private record Widths(LinkedHashMap<String, Double> byGroup) implements Serializable {

    private static final long serialVersionUID = 1L;

    double of(String group) {
      return byGroup.getOrDefault(group, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * Adds the intervals.
   *
   * @throws IllegalArgumentException if a column that is read is missing or has a type that cannot
   *     be used, or the table has a column that is added
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    withOutput(dataset.schema());
    LinkedHashMap<String, Double> byGroup = new LinkedHashMap<>();
    for (Map.Entry<String, float[]> group : thresholdsByGroup().entrySet()) {
      byGroup.put(group.getKey(), (double) group.getValue()[0]);
    }
    UDF1<String, Double> widths = new Widths(byGroup)::of;
    Column width = functions.udf(widths, DataTypes.DoubleType).apply(group(dataset));
    List<String> ends = endCols();
    Column low = StageColumns.column(dataset, ends.get(0)).cast(DataTypes.DoubleType);
    Column high =
        StageColumns.column(dataset, ends.get(ends.size() - 1)).cast(DataTypes.DoubleType);
    Column isFinite = isFinite(low).and(isFinite(high));
    return dataset
        .withColumn(getOrDefault(lowerOutputCol), functions.when(isFinite, low.minus(width)))
        .withColumn(getOrDefault(upperOutputCol), functions.when(isFinite, high.plus(width)));
  }

  /** False also of NaN, which Spark takes for more than infinity. */
  private static Column isFinite(Column number) {
    return functions.abs(number).lt(Double.POSITIVE_INFINITY);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withOutput(schema);
  }

  @Override
  public ConformalRegressorModel copy(ParamMap extra) {
    return this.<ConformalRegressorModel>defaultCopy(extra).setParent(parent());
  }

  /** Reads what {@code save} wrote. */
  public static ConformalRegressorModel load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<ConformalRegressorModel> read() {
    return new DefaultParamsReader<>();
  }
}
