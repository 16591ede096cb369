// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparklosses.function.GoldenCases.Case;
import org.sparklosses.testing.MarkdownPage;

/**
 * What functions lose when their input is float: their distance from the same numbers computed in
 * double, which {@link RowFunctionTest} holds to the exact values.
 */
class FloatAccuracyTest {

  private static final double BOUND = 2e-6;
  private static final int ROWS = 50;
  private static final int CLASSES = 1000;

  @Test
  void isWithinTheBoundThatThePageGives() {
    Map<String, Double> errors = new TreeMap<>();
    RowFunctions.all().forEach(function -> errors.put(function.name(), 0.0));
    for (Case one : cases()) {
      errors.merge(one.function(), error(one.evaluate(), one.evaluateFloat()), Math::max);
    }
    errors.forEach((function, error) -> assertTrue(error <= BOUND, () -> function + ": " + error));
    new MarkdownPage("losses.md").check("accuracy", table(errors));
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Case golden : GoldenCases.all()) {
      Case rounded = golden.withArguments(rounded(golden.arguments()));
      if (golden.expected() != null && isFinite(rounded)) {
        cases.add(rounded);
      }
    }
    for (RowFunction function : RowFunctions.all()) {
      // By name, so that a further function changes the rows of no other.
      Random random = new Random(function.name().hashCode());
      List<ParameterType> columns = function.columns().stream().map(Parameter::type).toList();
      boolean logits = columns.get(0) == ParameterType.LOGITS && columns.size() <= 2;
      boolean label = function.labelColumn().isPresent();
      boolean plain = function.settings().stream().noneMatch(Parameter::required);
      if (logits
          && plain
          && label == (columns.size() == 2)
          && function.result() != ResultType.STATISTICS) {
        for (int i = 0; i < ROWS; i++) {
          Map<String, Object> arguments = new LinkedHashMap<>();
          arguments.put(function.columns().get(0).name(), row(random));
          if (label) {
            arguments.put(function.columns().get(1).name(), (double) random.nextInt(CLASSES));
          }
          cases.add(new Case(function.name(), "random", arguments, null, false));
        }
      }
    }
    return cases;
  }

  /** Numbers above 0, so that they can be distances too. */
  private static double[] row(Random random) {
    return random.doubles(CLASSES, 0, 10).map(x -> (float) x).toArray();
  }

  private static Map<String, Object> rounded(Map<String, Object> arguments) {
    Map<String, Object> rounded = new LinkedHashMap<>(arguments);
    rounded.replaceAll(
        (name, value) ->
            value instanceof double[] array
                ? Arrays.stream(array).map(x -> (float) x).toArray()
                : value);
    return rounded;
  }

  private static boolean isFinite(Case one) {
    return one.arguments().values().stream()
        .filter(double[].class::isInstance)
        .allMatch(a -> Arrays.stream((double[]) a).allMatch(Double::isFinite));
  }

  /** Relative above 1; of arrays, of the worst entry. */
  private static double error(Object expected, Object actual) {
    if (expected instanceof double[] array) {
      double worst = 0;
      for (int i = 0; i < array.length; i++) {
        worst = Math.max(worst, error((Object) array[i], ((double[]) actual)[i]));
      }
      return worst;
    }
    double e = (Double) expected;
    double a = (Double) actual;
    if (!Double.isFinite(e)) {
      return Double.compare(e, a) == 0 ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(a - e) / Math.max(1, Math.abs(e));
  }

  private static String table(Map<String, Double> errors) {
    StringBuilder table = new StringBuilder("| function | from float |\n|---|---|\n");
    errors.forEach(
        (function, error) ->
            table.append(
                String.format(
                    "| `%s` | %s |%n",
                    function, error == 0 ? "as from double" : roundedUp(error))));
    return table.toString();
  }

  /** To one digit. */
  private static String roundedUp(double error) {
    double unit = Math.pow(10, Math.floor(Math.log10(error)));
    return String.format(Locale.ROOT, "%.0e", Math.ceil(error / unit) * unit);
  }
}
