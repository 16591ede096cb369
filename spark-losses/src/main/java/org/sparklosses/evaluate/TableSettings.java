// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.function.ParameterText;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.table.InputTypes;

/**
 * Settings of functions that come from a table of one row.
 *
 * @param texts setting to value as {@link ParameterText} writes it
 */
record TableSettings(Map<String, String> texts) {

  /**
   * Reads the row.
   *
   * @throws IllegalArgumentException if there is not one, or a value is no number or array of them
   */
  static TableSettings of(Dataset<?> table) {
    List<Row> rows =
        table
            .select(
                List.of(table.schema().fields()).stream()
                    .map(TableSettings::numbers)
                    .toArray(Column[]::new))
            .limit(2)
            .collectAsList();
    if (rows.size() != 1) {
      throw new IllegalArgumentException(
          "settings come from a table of one row; this one has "
              + (rows.isEmpty() ? "none" : "more"));
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (StructField field : rows.get(0).schema().fields()) {
      List<Double> numbers = rows.get(0).getList(rows.get(0).fieldIndex(field.name()));
      if (numbers == null || numbers.isEmpty()) {
        throw new IllegalArgumentException(
            "settings: %s is NULL or empty; give it a value, or leave out the column"
                .formatted(field.name()));
      }
      texts.put(field.name(), ParameterText.of(numbers));
    }
    return new TableSettings(texts);
  }

  /** A column as an array of numbers. */
  private static Column numbers(StructField field) {
    DataType type = field.dataType();
    if (!InputTypes.isNumber(type) && !InputTypes.isArrayOfNumbers(type)) {
      throw ParameterErrors.typeNotAllowed(
          "settings",
          field.name(),
          InputTypes.name(type),
          "a number or an array of numbers" + InputTypes.remedy(type));
    }
    Column column = functions.col("`" + field.name().replace("`", "``") + "`");
    return (type instanceof ArrayType ? column : functions.array(column))
        .cast(DataTypes.createArrayType(DataTypes.DoubleType))
        .as(field.name());
  }

  /**
   * Metrics with the settings that they take and do not have.
   *
   * @throws IllegalArgumentException if no metric takes one of them
   */
  List<MetricSpec> given(List<MetricSpec> metrics) {
    List<MetricSpec> given = new ArrayList<>(metrics);
    texts.forEach(
        (name, text) -> {
          boolean isTaken = false;
          for (int i = 0; i < given.size(); i++) {
            if (takes(given.get(i), name)) {
              given.set(i, given.get(i).with(name, text));
              isTaken = true;
            }
          }
          if (!isTaken) {
            throw new IllegalArgumentException(
                "settings: no metric takes '%s' without having it: %s".formatted(name, metrics));
          }
        });
    return given;
  }

  private static boolean takes(MetricSpec metric, String setting) {
    return !metric.parameters().containsKey(setting)
        && Metrics.find(metric.name()).isEmpty()
        && RowFunctions.find(metric.name()).stream()
            .flatMap(function -> function.settings().stream())
            .map(Parameter::name)
            .anyMatch(setting::equals);
  }
}
