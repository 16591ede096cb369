// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.ood.ClassGaussians;

/**
 * Adds to each row how like the rows of training its features are: minus the squared Mahalanobis
 * distance to the nearest class, {@code -min_k (x - mean_k)' covariance^-1 (x - mean_k)}. At most
 * 0, higher for rows like those of training; NULL where the features or one of them are, NaN where
 * one is NaN.
 *
 * <p>What was fitted are Params too, so that it is saved with the others and that a fit from
 * elsewhere can be set.
 */
public final class MahalanobisDetectorModel extends Model<MahalanobisDetectorModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  static final String OUTPUT = "mahalanobisScore";

  private final String uid;
  private final Param<String> featuresCol;
  private final Param<String> outputCol;
  private final DoubleArrayArrayParam means;
  private final DoubleArrayArrayParam covariance;

  /** A model without means and covariance yet. */
  public MahalanobisDetectorModel() {
    this(Identifiable$.MODULE$.randomUID("mahalanobis"));
  }

  /** A model of this identity, without means and covariance yet. */
  public MahalanobisDetectorModel(String uid) {
    this.uid = uid;
    featuresCol = new Param<>(this, "featuresCol", "column of features");
    outputCol = new Param<>(this, "outputCol", "column that is added");
    means = new DoubleArrayArrayParam(this, "means", "means of the features, by class");
    covariance = new DoubleArrayArrayParam(this, "covariance", "covariance within classes");
    setDefault(featuresCol, "features");
    setDefault(outputCol, OUTPUT);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Param of the column of features; {@code features} by default. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** Param of the column that is added; {@code mahalanobisScore} by default. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Param of the means of the features, by class; NaN of a class without rows. */
  public DoubleArrayArrayParam means() {
    return means;
  }

  /** Param of the covariance of the features within classes, divided by the number of rows. */
  public DoubleArrayArrayParam covariance() {
    return covariance;
  }

  /** The means of the features, by class; NaN of a class without rows. */
  public double[][] getMeans() {
    return getOrDefault(means);
  }

  /** The covariance of the features within classes. */
  public double[][] getCovariance() {
    return getOrDefault(covariance);
  }

  /** Sets the column of features. */
  public MahalanobisDetectorModel setFeaturesCol(String value) {
    set(featuresCol, value);
    return this;
  }

  /** Sets the column that is added. */
  public MahalanobisDetectorModel setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Sets the means of the features, by class; a class with NaN does not count. */
  public MahalanobisDetectorModel setMeans(double[][] value) {
    set(means, value);
    return this;
  }

  /** Sets the covariance of the features, symmetric and positive definite. */
  public MahalanobisDetectorModel setCovariance(double[][] value) {
    set(covariance, value);
    return this;
  }

  /**
   * Adds the score. A row with another number of features fails the Spark job that computes it.
   *
   * @throws IllegalArgumentException if the column of features is missing or has a type that cannot
   *     be used, if the table has the column that is added, or if the covariance is singular
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    String output = getOrDefault(outputCol);
    String features = getOrDefault(featuresCol);
    output(dataset.schema(), features, output);
    ClassGaussians gaussians = new ClassGaussians(getMeans(), getCovariance());
    UDF1<Vector, Double> score = x -> x == null ? null : (Double) gaussians.score(x.toArray());
    return dataset.withColumn(
        output,
        functions.udf(score, DataTypes.DoubleType).apply(FeatureColumn.vectors(dataset, features)));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return output(schema, getOrDefault(featuresCol), getOrDefault(outputCol));
  }

  static StructType output(StructType schema, String features, String output) {
    FeatureColumn.checked(schema, features);
    return StageColumns.with(schema, output, DataTypes.DoubleType, "score", "setOutputCol");
  }

  @Override
  public MahalanobisDetectorModel copy(ParamMap extra) {
    return this.<MahalanobisDetectorModel>defaultCopy(extra).setParent(parent());
  }

  /** Reads what {@code save} wrote. */
  public static MahalanobisDetectorModel load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<MahalanobisDetectorModel> read() {
    return new DefaultParamsReader<>();
  }
}
