// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.sparklosses.testing.PythonText;

/** Modules of {@code sparklosses.ml}, from the Params of the stages and evaluators. */
final class PythonStages {

  private final StringBuilder text = new StringBuilder();
  private final List<String> names = new ArrayList<>();

  /**
   * A class of Python.
   *
   * @param base what it extends
   * @param stage an instance of the class of Java
   * @param model the name of the model that an estimator fits; empty of others
   * @param direction what says whether larger is better, of an evaluator; empty of others
   * @param summary what it does
   */
  record Stage(String base, Params stage, String model, String direction, String summary) {

    static Stage evaluator(Params stage, String direction, String summary) {
      return new Stage("Evaluator", stage, "", direction, summary);
    }

    static Stage estimator(Params stage, String summary) {
      String model = stage.getClass().getSimpleName() + "Model";
      return new Stage("Estimator[" + model + "]", stage, model, "", summary);
    }

    static Stage model(String base, Params stage, String summary) {
      return new Stage(base, stage, "", "", summary);
    }

    String name() {
      return stage.getClass().getSimpleName();
    }

    boolean isModel() {
      return name().endsWith("Model");
    }

    List<Param<?>> params() {
      return Arrays.asList(stage.params());
    }

    /** Whether users set it: of models those that Java has a method for. */
    boolean isSettable(Param<?> param) {
      return !isModel()
          || Arrays.stream(stage.getClass().getMethods())
              .anyMatch(method -> method.getName().equals("set" + capital(param)));
    }
  }

  private PythonStages() {}

  /** A module of classes in an order in which each is after those that it names. */
  static String module(String summary, List<String> imports, List<Stage> stages) {
    PythonStages module = new PythonStages();
    for (Stage stage : stages) {
      module.names.add(stage.name());
      module.write(stage);
    }
    StringBuilder head = new StringBuilder();
    head.append("# SPDX-License-Identifier: Apache-2.0\n");
    head.append("# Written from the Params of Java by PythonStagesTest; not to be edited.\n");
    head.append("# ruff: noqa: E501\n");
    head.append("\"\"\"").append(summary).append("\"\"\"\n\n");
    head.append("from __future__ import annotations\n\n");
    if (stages.stream().anyMatch(stage -> !stage.model().isEmpty())) {
      head.append("from typing import Any\n\n");
    }
    if (stages.stream().anyMatch(stage -> !stage.isModel())) {
      head.append("from pyspark import keyword_only\n");
    }
    head.append("from pyspark.ml.param import Param, Params, TypeConverters\n\n");
    imports.forEach(line -> head.append(line).append('\n'));
    head.append('\n');
    List<String> quoted = module.names.stream().sorted().map(n -> "\"" + n + "\"").toList();
    head.append(PythonText.bracketed(0, "__all__ = [", quoted, "]"));
    return head.append(module.text).toString();
  }

  private void write(Stage stage) {
    text.append("\n\nclass ").append(stage.name()).append('(').append(stage.base()).append("):\n");
    text.append(PythonText.wrapped("\"\"\"" + stage.summary() + "\"\"\"", 4)).append('\n');
    stage.params().forEach(param -> text.append(declaration(param)));
    if (!stage.isModel()) {
      constructor(stage);
    } else {
      text.append(defaults(stage));
    }
    for (Param<?> param : stage.params()) {
      if (stage.isSettable(param)) {
        setter(stage, param);
      }
      if (!(stage.stage() instanceof ConformalModel<?> && param.name().equals("alpha"))) {
        getter(param);
      }
    }
    if (!stage.direction().isEmpty()) {
      text.append("\n    def isLargerBetter(self) -> bool:\n");
      text.append("        \"\"\"Whether the largest value is the best.\"\"\"\n");
      text.append("        return ").append(stage.direction()).append('\n');
    }
    if (!stage.model().isEmpty()) {
      text.append("\n    def _create_model(self, java_model: Any) -> ").append(stage.model());
      text.append(":\n        return ").append(stage.model()).append("(java_model)\n");
    }
  }

  private static String declaration(Param<?> param) {
    return "    "
        + param.name()
        + ": Param["
        + hint(param)
        + "] = Param(\n        Params._dummy(),\n        \""
        + param.name()
        + "\",\n        \""
        + param.doc()
        + "\",\n        TypeConverters."
        + converter(param)
        + ",\n    )\n";
  }

  private void constructor(Stage stage) {
    List<String> keywords = new ArrayList<>(List.of("self", "*"));
    for (Param<?> param : stage.params()) {
      keywords.add(param.name() + ": " + hint(param) + " | None = None");
    }
    text.append("\n    @keyword_only\n");
    text.append(PythonText.bracketed(4, "def __init__(", keywords, ") -> None:"));
    text.append("        super().__init__()\n");
    text.append("        self._start(\"").append(stage.name()).append("\")\n");
    text.append("        self._set_defaults()\n");
    text.append("        self._set(**self._input_kwargs)\n");
    text.append(defaults(stage));
    text.append("\n    @keyword_only\n");
    text.append(PythonText.bracketed(4, "def setParams(", keywords, ") -> " + stage.name() + ":"));
    text.append("        \"\"\"Sets those that are given.\"\"\"\n");
    text.append("        self._set(**self._input_kwargs)\n        return self\n");
  }

  private static String defaults(Stage stage) {
    StringBuilder out = new StringBuilder("\n    def _set_defaults(self) -> None:\n");
    List<String> values = new ArrayList<>();
    for (Param<?> param : stage.params()) {
      if (stage.stage().hasDefault(param)) {
        values.add(param.name() + "=" + literal(stage.stage().getDefault(param).get()));
      }
    }
    return values.isEmpty()
        ? ""
        : out.append(PythonText.bracketed(8, "self._setDefault(", values, ")")).toString();
  }

  private void setter(Stage stage, Param<?> param) {
    text.append("\n    def set").append(capital(param)).append("(self, value: ");
    text.append(hint(param)).append(") -> ").append(stage.name()).append(":\n");
    text.append(PythonText.wrapped("\"\"\"Sets the " + param.doc() + ".\"\"\"", 8));
    text.append("        self._set(").append(param.name()).append("=value)\n");
    text.append("        return self\n");
  }

  private void getter(Param<?> param) {
    text.append("\n    def get").append(capital(param)).append("(self) -> ").append(hint(param));
    text.append(":\n");
    text.append(PythonText.wrapped("\"\"\"The " + param.doc() + ".\"\"\"", 8));
    text.append("        return self.getOrDefault(self.").append(param.name()).append(")\n");
  }

  private static String capital(Param<?> param) {
    return param.name().substring(0, 1).toUpperCase(Locale.ROOT) + param.name().substring(1);
  }

  private static String hint(Param<?> param) {
    if (param instanceof IntParam || param instanceof LongParam) {
      return "int";
    }
    if (param instanceof DoubleParam) {
      return "float";
    }
    if (param instanceof BooleanParam) {
      return "bool";
    }
    if (param instanceof DoubleArrayParam) {
      return "list[float]";
    }
    if (param instanceof DoubleArrayArrayParam) {
      return "list[list[float]]";
    }
    return param instanceof StringArrayParam ? "list[str]" : "str";
  }

  private static String converter(Param<?> param) {
    return switch (hint(param)) {
      case "int" -> "toInt";
      case "float" -> "toFloat";
      case "bool" -> "toBoolean";
      case "list[float]" -> "toListFloat";
      case "list[list[float]]" -> "toListListFloat";
      case "list[str]" -> "toListString";
      default -> "toString";
    };
  }

  private static String literal(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof double[] numbers) {
      return Arrays.toString(numbers);
    }
    if (value instanceof String[] words) {
      return Arrays.stream(words)
          .map(word -> "\"" + word + "\"")
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value instanceof String word ? "\"" + word + "\"" : value.toString();
  }
}
