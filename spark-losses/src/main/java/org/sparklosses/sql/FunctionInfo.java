// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.RowFunction;

/** What {@code DESCRIBE FUNCTION EXTENDED} shows. */
final class FunctionInfo {

  private FunctionInfo() {}

  static ExpressionInfo of(String name, RowFunction function) {
    return new ExpressionInfo(
        RowFunction.class.getName(),
        null,
        name,
        function.signature() + " - " + function.summary(),
        arguments(function),
        "\n    Examples:\n      > SELECT " + function.example() + ";\n  ",
        note(function),
        "misc_funcs",
        "0.1.0",
        "",
        "java_udf");
  }

  private static String arguments(RowFunction function) {
    StringBuilder text = new StringBuilder("\n    Arguments:\n");
    for (Parameter parameter : function.parameters()) {
      text.append(
          String.format(
              Locale.ROOT, "      * %s - %s", parameter.signature(), parameter.meaning()));
      if (!parameter.column()) {
        text.append("; allowed: ").append(parameter.allowed());
      }
      text.append('\n');
    }
    return text.append("  ").toString();
  }

  private static String note(RowFunction function) {
    return "\n    Formula: "
        + function.formula()
        + "\n    Range: "
        + function.range()
        + "\n    Source: "
        + function.source()
        + "\n  ";
  }
}
