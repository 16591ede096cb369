// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Parameter;

/** A call as SQL text: what a column is named without an alias. */
final class CallText {

  private CallText() {}

  /** The columns, then the settings that differ from their defaults. */
  static String of(BoundFunction function, List<Expression> columns) {
    List<String> parts = new ArrayList<>();
    columns.forEach(column -> parts.add(column.sql()));
    for (Parameter setting : function.function().settings()) {
      Object value = function.settings().get(setting.name());
      if (value != null && !value.equals(setting.defaultValue())) {
        parts.add(setting.name() + " => " + text(value));
      }
    }
    return function.name() + "(" + String.join(", ", parts) + ")";
  }

  private static String text(Object value) {
    if (value instanceof List<?> entries) {
      List<String> parts = new ArrayList<>();
      entries.forEach(entry -> parts.add(entry == null ? "NULL" : entry.toString()));
      return "array(" + String.join(", ", parts) + ")";
    }
    return value instanceof String ? "'" + value + "'" : value.toString();
  }
}
