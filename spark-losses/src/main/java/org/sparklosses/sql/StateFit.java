// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.family.LogitTable;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.evaluate.EvaluationState;

/**
 * Fits a calibrator of two classes from a state, for SQL and for the stage of MLlib; no row is
 * read.
 *
 * @param method the name of the method
 */
public record StateFit(String method) implements StateReading {

  private static final long serialVersionUID = 1L;

  /** Checks that there is such a method. */
  public StateFit {
    ClassCalibrators.named(method);
  }

  @Override
  public String function() {
    return "fit_calibrator";
  }

  @Override
  public DataType type() {
    return DataTypes.BinaryType;
  }

  /** The map as bytes; null for a state of no rows. */
  @Override
  public byte[] value(EvaluationState state) {
    try {
      return state.ledger().rowsEvaluated() == 0 ? null : of(state).map().toBytes();
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.of(e);
    }
  }

  /**
   * The fit.
   *
   * @throws IllegalArgumentException if the state keeps too little or no row, is not of two
   *     classes, or the method is none of two classes
   */
  public ClassFit of(EvaluationState state) {
    LogitTable table = new LogitTable();
    if (!state.has(table)) {
      throw new IllegalArgumentException(
          "the state keeps no table of logits; have it built for the metric recalibration_gain too:"
              + " option 'metrics=...,recalibration_gain' of evaluation_state");
    }
    if (state.classes() > 2) {
      throw new IllegalArgumentException(
          "the state is of %d classes; from a state calibrators of 2 classes are fitted"
              .formatted(state.classes()));
    }
    return ClassCalibrators.fit(method, BinaryTable.of(state.get(table).cells()));
  }
}
