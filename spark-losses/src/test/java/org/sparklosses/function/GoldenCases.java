// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/** The expected values of the losses, computed with 400 digits from their formulas. */
public final class GoldenCases {

  private static final Set<String> SPECIAL = Set.of("NaN", "Infinity", "-Infinity");

  private static final JsonNode ITEMS = read().get("items");

  private GoldenCases() {}

  /**
   * One case.
   *
   * @param arguments by parameter name: double[], List of Double where an entry is null,
   *     double[][], Double, Boolean, String or null
   * @param expected double[], Double, or null for NULL
   * @param fails whether it must be refused instead
   */
  public record Case(
      String function, String name, Map<String, Object> arguments, Object expected, boolean fails) {

    /** The same call with other arguments, of which nothing is known. */
    public Case withArguments(Map<String, Object> others) {
      return new Case(function, name, others, null, false);
    }

    /** The function's value by plain Java, null for NULL; of classes their probabilities. */
    public Object evaluate() {
      return evaluate((z, label) -> RowKernels.get().statistics(z, 0, z.length, label));
    }

    /** As {@link #evaluate()}, for logits that are float. */
    public Object evaluateFloat() {
      return evaluate(
          (z, label) -> {
            float[] logits = new float[z.length];
            for (int i = 0; i < z.length; i++) {
              logits[i] = (float) z[i];
            }
            return RowKernels.get().statistics(logits, 0, z.length, label);
          });
    }

    private Object evaluate(BiFunction<double[], Integer, RowStatistics> kernel) {
      RowFunction definition = RowFunctions.named(function);
      Map<String, Object> settings = new HashMap<>();
      for (Parameter setting : definition.settings()) {
        Object value = arguments.get(setting.name());
        if (value != null) {
          settings.put(setting.name(), value);
        }
      }
      List<Parameter> columns = definition.columns();
      Object[] arrays = new Object[columns.size()];
      double[] numbers = new double[columns.size()];
      int label = RowStatistics.NO_LABEL;
      boolean soft = false;
      for (int i = 0; i < columns.size(); i++) {
        Parameter column = columns.get(i);
        Object value = arguments.get(column.name());
        if (!(value instanceof Double number)) {
          arrays[i] = value;
          soft |= column.type() == ParameterType.TARGET;
        } else if (definition.labelColumn().filter(column::equals).isPresent()) {
          label = number.intValue();
        } else {
          numbers[i] = number;
        }
      }
      BoundFunction bound = soft ? definition.bindSoft(settings) : definition.bind(settings);
      if (bound.ignores(label)) {
        return null;
      }
      RowStatistics s = null;
      if (arrays[0] instanceof double[] z) {
        bound.checkNotEmpty(z.length);
        bound.checkLabel(label, z.length);
        s = bound.usesStatistics() ? kernel.apply(z, label) : null;
      } else if (arrays[0] instanceof double[][] rows) {
        bound.checkLabel(label, rows[0].length);
      }
      Row row = new Row(arrays, numbers, label, s);
      return switch (bound.result()) {
        case ARRAY -> bound.applyArray(row);
        case CLASSES -> bound.applyClasses(row).map(ClassProbabilities::probabilities).orElse(null);
        default -> bound.apply(row);
      };
    }

    @Override
    public String toString() {
      return function + "/" + name;
    }
  }

  /** The functions that have expected values. */
  public static Set<String> functions() {
    Set<String> names = new TreeSet<>();
    ITEMS.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** All cases, of all functions. */
  public static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (Map.Entry<String, JsonNode> item : ITEMS.properties()) {
      RowFunction function = RowFunctions.named(item.getKey());
      for (JsonNode node : item.getValue().get("cases")) {
        cases.add(golden(function, node));
      }
    }
    return cases;
  }

  private static Case golden(RowFunction function, JsonNode node) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> argument : node.get("in").properties()) {
      String name = parameter(argument.getKey());
      boolean matrix = isMatrix(function, name);
      arguments.put(name, matrix ? matrix(argument.getValue()) : value(argument.getValue()));
    }
    return new Case(
        function.name(),
        node.get("name").asText(),
        arguments,
        node.has("out") ? value(node.get("out")) : null,
        node.has("error"));
  }

  /** Within {@code 1e-12 + 1e-12 |expected|}, entry by entry; NaN and infinities exactly. */
  public static void assertClose(Object expected, Object actual, String what) {
    if (expected instanceof double[] array) {
      double[] other = (double[]) actual;
      assertEquals(array.length, other.length, what);
      for (int i = 0; i < array.length; i++) {
        assertClose((Object) array[i], other[i], what + "[" + i + "]");
      }
    } else if (expected == null || actual == null) {
      assertEquals(expected, actual, what);
    } else {
      double e = (Double) expected;
      double a = (Double) actual;
      boolean close =
          Double.isFinite(e)
              ? Math.abs(a - e) <= 1e-12 + 1e-12 * Math.abs(e)
              : Double.compare(e, a) == 0;
      assertTrue(close, () -> what + ": expected " + e + " but was " + a);
    }
  }

  /** The file ends names that are words of Python by an underscore. */
  private static String parameter(String name) {
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }

  private static Object value(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    if (node.isBoolean()) {
      return node.asBoolean();
    }
    if (node.isTextual()) {
      return SPECIAL.contains(node.asText()) ? Double.valueOf(node.asText()) : node.asText();
    }
    if (!node.isArray()) {
      return node.asDouble();
    }
    List<Double> entries = new ArrayList<>();
    node.forEach(entry -> entries.add((Double) value(entry)));
    return entries.contains(null)
        ? entries
        : (Object) entries.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static boolean isMatrix(RowFunction function, String parameter) {
    return function.parameters().stream()
        .anyMatch(p -> p.name().equals(parameter) && p.type() == ParameterType.MATRIX);
  }

  private static double[][] matrix(JsonNode node) {
    double[][] rows = new double[node.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (double[]) value(node.get(i));
    }
    return rows;
  }

  private static JsonNode read() {
    try (InputStream in = GoldenCases.class.getResourceAsStream("/golden/losses.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
