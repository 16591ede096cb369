// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.function.ParameterType;

/**
 * The weighted mean of a function of a row that reads columns of the table by name, as {@code
 * kd_loss(teacher_logits=teacher)} does. As with SQL's {@code avg}, rows for which the function is
 * NULL do not count; NaN without rows.
 *
 * @param function with its settings
 * @param columns the function's columns in the order of its signature, each with its name in the
 *     table, or with nothing where the evaluation's own logits or label are meant
 */
public record ColumnsMean(BoundFunction function, Map<String, String> columns)
    implements Component<ColumnsMean.State> {

  /** Copies the map, keeping its order. */
  public ColumnsMean {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /**
   * Of the columns that are named.
   *
   * @throws IllegalArgumentException if one is not that the evaluation does not have
   */
  static ColumnsMean of(BoundFunction function, Map<String, String> named) {
    Map<String, String> columns = new LinkedHashMap<>();
    List<Parameter> parameters = function.function().columns();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      String name = named.getOrDefault(parameter.name(), "");
      if (name.isEmpty() && !isLabel(parameter) && !(i == 0 && isLogits(parameter))) {
        throw ParameterErrors.missing(
            function.name(),
            parameter.name(),
            "name its column: %s(%s=COLUMN)".formatted(function.name(), parameter.name()));
      }
      columns.put(parameter.name(), name);
    }
    return new ColumnsMean(function, columns);
  }

  /** Whether a parameter is the evaluation's label if no column is named. */
  public static boolean isLabel(Parameter parameter) {
    return parameter.type() == ParameterType.LABEL || parameter.type() == ParameterType.TARGET;
  }

  private static boolean isLogits(Parameter parameter) {
    return parameter.name().equals("logits") || parameter.name().equals("student_logits");
  }

  /** Whether it reads the evaluation's own logits. */
  public boolean hasOwnLogits() {
    Parameter first = function.function().columns().get(0);
    return columns.get(first.name()).isEmpty() && !isLabel(first);
  }

  /** What tells it from others. */
  public String name() {
    return function.toString() + columns;
  }

  /**
   * The function's value as a SQL expression of type DOUBLE.
   *
   * @param arguments the columns in the order of the signature, in SQL
   */
  public String sql(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    function.settings().values().forEach(value -> all.add(literal(value)));
    return "CAST(" + function.name() + "(" + String.join(", ", all) + ") AS DOUBLE)";
  }

  private static String literal(Object value) {
    if (value instanceof Double number) {
      return Double.isFinite(number) ? number + "D" : "double('" + number + "')";
    }
    if (value instanceof List<?> entries) {
      List<String> literals = new ArrayList<>();
      entries.forEach(entry -> literals.add(literal(entry)));
      return "CAST(array(" + String.join(", ", literals) + ") AS ARRAY<DOUBLE>)";
    }
    return value instanceof String word ? "'" + word + "'" : String.valueOf(value);
  }

  @Override
  public String description() {
    return "mean of " + function.name() + " of columns";
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(name());
  }

  /** The exact sums of weight times value, and of the weights of the rows that have a value. */
  public static final class State implements ComponentState<State> {

    private final String name;
    private ExactSums sums = new ExactSums(2);

    State(String name) {
      this.name = name;
    }

    double mean() {
      return sums.value(0) / sums.value(1);
    }

    @Override
    public void add(PredictionRow row) {
      Double value = row.value(name);
      if (value != null) {
        sums.add(0, row.weight() * value);
        sums.add(1, row.weight());
      }
    }

    @Override
    public void merge(State other) {
      sums.merge(other.sums);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      sums.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      sums = ExactSums.read(2, in);
    }
  }
}
