// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.testing.PythonText;

/** The module {@code sparklosses.functions}, from the definitions of the functions. */
final class PythonFunctions {

  private static final String HEAD =
      """
      # SPDX-License-Identifier: Apache-2.0
      # Written from the definitions of the functions by PythonFunctionsTest; not to be edited.
      # ruff: noqa: E501
      \"""The functions of spark-losses for DataFrames, one for each function of SQL.

      They call the functions of the session by name, so that they work on classic Spark and on Spark
      Connect alike. Columns are given by name or as a Column. Settings are keywords: constants of the
      query, numbers, words, truth values, or lists of numbers; one that is left out or None has its
      default. A setting that is not allowed is refused when the query is analysed, in the words of SQL.

      A row whose logits or label are NULL gives NULL, and so does the label -100.
      \"""

      from __future__ import annotations

      from typing import Iterable, Mapping

      from pyspark.sql import Column

      from sparklosses._call import ColumnOrName, call, call_given, options_text, text

      """;

  /** What the arguments of the functions of states hold. */
  private static final Map<String, String> OF_STATES =
      Map.ofEntries(
          Map.entry("predictions", "one number a class: logits unless options say otherwise"),
          Map.entry("label", "the class index, from 0"),
          Map.entry("weight", "the weight of the row; every row weighs 1 if not given"),
          Map.entry("state", "BINARY: what evaluation_state gave"),
          Map.entry("value", "a number"),
          Map.entry("scores", "one number a label"),
          Map.entry("targets", "0 or 1 a label"),
          Map.entry("metric", "name or name(parameter=value, ...)"),
          Map.entry("part", "the part of a metric that has several; the first by default"),
          Map.entry("method", "the name of the method of calibration"),
          Map.entry("model", "BINARY: the bytes of a fitted calibrator"),
          Map.entry("logits", "unnormalised scores, one a class"),
          Map.entry(
              "options",
              "key=value separated by semicolons, or a dict of them, whose lists are joined by"
                  + " commas; docs/sql.md lists them"),
          Map.entry("probabilities", "one probability a class"));

  private static final List<String> TEXTS = List.of("options", "metric", "part", "method");

  private PythonFunctions() {}

  /** The whole module. */
  static String module() {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(names());
    for (RowFunction function : RowFunctions.all()) {
      text.append("\n\n").append(of(function));
      for (String alias : function.aliases()) {
        text.append("\n\n").append(alias).append(" = ").append(function.name()).append('\n');
      }
    }
    for (StateFunction function : StateFunction.values()) {
      text.append("\n\n").append(of(function));
    }
    return text.toString();
  }

  private static String names() {
    TreeSet<String> names = new TreeSet<>();
    SqlFunction.ALL.forEach(function -> names.add(function.identifier().funcName()));
    StringBuilder text = new StringBuilder("__all__ = [\n");
    names.forEach(name -> text.append("    \"").append(name).append("\",\n"));
    return text.append("]\n").toString();
  }

  private static String of(RowFunction function) {
    List<String> signature = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    List<String> settings = new ArrayList<>();
    for (Parameter column : function.columns()) {
      signature.add(PythonText.name(column.name()) + ": ColumnOrName");
      columns.add(PythonText.name(column.name()));
    }
    if (!function.settings().isEmpty()) {
      signature.add("*");
    }
    for (Parameter setting : function.settings()) {
      String name = PythonText.name(setting.name());
      signature.add(name + ": " + hint(setting) + (setting.required() ? "" : " | None = None"));
      settings.add(name);
    }
    StringBuilder text = new StringBuilder();
    text.append(PythonText.bracketed(0, "def " + function.name() + "(", signature, ") -> Column:"));
    text.append(docstring(function));
    List<String> arguments = new ArrayList<>();
    arguments.add("\"" + function.name() + "\"");
    arguments.add("[" + String.join(", ", columns) + "]");
    arguments.add("[" + String.join(", ", settings) + "]");
    text.append(PythonText.bracketed(4, "return call(", arguments, ")"));
    return text.toString();
  }

  private static String hint(Parameter setting) {
    return switch (setting.type()) {
      case DOUBLE -> "float";
      case INT -> "int";
      case BOOLEAN -> "bool";
      case STRING -> "str";
      case ARRAY -> "Iterable[float]";
      case NULLABLE_ARRAY -> "Iterable[float | None]";
      case LOGITS, LABEL, TARGET, MATRIX -> throw new IllegalStateException(setting.signature());
    };
  }

  private static String docstring(RowFunction function) {
    StringBuilder text = new StringBuilder();
    text.append(PythonText.wrapped("\"\"\"" + function.summary(), 4));
    text.append("\n    Parameters\n    ----------\n");
    for (Parameter parameter : function.parameters()) {
      text.append(PythonText.wrapped(declared(parameter), 4, 8));
      text.append(PythonText.wrapped(parameter.meaning() + allowed(parameter), 8));
    }
    text.append("\n    Returns\n    -------\n    Column of ").append(function.result().sql());
    text.append('\n').append(PythonText.wrapped(function.range(), 8));
    text.append("\n    Notes\n    -----\n");
    text.append(PythonText.wrapped("Formula: " + function.formula(), 4, 8));
    text.append(PythonText.wrapped("Source: " + function.source(), 4, 8));
    text.append("\n    Examples\n    --------\n");
    text.append(PythonText.wrapped("In SQL: " + function.example(), 4, 8));
    return text.append("    \"\"\"\n").toString();
  }

  private static String declared(Parameter parameter) {
    String name = PythonText.name(parameter.name());
    if (parameter.column()) {
      return name + " : column of " + parameter.type().sql();
    }
    if (parameter.required()) {
      return name + " : " + hint(parameter);
    }
    return name + " : " + hint(parameter) + ", default " + value(parameter.defaultValue());
  }

  private static String value(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    return value == null
        ? "None"
        : value instanceof String ? "\"" + value + "\"" : value.toString();
  }

  private static String allowed(Parameter parameter) {
    boolean isPlain = parameter.column() || parameter.type() == ParameterType.BOOLEAN;
    return isPlain ? "" : "; allowed: " + parameter.allowed();
  }

  private static String of(StateFunction function) {
    List<String> signature = new ArrayList<>();
    List<String> given = new ArrayList<>();
    StringBuilder parameters = new StringBuilder();
    String[] described = function.description().split(" - ", 2);
    String list = described[0].substring(described[0].indexOf('(') + 1, described[0].length() - 1);
    for (String part : list.split(",", -1)) {
      String name = part.replaceAll("[\\[\\] ]", "");
      boolean isOptional = part.contains("]");
      boolean isText = TEXTS.contains(name);
      boolean isOptions = name.equals("options");
      String hint = isOptions ? "str | Mapping[str, object]" : isText ? "str" : "ColumnOrName";
      signature.add(name + ": " + hint + (isOptional ? " | None = None" : ""));
      given.add(isOptions ? "options_text(options)" : isText ? "text(" + name + ")" : name);
      parameters.append(
          PythonText.wrapped(
              name
                  + " : "
                  + (isOptions ? "str or dict" : isText ? "str" : "column")
                  + (isOptional ? ", optional" : ""),
              4,
              8));
      parameters.append(PythonText.wrapped(OF_STATES.get(name), 8));
    }
    StringBuilder text = new StringBuilder();
    text.append(
        PythonText.bracketed(0, "def " + function.sqlName() + "(", signature, ") -> Column:"));
    text.append(PythonText.wrapped("\"\"\"" + described[1], 4));
    text.append("\n    Parameters\n    ----------\n").append(parameters);
    text.append("\n    Examples\n    --------\n");
    String example = function.info().getExamples();
    text.append(
        PythonText.wrapped(
            "In SQL: " + example.substring(example.indexOf("SELECT"), example.lastIndexOf(';')),
            4,
            8));
    text.append("    \"\"\"\n");
    List<String> arguments =
        Stream.concat(Stream.of("\"" + function.sqlName() + "\""), given.stream()).toList();
    return text.append(PythonText.bracketed(4, "return call_given(", arguments, ")")).toString();
  }
}
