package org.sparklosses.forecast;

import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.sparklosses.regression.ForecastKind;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.RowSpec;

/**
 * What is evaluated, as it travels to the executors.
 *
 * @param kind what the forecasts are
 * @param rows the columns of the table
 */
record ForecastSpec(ForecastKind kind, RowSpec rows) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Forecasts of a kind, of numbers in a column named "label". */
  static ForecastSpec of(ForecastKind kind) {
    return new ForecastSpec(kind, RowSpec.of(String.join("', '", kind.columns())));
  }

  ForecastSpec withRows(UnaryOperator<RowSpec> change) {
    return new ForecastSpec(kind, change.apply(rows));
  }

  /** The groups of no rows. */
  GroupBuffer<ForecastGroup> newGroups() {
    return new GroupBuffer<>(rows, rows.groupings(), 0, (declaration, key) -> newGroup());
  }

  /** A group of no rows. */
  ForecastGroup newGroup() {
    return new ForecastGroup(kind.newState());
  }
}
