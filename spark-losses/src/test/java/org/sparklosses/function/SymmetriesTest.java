// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.testing.Names;

/**
 * What every function keeps when a row is shifted or its classes change places, on random rows with
 * random settings. The functions that do not are named here, and must not.
 */
class SymmetriesTest {

  private static final int DRAWS = 100;
  private static final double ERROR = 1e-10;

  /** Those that read more of logits than their differences. */
  private static final Set<String> SEE_A_SHIFT =
      Set.of(
          "logsumexp",
          "max_logit",
          "energy",
          "stablemax",
          "stablemax_loss",
          "taylor_softmax",
          "taylor_softmax_loss",
          "spherical_softmax",
          "spherical_softmax_loss",
          "harmonic_max",
          "harmonic_loss",
          "softpick",
          "self_adjust_softmax",
          "softplus_normalize",
          "sigmoid",
          "ordinal_softmax",
          "softmax_plus",
          "softmax_plus_nll_loss",
          "logit_clip",
          "logit_clip_cross_entropy_loss",
          "squentropy_loss",
          "ovr_loss",
          "asymmetric_loss",
          "one_vs_all_hinge_loss",
          "log_z_squared_loss",
          "gumbel_optimized_loss",
          "nll_loss",
          "binary_kl_loss",
          "kd_quality_focal_loss",
          "quality_focal_loss",
          "ldr_kl_loss",
          "noisy_softmax",
          "noisy_softmax_loss",
          "ordinal_cross_entropy_loss");

  /** Those to which classes are in order, or the last one is another than the rest. */
  private static final Set<String> SEE_THE_ORDER =
      Set.of(
          "softmax_plus",
          "ordinal_softmax",
          "ordinal_cross_entropy_loss",
          "rps",
          "crps_discrete",
          "distribution_focal_loss",
          "hl_gauss_loss",
          "two_hot_loss",
          "r2ccp_loss");

  private static final Set<String> ARE_NO_SHARES =
      Set.of(
          "log_softmax",
          "softpick",
          "self_adjust_softmax",
          "sigmoid",
          "logit_clip",
          "ordinal_softmax");

  /** Columns that are no logits. */
  private static final Set<String> SHARES = Set.of("p", "q", "targets");

  private final Random random = new Random(23);

  /** The columns and settings of one call. */
  private static final class Call {

    private final RowFunction function;
    private final Map<String, Object> settings;
    private final Object[] arrays;
    private final double[] numbers;
    private final int y;

    Call(
        RowFunction function,
        Map<String, Object> settings,
        Object[] arrays,
        double[] numbers,
        int y) {
      this.function = function;
      this.settings = settings;
      this.arrays = arrays;
      this.numbers = numbers;
      this.y = y;
    }

    double[] result() {
      RowStatistics statistics =
          arrays[0] instanceof double[] z ? RowKernels.get().statistics(z, 0, z.length, y) : null;
      BoundFunction bound = function.bind(settings);
      Row row = new Row(arrays, numbers, y, statistics);
      return switch (function.result()) {
        case ARRAY -> bound.applyArray(row);
        case CLASSES -> byClass(bound.applyClasses(row).orElseThrow(), row.classes());
        default -> new double[] {bound.needsRow() ? bound.apply(row) : bound.apply(statistics)};
      };
    }

    /** Each probability at its class; 0 for classes that are not listed. */
    private static double[] byClass(ClassProbabilities listed, int classes) {
      double[] p = new double[classes];
      for (int i = 0; i < listed.classes().length; i++) {
        p[listed.classes()[i]] = listed.probabilities()[i];
      }
      return p;
    }

    Call with(UnaryOperator<double[]> change, Predicate<Parameter> which, int label) {
      Object[] changed = arrays.clone();
      Map<String, Object> set = new LinkedHashMap<>(settings);
      List<Parameter> columns = function.columns();
      for (int i = 0; i < arrays.length; i++) {
        if (arrays[i] instanceof double[] array && which.test(columns.get(i))) {
          changed[i] = change.apply(array);
        } else if (arrays[i] instanceof double[][] matrix && which.test(columns.get(i))) {
          changed[i] = Arrays.stream(matrix).map(change).toArray(double[][]::new);
        }
      }
      for (Parameter setting : function.settings()) {
        if (set.get(setting.name()) instanceof double[] array && which.test(setting)) {
          set.put(setting.name(), change.apply(array));
        }
      }
      return new Call(function, set, changed, numbers, label);
    }
  }

  static List<RowFunction> functionsOfClasses() {
    return RowFunctions.all().stream()
        .filter(f -> f.result() != ResultType.STATISTICS)
        .filter(f -> hasClasses(f.columns().get(0)))
        .filter(f -> !f.name().equals("crps_ensemble"))
        .toList();
  }

  private static boolean hasClasses(Parameter parameter) {
    return switch (parameter.type()) {
      case LOGITS, ARRAY, MATRIX -> true;
      default -> false;
    };
  }

  private static boolean isLogits(Parameter parameter) {
    return !SHARES.contains(parameter.name()) && parameter.column();
  }

  /** Arrays with one number a class; the epsilons of a polynomial are not. */
  private static boolean isPerClass(Parameter parameter) {
    return !parameter.name().equals("epsilons");
  }

  @Test
  void areOfAllFunctionsWithClasses() {
    assertTrue(functionsOfClasses().size() >= 100, functionsOfClasses().size() + "");
  }

  @Test
  void onlyTheseSeeAShift() {
    Set<String> seeing = new TreeSet<>();
    for (RowFunction function : functionsOfClasses()) {
      if (function.columns().stream().anyMatch(SymmetriesTest::isLogits)) {
        for (int i = 0; i < DRAWS; i++) {
          Call call = draw(function);
          DoubleUnaryOperator shift = x -> x + 3;
          Call shifted =
              call.with(
                  z -> Arrays.stream(z).map(shift).toArray(), SymmetriesTest::isLogits, call.y);
          if (!close(call.result(), shifted.result())) {
            seeing.add(function.name());
          }
        }
      }
    }
    assertListed("SEE_A_SHIFT", SEE_A_SHIFT, seeing, "changes when 3 is added to all logits");
  }

  @Test
  void onlyTheseSeeTheOrderOfTheClasses() {
    Set<String> seeing = new TreeSet<>();
    for (RowFunction function : functionsOfClasses()) {
      for (int i = 0; i < DRAWS; i++) {
        Call call = draw(function);
        int[] places = random.ints(0, classes(call)).distinct().limit(classes(call)).toArray();
        int[] placeOf = new int[places.length];
        for (int j = 0; j < places.length; j++) {
          placeOf[places[j]] = j;
        }
        UnaryOperator<double[]> moved = z -> moved(z, places);
        boolean ordered = SEE_THE_ORDER.contains(function.name());
        Predicate<Parameter> which = p -> isPerClass(p) && !(ordered && p.name().equals("values"));
        Call permuted = call.with(moved, which, placeOf[call.y]);
        double[] expected = call.result();
        switch (function.result()) {
          case ARRAY, CLASSES -> expected = moved.apply(expected);
          case INT -> expected = new double[] {placeOf[(int) expected[0]]};
          default -> {}
        }
        if (!close(expected, permuted.result())) {
          seeing.add(function.name());
        }
      }
    }
    assertListed("SEE_THE_ORDER", SEE_THE_ORDER, seeing, "changes when the classes change places");
  }

  /** An array with one number a class, or a matrix of classes row by row. */
  private static double[] moved(double[] z, int[] places) {
    int classes = places.length;
    return z.length == classes * classes
        ? IntStream.range(0, classes * classes)
            .mapToDouble(i -> z[places[i / classes] * classes + places[i % classes]])
            .toArray()
        : Arrays.stream(places).mapToDouble(j -> z[j]).toArray();
  }

  @Test
  void allButTheseAreShares() {
    Set<String> others = new TreeSet<>();
    for (RowFunction function : functionsOfClasses()) {
      if (function.result() == ResultType.ARRAY) {
        for (int i = 0; i < DRAWS; i++) {
          double[] p = draw(function).result();
          boolean shares = Arrays.stream(p).allMatch(x -> x >= 0 && x <= 1 + 1e-12);
          if (!shares || Math.abs(1 - Arrays.stream(p).sum()) > 1e-12) {
            others.add(function.name());
          }
        }
      }
    }
    assertListed("ARE_NO_SHARES", ARE_NO_SHARES, others, "is other than shares of 1");
  }

  private static void assertListed(String list, Set<String> names, Set<String> found, String what) {
    Names.assertSame(
        names,
        found,
        "in the list %s of SymmetriesTest, but none of its values %s".formatted(list, what),
        "a value %s; if it should, add the name to the list %s of SymmetriesTest"
            .formatted(what, list));
  }

  private static final Pattern RANGE = Pattern.compile("^[\\[(]([^,]+), ([^\\])]+)[\\])]");

  static Stream<RowFunction> functionsWithALowestValue() {
    return functionsOfClasses().stream().filter(f -> f.range().matches("^[\\[(][-0-9].*"));
  }

  @ParameterizedTest
  @MethodSource("functionsWithALowestValue")
  void stayInTheirRange(RowFunction function) {
    Matcher range = RANGE.matcher(function.range());
    assertTrue(range.find(), function.range());
    double low = number(range.group(1), Double.NEGATIVE_INFINITY);
    double high = number(range.group(2), Double.POSITIVE_INFINITY);
    for (int i = 0; i < 4 * DRAWS; i++) {
      Call call = draw(function);
      for (double x : call.result()) {
        double slack = ERROR * (1 + Math.abs(x));
        assertTrue(
            x >= low - slack && x <= high + slack,
            () -> x + " for " + call.settings + " outside " + function.range());
      }
    }
  }

  private static double number(String text, double otherwise) {
    return text.matches("-?[0-9.]+") ? Double.parseDouble(text) : otherwise;
  }

  private static boolean close(double[] expected, double[] actual) {
    for (int j = 0; j < expected.length; j++) {
      if (!(Math.abs(expected[j] - actual[j]) <= ERROR * (1 + Math.abs(expected[j])))) {
        return false;
      }
    }
    return expected.length == actual.length;
  }

  private static int classes(Call call) {
    return call.arrays[0] instanceof double[][] matrix
        ? matrix[0].length
        : ((double[]) call.arrays[0]).length;
  }

  private Call draw(RowFunction function) {
    int classes = 4 + random.nextInt(30);
    List<Parameter> columns = function.columns();
    Object[] arrays = new Object[columns.size()];
    double[] numbers = new double[columns.size()];
    for (int i = 0; i < arrays.length; i++) {
      Parameter column = columns.get(i);
      switch (column.type()) {
        case LOGITS, ARRAY -> arrays[i] = array(column, classes);
        case MATRIX ->
            arrays[i] =
                Stream.generate(() -> array(column, classes)).limit(3).toArray(double[][]::new);
        case DOUBLE -> numbers[i] = random.nextDouble();
        default -> {}
      }
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    for (Parameter setting : function.settings()) {
      if (setting.required() || random.nextBoolean()) {
        settings.put(setting.name(), setting(setting, classes));
      }
    }
    return new Call(function, settings, arrays, numbers, random.nextInt(classes));
  }

  private double[] array(Parameter column, int classes) {
    return switch (column.name()) {
      case "p", "q" -> shares(classes);
      case "targets" -> random.ints(classes, 0, 2).asDoubleStream().toArray();
      case "distances" -> random.doubles(classes, 0.1, 5).toArray();
      case "log_probs" -> Arrays.stream(shares(classes)).map(Math::log).toArray();
      default -> random.doubles(classes, -5, 5).toArray();
    };
  }

  private double[] shares(int classes) {
    double[] x = random.doubles(classes, 0.01, 1).toArray();
    double sum = Arrays.stream(x).sum();
    return Arrays.stream(x).map(v -> v / sum).toArray();
  }

  private Object setting(Parameter setting, int classes) {
    return switch (setting.type()) {
      case BOOLEAN -> random.nextBoolean();
      case STRING -> {
        String[] words = setting.range().text().split(" \\| ", -1);
        yield words[random.nextInt(words.length)];
      }
      case ARRAY, NULLABLE_ARRAY -> {
        double[] x =
            setting.name().equals("prior")
                ? shares(classes)
                : random.doubles(entries(setting, classes), 0.5, 9).toArray();
        Arrays.sort(x);
        yield x;
      }
      default -> allowed(setting);
    };
  }

  private static int entries(Parameter setting, int classes) {
    return switch (setting.name()) {
      case "epsilons" -> 2;
      case "matrix" -> classes * classes;
      default -> classes;
    };
  }

  private Object allowed(Parameter setting) {
    if (setting.name().equals("min_value") || setting.name().equals("max_value")) {
      return setting.name().equals("min_value") ? 0.0 : 1.0;
    }
    for (int i = 0; i < 1000; i++) {
      // Weights are not negative; what must be negative is drawn so at last.
      double scale = i < 500 ? 3 : -3;
      Object value =
          setting.type() == ParameterType.INT
              ? (Object) (1 + random.nextInt(4))
              : (Object) (scale * random.nextDouble());
      if (setting.range().allowed().test(value)) {
        return value;
      }
    }
    throw new AssertionError("no value drawn for " + setting);
  }
}
