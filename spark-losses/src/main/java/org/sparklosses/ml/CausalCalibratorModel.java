// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.DoubleArrayParam;
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
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.calibrate.CausalIsotonic;

/**
 * Adds to each row its calibrated effect of the treatment, in the unit of the outcome: NULL where
 * the predicted effect is NULL, NaN where it is NaN.
 *
 * <p>What was fitted are Params too, so that it is saved with the others and that a fit from
 * elsewhere can be set.
 */
public final class CausalCalibratorModel extends Model<CausalCalibratorModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  static final String EFFECT = "effect";
  static final String OUTPUT = "calibratedEffect";

  private final String uid;
  private final Param<String> effectCol;
  private final Param<String> outputCol;
  private final DoubleArrayParam edges;
  private final DoubleArrayParam values;

  /** A model without a map yet. */
  public CausalCalibratorModel() {
    this(Identifiable$.MODULE$.randomUID("causal"));
  }

  /** A model of this identity, without a map yet. */
  public CausalCalibratorModel(String uid) {
    this.uid = uid;
    effectCol = new Param<>(this, "effectCol", "column of predicted effects");
    outputCol = new Param<>(this, "outputCol", "column that is added");
    edges =
        new DoubleArrayParam(this, "edges", "predicted effects where the calibrated one changes");
    values = new DoubleArrayParam(this, "values", "calibrated effects, one more than edges");
    setDefault(effectCol, EFFECT);
    setDefault(outputCol, OUTPUT);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Param of the column of predicted effects; {@code effect} by default. */
  public Param<String> effectCol() {
    return effectCol;
  }

  /** Param of the column that is added; {@code calibratedEffect} by default. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Param of the predicted effects from which on the next calibrated effect holds. */
  public DoubleArrayParam edges() {
    return edges;
  }

  /** Param of the calibrated effects, one more than edges. */
  public DoubleArrayParam values() {
    return values;
  }

  /** Sets the column of predicted effects. */
  public CausalCalibratorModel setEffectCol(String value) {
    set(effectCol, value);
    return this;
  }

  /** Sets the column that is added. */
  public CausalCalibratorModel setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /** Sets the map. */
  public CausalCalibratorModel setMap(CausalIsotonic map) {
    set(edges, map.edges());
    set(values, map.values());
    return this;
  }

  /** The map. */
  public CausalIsotonic map() {
    return new CausalIsotonic(getOrDefault(edges), getOrDefault(values));
  }

  /**
   * Adds the calibrated effect.
   *
   * @throws IllegalArgumentException if the column of effects is missing or holds no numbers, or
   *     the table has the column that is added
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    CausalIsotonic map = map();
    UDF1<Double, Double> calibrated =
        effect -> effect == null ? null : (Double) map.calibrated(effect);
    return dataset.withColumn(
        getOrDefault(outputCol),
        functions
            .udf(calibrated, DataTypes.DoubleType)
            .apply(StageColumns.column(dataset, getOrDefault(effectCol)).cast("double")));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return output(schema, getOrDefault(effectCol), getOrDefault(outputCol));
  }

  static StructType output(StructType schema, String effect, String output) {
    if (!(schema.apply(effect).dataType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          "column '%s' holds %s; an effect is a number"
              .formatted(effect, schema.apply(effect).dataType().sql()));
    }
    return StageColumns.with(schema, output, DataTypes.DoubleType, "effect", "setOutputCol");
  }

  @Override
  public CausalCalibratorModel copy(ParamMap extra) {
    return this.<CausalCalibratorModel>defaultCopy(extra).setParent(parent());
  }

  /** Reads what {@code save} wrote. */
  public static CausalCalibratorModel load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<CausalCalibratorModel> read() {
    return new DefaultParamsReader<>();
  }
}
