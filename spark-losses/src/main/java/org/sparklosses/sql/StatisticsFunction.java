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
    if (statistics.isNullAt(StatisticsRow.LABEL)) {
      return false;
    }
    int label = statistics.getInt(StatisticsRow.LABEL);
    if (function.ignores(label)) {
      return false;
    }
    function.checkLabel(label, statistics.getInt(StatisticsRow.CLASSES));
    return true;
  }

  /** The value of a row that has one. */
  public double value(InternalRow statistics) {
    return function.apply(StatisticsRow.read(statistics));
  }
}
