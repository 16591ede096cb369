// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;

/** Calls of every function of a row on one table, with settings that are not the defaults. */
final class FunctionCalls {

  static final String TABLE =
      """
      SELECT id, label, w,
             transform(sequence(0, 3), c -> 3 * sin(id * 7 + c * 3)) AS z,
             transform(sequence(0, 3), c -> 2 * cos(id * 5 + c * 2)) AS teacher,
             array(0.1 + u / 2, 0.2, 0.3, 0.4 - u / 2) AS p,
             array(0.4, 0.3, 0.2, 0.1) AS q,
             array(0D, 1D, 0D, 1D) AS several,
             array(array(u, 1, 0, -1), array(1D, -u, u, 2D)) AS many,
             u, -u AS minus, 3 * sin(id) AS logit, CAST(u > 0.4 AS INT) AS yes
      FROM (SELECT id, IF(id = 7, NULL, CAST(id % 4 AS INT)) AS label, 1 + id % 5 AS w,
                   (id % 8) / 10D AS u FROM range(0, 20, 1, 2))
      """;

  /** What functions require. */
  private static final Map<String, Object> REQUIRED =
      Map.ofEntries(
          Map.entry("alpha", 0.5),
          Map.entry("gamma", 2.0),
          Map.entry("epsilons", List.of(1.0, 0.5)),
          Map.entry("n", 3),
          Map.entry("class_counts", List.of(40.0, 30.0, 20.0, 10.0)),
          Map.entry("prior", List.of(0.4, 0.3, 0.2, 0.1)),
          Map.entry("min_value", 0.0),
          Map.entry("max_value", 1.0),
          Map.entry("part", "mutual_information"),
          Map.entry("keep_rate", 0.5),
          Map.entry("beta", 0.75),
          Map.entry("scale", List.of(1.0, 0.5, 0.75, 1.25)),
          Map.entry("bias", List.of(0.0, 0.5, -0.5, 0.25)),
          Map.entry("matrix", DoubleStream.iterate(0.5, x -> -x * 0.75).limit(16).boxed().toList()),
          Map.entry("a", 0.75),
          Map.entry("b", 1.25),
          Map.entry("c", -0.5),
          Map.entry("slope", 0.75),
          Map.entry("intercept", -0.5),
          Map.entry("temperature", 2.0));

  private FunctionCalls() {}

  /**
   * A call.
   *
   * @param function its name
   * @param columns by place
   * @param settings by name
   */
  record Call(String function, List<String> columns, Map<String, Object> settings) {

    String sql() {
      Stream<String> named =
          settings.entrySet().stream().map(s -> s.getKey() + " => " + literal(s.getValue()));
      return Stream.concat(columns.stream(), named)
          .collect(Collectors.joining(", ", function + "(", ")"));
    }

    private static String literal(Object value) {
      if (value instanceof List<?> entries) {
        return entries.stream().map(Call::literal).collect(Collectors.joining(", ", "array(", ")"));
      }
      if (value instanceof String word) {
        return "'" + word + "'";
      }
      return value instanceof Double number ? number + "D" : String.valueOf(value);
    }
  }

  /**
   * Every function with what it requires alone, with the last setting that it does not require, so
   * that those before have to be filled, and with all settings.
   */
  static List<Call> all() {
    List<Call> calls = new ArrayList<>();
    for (RowFunction function : RowFunctions.all()) {
      List<String> columns = function.columns().stream().map(p -> column(function, p)).toList();
      Map<String, Object> required = new LinkedHashMap<>();
      for (Parameter setting : function.settings()) {
        if (setting.required()) {
          required.put(setting.name(), required(function, setting));
        }
      }
      calls.add(new Call(function.name(), columns, required));
      Map<String, Object> all = new LinkedHashMap<>(required);
      Map<String, Object> last = new LinkedHashMap<>();
      for (Parameter setting : function.settings()) {
        if (!setting.required()) {
          Object value = value(function, setting, required);
          all.put(setting.name(), value);
          last = new LinkedHashMap<>(required);
          last.put(setting.name(), value);
        }
      }
      if (all.size() > required.size()) {
        calls.add(new Call(function.name(), columns, last));
        function.bind(all);
        calls.add(new Call(function.name(), columns, all));
      }
    }
    return calls;
  }

  private static String column(RowFunction function, Parameter parameter) {
    return switch (parameter.name()) {
      case "logits", "student_logits" -> "z";
      case "label" -> function.name().startsWith("binary") ? "yes" : "label";
      case "targets" -> "several";
      case "p", "distances" -> "p";
      case "q" -> parameter.type() == ParameterType.DOUBLE ? "u" : "q";
      case "log_prob" -> "minus";
      case "logit" -> "logit";
      case "sigma" -> "w";
      default ->
          switch (parameter.type()) {
            case MATRIX -> "many";
            case LOGITS -> function.name().equals("nll_loss") ? "z" : "teacher";
            case LABEL, TARGET -> "label";
            default -> "u";
          };
    };
  }

  private static Object required(RowFunction function, Parameter setting) {
    return switch (setting.name()) {
      case "values" ->
          function.name().startsWith("ntl")
              ? java.util.Arrays.asList(1.0, 2.0, null, 4.0)
              : List.of(0.0, 0.25, 0.5, 1.0);
      case "trained" ->
          setting.type() == ParameterType.ARRAY ? List.of(4.0, 3.0, 2.0, 1.0) : (Object) 0.5;
      case "actual" ->
          setting.type() == ParameterType.ARRAY ? List.of(1.0, 1.0, 2.0, 2.0) : (Object) 0.25;
      default -> REQUIRED.get(setting.name());
    };
  }

  /** One that is not the default, if the function takes it. */
  private static Object value(RowFunction function, Parameter setting, Map<String, Object> others) {
    return candidates(setting)
        .filter(value -> isTaken(function, setting, value, others))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(function.name() + " " + setting.signature()));
  }

  private static boolean isTaken(
      RowFunction function, Parameter setting, Object value, Map<String, Object> others) {
    Map<String, Object> settings = new LinkedHashMap<>(others);
    settings.put(setting.name(), value);
    try {
      function.bind(settings);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Stream<Object> candidates(Parameter setting) {
    Object byDefault = setting.defaultValue();
    return switch (setting.type()) {
      case DOUBLE -> {
        double x = byDefault == null ? 0.5 : (Double) byDefault;
        yield Stream.of(x * 0.75 + 0.03125, x * 1.25, x + 1, x / 2, x);
      }
      case INT -> Stream.of((Integer) byDefault + 1, (Integer) byDefault - 1, byDefault);
      case BOOLEAN -> Stream.of(!(Boolean) byDefault);
      case STRING -> {
        String[] words = setting.allowed().split(" \\| ", -1);
        yield Stream.of(words[words.length - 1]);
      }
      default -> Stream.of(List.of(1.0, 0.5, 0.25, 2.0));
    };
  }
}
