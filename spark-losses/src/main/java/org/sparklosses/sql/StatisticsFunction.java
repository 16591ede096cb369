// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparklosses.function.BoundFunction;

/** A function that reads only the statistics. Public because generated code calls it. */
public final class StatisticsFunction implements Serializable {

  private static final long serialVersionUID = 1;

  private final BoundFunction function;

  StatisticsFunction(BoundFunction function) {
    this.function = function;
  }

  BoundFunction function() {
    return function;
  }

  /**
   * Whether the row has a value: its label is neither NULL nor ignored.
   *
   * @throws IllegalArgumentException when the label is no class index
   */
  public boolean hasValue(InternalRow statistics) {
    if (!function.readsLabel()) {
      return true;
    }
    StatisticsRow row = StatisticsRow.of(statistics);
    if (function.takesEveryClass() && row.isLabelClass()) {
      return true;
    }
    int label = row.statistics().label();
    if (row.isLabelNull() || function.ignores(label)) {
      return false;
    }
    try {
      function.checkLabel(label, row.statistics().classes());
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
    return true;
  }

  /** The value of a row that has one. */
  public double value(InternalRow statistics) {
    try {
      return function.apply(StatisticsRow.of(statistics).statistics());
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }
}
