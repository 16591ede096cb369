// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.sparklosses.calibrate.multiclass.ClassMap;

/**
 * Calibrates the predictions of a row. Public because generated code calls it.
 *
 * <p>Two are equal when they do the same.
 */
public final class Calibration implements Serializable {

  private static final long serialVersionUID = 1;

  /** What gives the bytes of a model. */
  static final String REMEDY =
      "; give the bytes of CalibratorModel.toBytes(), or a column that holds them";

  /** A temperature of 2 of two classes, in base64, for examples. */
  static final String EXAMPLE =
      "U0xDTQEAC3RlbXBlcmF0dXJlAAAAAgAAAAIABGJldGEAAAABP+AAAAAA"
          + "AAAAB2Vwc2lsb24AAAABP4R64UeuFHugMNN2";

  private final boolean isOfLogits;
  private final ColumnType type;
  private final boolean givesVector;
  private transient MapCache maps;

  /**
   * A calibration of such rows.
   *
   * @param isOfLogits whether predictions are logits; else they are probabilities
   * @param type how they are read
   * @param givesVector whether the result is an MLlib Vector; else an array of doubles
   */
  Calibration(boolean isOfLogits, ColumnType type, boolean givesVector) {
    this.isOfLogits = isOfLogits;
    this.type = type;
    this.givesVector = givesVector;
  }

  boolean givesVector() {
    return givesVector;
  }

  /** The name of the function. */
  String function() {
    return isOfLogits ? "calibrate" : "calibrate_probabilities";
  }

  /** The calibrated probabilities as Spark holds them; null where there are none. */
  public Object value(byte[] model, Object predictions) {
    Optional<double[]> given = type.doubles(predictions);
    if (given.isEmpty()) {
      return null;
    }
    ClassMap map = map(model);
    Optional<double[]> calibrated;
    try {
      calibrated = isOfLogits ? map.ofLogits(given.get()) : map.ofProbabilities(given.get());
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(
          new IllegalArgumentException(function() + ": " + e.getMessage(), e));
    }
    if (calibrated.isEmpty()) {
      return null;
    }
    return givesVector
        ? ColumnType.dense(calibrated.get())
        : UnsafeArrayData.fromPrimitiveArray(calibrated.get());
  }

  private ClassMap map(byte[] model) {
    if (maps == null) {
      maps = new MapCache();
    }
    try {
      return maps.map(model);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.of(
          new IllegalArgumentException(function() + ": " + e.getMessage() + REMEDY, e));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that
        && isOfLogits == that.isOfLogits
        && type == that.type
        && givesVector == that.givesVector;
  }

  @Override
  public int hashCode() {
    return Objects.hash(isOfLogits, type, givesVector);
  }
}
