// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that {@link ConformalRegressor} and {@link ConformalRegressorModel} read and add.
 *
 * @param <T> the stage
 */
public interface ConformalIntervalColumns<T> extends Params {

  /** Param of the column of points; {@code prediction} by default. */
  Param<String> predictionCol();

  /** Param of the column of lower ends, read with the upper ends instead of points if set. */
  Param<String> lowerCol();

  /** Param of the column of upper ends. */
  Param<String> upperCol();

  /** Param of the column of lower ends that is added; {@code lower} by default. */
  Param<String> lowerOutputCol();

  /** Param of the column of upper ends that is added; {@code upper} by default. */
  Param<String> upperOutputCol();

  /** The stage itself. */
  T self();

  /** Sets the column of points: an interval is as wide on either side of each. */
  default T setPredictionCol(String value) {
    set(predictionCol(), value);
    return self();
  }

  /**
   * Sets the columns of the ends of intervals, as of two quantiles, which are read instead of
   * points: the interval of a row is wider, or narrower, than they by the same on either side.
   */
  default T setIntervalCols(String lower, String upper) {
    set(lowerCol(), lower);
    set(upperCol(), upper);
    return self();
  }

  /** Sets the columns of the ends that are added. */
  default T setOutputCols(String lower, String upper) {
    set(lowerOutputCol(), lower);
    set(upperOutputCol(), upper);
    return self();
  }

  /**
   * The columns that are read: lower and upper ends, or points.
   *
   * @throws IllegalArgumentException if one of the two ends is set and the other is not
   */
  default List<String> endCols() {
    if (isSet(lowerCol()) != isSet(upperCol())) {
      throw new IllegalArgumentException(
          "one of lowerCol and upperCol is set, the other is not; name both: setIntervalCols");
    }
    return isSet(lowerCol())
        ? List.of(getOrDefault(lowerCol()), getOrDefault(upperCol()))
        : List.of(getOrDefault(predictionCol()));
  }

  /**
   * The schema with the columns that are added.
   *
   * @throws IllegalArgumentException if a column that is read is missing or holds no numbers, or
   *     there is a column of the name of one that is added
   */
  default StructType withOutput(StructType schema) {
    for (String column : endCols()) {
      if (!(schema.apply(column).dataType() instanceof NumericType)) {
        throw new IllegalArgumentException(
            "column '%s' holds %s; forecasts are numbers"
                .formatted(column, schema.apply(column).dataType().sql()));
      }
    }
    StructType lower =
        StageColumns.with(
            schema,
            getOrDefault(lowerOutputCol()),
            DataTypes.DoubleType,
            "new one",
            "setOutputCols");
    return StageColumns.with(
        lower, getOrDefault(upperOutputCol()), DataTypes.DoubleType, "new one", "setOutputCols");
  }
}
