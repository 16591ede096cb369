// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.conformal.ConformityScore;
import org.sparklosses.conformal.ConformityScores;
import org.sparklosses.metric.MetricSpec;

/**
 * The columns that {@link ConformalClassifier} and {@link ConformalClassifierModel} read and add,
 * and the score of a class.
 *
 * @param <T> the stage
 */
public interface ConformalSetColumns<T> extends PredictionColumns<T> {

  /** Param of the column of sets that is added; {@code predictionSet} by default. */
  Param<String> outputCol();

  /** Param of the column of the sizes of sets, added if it is set. */
  Param<String> sizeCol();

  /** Param of the column that random numbers are made of; not set by default. */
  Param<String> keyCol();

  /** Param of the score of a class; {@code lac} by default. */
  Param<String> score();

  /** Sets the column of sets that is added. */
  default T setOutputCol(String value) {
    set(outputCol(), value);
    return self();
  }

  /** Sets the column of the sizes of sets, which is added if it is set. */
  default T setSizeCol(String value) {
    set(sizeCol(), value);
    return self();
  }

  /** The score of a class. */
  default ConformityScore conformityScore() {
    return score(getOrDefault(score()));
  }

  /**
   * The score of a text: {@code name} or {@code name(setting=value, ...)}.
   *
   * @throws IllegalArgumentException if there is none of that name and settings
   */
  static ConformityScore score(String text) {
    MetricSpec spec = MetricSpec.parse(text);
    return ConformityScores.named(spec.name(), spec.parameters());
  }

  /**
   * The schema with the columns that are added.
   *
   * @throws IllegalArgumentException if the column that is read is missing or has a type that
   *     cannot be used, or there is a column of the name of one that is added
   */
  default StructType withOutput(StructType schema) {
    inputType(schema);
    StructType added =
        StageColumns.with(
            schema,
            getOrDefault(outputCol()),
            DataTypes.createArrayType(DataTypes.IntegerType, false),
            "new one",
            "setOutputCol");
    return isSet(sizeCol())
        ? StageColumns.with(
            added, getOrDefault(sizeCol()), DataTypes.IntegerType, "new one", "setSizeCol")
        : added;
  }
}
