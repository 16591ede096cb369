// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.metric.ColumnsMean;
import org.sparklosses.table.InputColumns;

/** The functions of columns whose means are evaluated, and the columns that only they read. */
final class FunctionColumns {

  private FunctionColumns() {}

  /** The columns that functions read by name, in order of their first use. */
  static List<String> of(EvaluationSpec spec) {
    return spec.columnsMeans().stream()
        .flatMap(mean -> mean.columns().values().stream())
        .filter(column -> !column.isEmpty())
        .distinct()
        .toList();
  }

  /** What column {@code i} of {@link #of} is called among those that are read. */
  static String name(int i) {
    return "_function_" + i;
  }

  /**
   * The functions, as SQL over the columns that {@link InputColumns#select} and {@link #of} name.
   *
   * @throws IllegalArgumentException if one would read logits where there are only probabilities
   */
  static List<String> functions(EvaluationSpec spec) {
    List<String> columns = of(spec);
    List<String> functions = new ArrayList<>();
    for (ColumnsMean mean : spec.columnsMeans()) {
      if (mean.hasOwnLogits() && !spec.input().kind().isLogits()) {
        throw new IllegalArgumentException(
            "metric '%s' needs logits, but the evaluation reads probabilities; name its columns"
                .formatted(mean.function().name()));
      }
      List<String> arguments = new ArrayList<>();
      for (Parameter parameter : mean.function().function().columns()) {
        String column = mean.columns().get(parameter.name());
        int own = ColumnsMean.isLabel(parameter) ? InputColumns.LABEL : InputColumns.PREDICTIONS;
        arguments.add(column.isEmpty() ? InputColumns.name(own) : name(columns.indexOf(column)));
      }
      functions.add(mean.sql(arguments));
    }
    return functions;
  }

  /** The names of the functions' values in a row, in the order of {@link #functions}. */
  static List<String> values(EvaluationSpec spec) {
    return spec.columnsMeans().stream().map(ColumnsMean::name).toList();
  }
}
