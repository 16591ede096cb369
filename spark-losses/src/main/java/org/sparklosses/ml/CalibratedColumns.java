// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that {@link Calibrator} and {@link CalibratorModel} read and add.
 *
 * @param <T> the stage
 */
public interface CalibratedColumns<T> extends PredictionColumns<T> {

  /** Param of the column that is added; {@code calibratedProbability} by default. */
  Param<String> outputCol();

  /** Sets the column that is added. */
  default T setOutputCol(String value) {
    set(outputCol(), value);
    return self();
  }

  /**
   * The schema with the column that is added, a Vector where that is read, else an array of
   * doubles.
   *
   * @throws IllegalArgumentException if the column that is read is missing or has a type that
   *     cannot be used, or there is a column of the name of that which is added
   */
  default StructType withOutput(StructType schema) {
    DataType type = inputType(schema);
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    return StageColumns.with(
        schema,
        getOrDefault(outputCol()),
        isVector ? type : DataTypes.createArrayType(DataTypes.DoubleType, false),
        "probabilities",
        "setOutputCol");
  }
}
