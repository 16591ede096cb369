// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.ood.ClassGaussians;
import org.sparklosses.ood.GaussianFit;
import org.sparklosses.table.ByteChunks;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.NamedException;

/**
 * Learns what the features of a model, as those of its last layer but one, look like for each class
 * of the training set, to tell rows unlike any of them: a normal distribution by class with one
 * covariance for all (Lee et al. 2018, arXiv:1807.03888). One pass; the same bits in any order and
 * partitioning of the rows.
 *
 * <p>Reads {@code featuresCol} (an MLlib Vector or an array of numbers, finite) and {@code
 * labelCol} (class indices from 0). A state takes about 32 d (d + 1) + 64 K (d + 1) bytes of d
 * features and K classes, an executor holds one a running task.
 *
 * @see MahalanobisDetectorModel the score of a row
 */
public final class MahalanobisDetector extends Estimator<MahalanobisDetectorModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> featuresCol;
  private final Param<String> labelCol;
  private final Param<String> outputCol;

  /** A detector of features. */
  public MahalanobisDetector() {
    this(Identifiable$.MODULE$.randomUID("mahalanobis"));
  }

  /** A detector of this identity. */
  public MahalanobisDetector(String uid) {
    this.uid = uid;
    featuresCol = new Param<>(this, "featuresCol", "column of features");
    labelCol = StageParams.labelCol(this);
    outputCol = new Param<>(this, "outputCol", "column that the model adds");
    setDefault(featuresCol, "features");
    setDefault(labelCol, "label");
    setDefault(outputCol, MahalanobisDetectorModel.OUTPUT);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Param of the column of features; {@code features} by default. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** Param of the label column; {@code label} by default. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** Param of the column that the model adds; {@code mahalanobisScore} by default. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Sets the column of features. */
  public MahalanobisDetector setFeaturesCol(String value) {
    set(featuresCol, value);
    return this;
  }

  /** Sets the label column. */
  public MahalanobisDetector setLabelCol(String value) {
    set(labelCol, value);
    return this;
  }

  /** Sets the column that the model adds. */
  public MahalanobisDetector setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Fits the means and the covariance.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used, if
   *     there are no rows, or if a feature is constant within classes or follows from others
   * @throws EvaluationException if a row cannot be used
   */
  @Override
  public MahalanobisDetectorModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    String features = getOrDefault(featuresCol);
    String label = getOrDefault(labelCol);
    JavaRDD<byte[]> states =
        dataset
            .select(
                FeatureColumn.vectors(dataset, features),
                StageColumns.column(dataset, label).cast("double"))
            .toJavaRDD()
            .mapPartitions(rows -> state(rows, features, label));
    GaussianFit fit =
        states.getNumPartitions() == 0
            ? new GaussianFit()
            : NamedException.unwrapped(() -> read(states.treeReduce(MahalanobisDetector::merged)));
    ClassGaussians gaussians = fit.fit();
    MahalanobisDetectorModel model =
        new MahalanobisDetectorModel(uid)
            .setMeans(gaussians.means())
            .setCovariance(gaussians.covariance());
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  private static Iterator<byte[]> state(Iterator<Row> rows, String features, String label) {
    GaussianFit fit = new GaussianFit();
    while (rows.hasNext()) {
      Row row = rows.next();
      try {
        fit.add(features(row), label(row));
      } catch (IllegalArgumentException e) {
        throw new EvaluationException(
            "a row of features '%s' and label '%s' cannot be fitted: %s"
                .formatted(features, label, e.getMessage()));
      }
    }
    return List.of(ByteChunks.of(fit::write)).iterator();
  }

  private static double[] features(Row row) {
    if (row.isNullAt(0)) {
      throw new IllegalArgumentException(
          "the features are NULL or hold a NULL; leave such rows out");
    }
    double[] features = ((Vector) row.get(0)).toArray();
    for (int i = 0; i < features.length; i++) {
      if (!Double.isFinite(features[i])) {
        throw new IllegalArgumentException(
            "feature %d is %s; leave such rows out".formatted(i, features[i]));
      }
    }
    return features;
  }

  private static int label(Row row) {
    if (row.isNullAt(1)) {
      throw new IllegalArgumentException("the label is NULL; leave such rows out");
    }
    double label = row.getDouble(1);
    if (label != (int) label) {
      throw new IllegalArgumentException("the label %s is no class index".formatted(label));
    }
    return (int) label;
  }

  private static byte[] merged(byte[] one, byte[] other) {
    GaussianFit fit = read(one);
    fit.merge(read(other));
    return ByteChunks.of(fit::write);
  }

  private static GaussianFit read(byte[] bytes) {
    return ByteChunks.read(bytes, new GaussianFit());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    String label = getOrDefault(labelCol);
    if (!(schema.apply(label).dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column '%s' holds %s; a label is a class index"
              .formatted(label, schema.apply(label).dataType().sql()));
    }
    return MahalanobisDetectorModel.output(
        schema, getOrDefault(featuresCol), getOrDefault(outputCol));
  }

  @Override
  public MahalanobisDetector copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static MahalanobisDetector load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<MahalanobisDetector> read() {
    return new DefaultParamsReader<>();
  }
}
