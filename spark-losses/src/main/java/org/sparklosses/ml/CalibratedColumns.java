// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that {@link Calibrator} and {@link CalibratorModel} read and add.
 *
 * @param <T> the stage
 */
public interface CalibratedColumns<T> extends Params {

  /** Param of the column of probabilities; {@code probability} by default. */
  Param<String> probabilityCol();

  /** Param of the column of logits, read instead of probabilities if set. */
  Param<String> rawPredictionCol();

  /** Param of the column that is added; {@code calibratedProbability} by default. */
  Param<String> outputCol();

  /** The stage itself. */
  T self();

  /** Sets the column of probabilities. */
  default T setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return self();
  }

  /** Sets the column of logits, which is read instead of probabilities. */
  default T setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return self();
  }

  /** Sets the column that is added. */
  default T setOutputCol(String value) {
    set(outputCol(), value);
    return self();
  }

  /** Whether logits are read. */
  default boolean readsLogits() {
    return isSet(rawPredictionCol());
  }

  /** The column that is read. */
  default String inputCol() {
    return getOrDefault(readsLogits() ? rawPredictionCol() : probabilityCol());
  }

  /**
   * The schema with the column that is added, a Vector where that is read, else an array of
   * doubles.
   *
   * @throws IllegalArgumentException if the column that is read is missing or has a type that
   *     cannot be used, or there is a column of the name of that which is added
   */
  default StructType withOutput(StructType schema) {
    DataType type = schema.apply(inputCol()).dataType();
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    if (!isVector
        && !(type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          ("column '%s' holds %s; predictions are an MLlib Vector or an array of numbers, one a"
                  + " class; of two classes with one number give array(0, z) of a logit z,"
                  + " array(1 - p, p) of a probability p")
              .formatted(inputCol(), type.sql()));
    }
    String output = getOrDefault(outputCol());
    if (Arrays.asList(schema.fieldNames()).contains(output)) {
      throw new IllegalArgumentException(
          "the table has a column '%s' already; call the probabilities otherwise: setOutputCol"
              .formatted(output));
    }
    return schema.add(
        output, isVector ? type : DataTypes.createArrayType(DataTypes.DoubleType, false), true);
  }
}
