// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;
import org.sparklosses.evaluate.EvaluationState;

/** What a function of SQL reads off a state. Public because generated code calls it. */
public interface StateReading extends Serializable {

  /** The name of the function. */
  String function();

  /** The type of its value. */
  DataType type();

  /** The value as Spark keeps it; null for a state of no rows. */
  Object value(EvaluationState state);
}
