// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.testing.SharedSession;

/** Functions by the numbers of a fit: formulas written here, and the bits of the fitted map. */
@ExtendWith(SharedSession.class)
class FittedMapFamilyTest {

  private static final double WITHIN = 1e-14;

  private final SparkSession spark;

  FittedMapFamilyTest(SparkSession spark) {
    this.spark = spark;
  }

  private double number(String call) {
    return spark.sql("SELECT " + call).first().getDouble(0);
  }

  private double[] array(String call) {
    return spark.sql("SELECT " + call).first().<Double>getList(0).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static String sql(double... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(x -> "double('" + x + "')")
        .collect(Collectors.joining(", ", "array(", ")"));
  }

  private static double[] softmax(double... z) {
    double sum = Arrays.stream(z).map(Math::exp).sum();
    return Arrays.stream(z).map(x -> Math.exp(x) / sum).toArray();
  }

  private static double[] mixed(double[] p, double epsilon) {
    return Arrays.stream(p).map(x -> (1 - epsilon) * x + epsilon / p.length).toArray();
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.01", "1.7, 0", "1, 1"})
  void temperature(double beta, double epsilon) {
    double[] z = {2, 0.5, -1};
    double[] scaled = Arrays.stream(z).map(x -> beta * x).toArray();
    assertArrayEquals(
        mixed(softmax(scaled), epsilon),
        array("temperature_scaled(%s, %s, %s)".formatted(sql(z), beta, epsilon)),
        WITHIN);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.01", "1.7, 0", "1, 0"})
  void affine(double beta, double epsilon) {
    double[] z = {2, 0.5, -1};
    double[] scaled = Arrays.stream(z).map(x -> beta * x).toArray();
    double[] l = Arrays.stream(mixed(softmax(scaled), epsilon)).map(Math::log).toArray();
    double[] bias = {0.1, 0, -0.2};
    double[] scale = {0.9, 1.1, -1};
    assertArrayEquals(
        softmax(IntStream.range(0, 3).mapToDouble(i -> scale[i] * l[i] + bias[i]).toArray()),
        array(
            "vector_scaled(%s, %s, %s, %s, %s)"
                .formatted(sql(z), sql(scale), sql(bias), beta, epsilon)),
        WITHIN);
    double[] matrix = {0.9, 0.1, -0.2, 0, 1.2, 0.3, -0.1, 0.25, 1};
    double[] sums =
        IntStream.range(0, 3)
            .mapToDouble(
                i ->
                    bias[i]
                        + IntStream.range(0, 3).mapToDouble(j -> matrix[3 * i + j] * l[j]).sum())
            .toArray();
    assertArrayEquals(
        softmax(sums),
        array(
            "matrix_scaled(%s, %s, %s, %s, %s)"
                .formatted(sql(z), sql(matrix), sql(bias), beta, epsilon)),
        WITHIN);
  }

  /** Of probabilities p, softmax(W ln p + b), as Kull et al. 2019 write it. */
  @Test
  void dirichlet() {
    double[] p = {0.7, 0.2, 0.1};
    double[] matrix = {1.2, 0.1, 0, 0.2, 0.8, -0.1, 0, 0.3, 1.1};
    double[] bias = {0.3, -0.2, 0};
    double[] sums =
        IntStream.range(0, 3)
            .mapToDouble(
                i ->
                    bias[i]
                        + IntStream.range(0, 3)
                            .mapToDouble(j -> matrix[3 * i + j] * Math.log(p[j]))
                            .sum())
            .toArray();
    assertArrayEquals(
        softmax(sums),
        array(
            "matrix_scaled(transform(%s, x -> ln(x)), matrix => %s, bias => %s)"
                .formatted(sql(p), sql(matrix), sql(bias))),
        WITHIN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-40, -2.5, 0, 1.5, 30})
  void ofTwoClasses(double z) {
    DoubleUnaryOperator sigmoid = t -> 1 / (1 + Math.exp(-t));
    assertClose(
        sigmoid.applyAsDouble(0.1 + 0.8 * z - 0.05 * z * z),
        "quadratic_scaled(%s, a => 0.1, b => 0.8, c => -0.05)".formatted(z));
    assertClose(
        sigmoid.applyAsDouble(0.8 * z + 0.1),
        "platt_scaled(%s, slope => 0.8, intercept => 0.1)".formatted(z));
    assertClose(
        0.9 * sigmoid.applyAsDouble(0.8 * z + 0.1) + 0.05,
        "platt_scaled(%s, 0.8, 0.1, floor => 0.1)".formatted(z));
    assertClose(
        sigmoid.applyAsDouble(z / 1.8),
        "temperature_scaled_binary(%s, temperature => 1.8)".formatted(z));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-20, 0.01, 0.5, 0.875, 1})
  void beta(double p) {
    double least = 0x1p-52;
    double x = Math.max(least, Math.min(1 - least, p));
    double logOdds = 0.9 * Math.log(x) - 1.2 * Math.log1p(-x) - 0.1;
    assertClose(
        1 / (1 + Math.exp(-logOdds)), "beta_calibrated(double('%s'), 0.9, 1.2, -0.1)".formatted(p));
  }

  private void assertClose(double expected, String call) {
    assertEquals(expected, number(call), 1e-13 * expected + 1e-300, call);
  }

  /** What a fit prints with all digits gives what its model gives, to the last bit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "temperature",
        "structured_vector_scaling",
        "structured_matrix_scaling",
        "quadratic_scaling",
        "platt_scaling",
        "temperature_scaling"
      })
  void theBitsOfTheFittedMap(String method) {
    ClassMap map = fitted(method);
    String name =
        switch (method) {
          case "temperature" -> "temperature_scaled";
          case "structured_vector_scaling" -> "vector_scaled";
          case "structured_matrix_scaling" -> "matrix_scaled";
          case "quadratic_scaling" -> "quadratic_scaled";
          case "platt_scaling" -> "platt_scaled";
          default -> "temperature_scaled_binary";
        };
    MapNumbers numbers = map.numbers();
    String settings =
        numbers.names().stream()
            .map(
                n -> {
                  double[] x = numbers.array(n);
                  return n + " => " + (x.length == 1 ? "double('" + x[0] + "')" : sql(x));
                })
            .collect(Collectors.joining(", "));
    Random random = new Random(4);
    for (int i = 0; i < 10; i++) {
      double[] z = random.doubles(map.classes(), -6, 6).toArray();
      if (map.classes() == 2) {
        z[0] = 0;
      }
      double[] expected = map.ofLogits(z).orElseThrow();
      if (name.equals("temperature_scaled") || map.classes() > 2) {
        assertArrayEquals(expected, array("%s(%s, %s)".formatted(name, sql(z), settings)));
      } else {
        // The map of two classes takes the difference of two logarithms for the logit.
        assertEquals(
            expected[1],
            number("%s(double('%s'), %s)".formatted(name, z[1], settings)),
            1e-15,
            method);
      }
    }
  }

  private static ClassMap fitted(String method) {
    Random random = new Random(9);
    boolean isOfTwo = ClassCalibrators.named(method) instanceof TwoClassCalibrator;
    int classes = isOfTwo ? 2 : 3;
    double[][] l = new double[300][];
    int[] labels = new int[l.length];
    double[] weights = DoubleStream.generate(() -> 1).limit(l.length).toArray();
    for (int r = 0; r < l.length; r++) {
      l[r] = random.doubles(classes, -3, 3).toArray();
      LogProbabilities.ofLogits(l[r]);
      labels[r] = StrictMath.exp(l[r][0]) > random.nextDouble() ? 0 : 1 + r % (classes - 1);
    }
    return ClassCalibrators.named(method).fit(new MemoryRows(l, labels, weights)).map();
  }

  @Test
  void rowsWithoutAValue() {
    String settings = "scale => array(1, 1), bias => array(0, 0)";
    for (String call :
        List.of(
            "temperature_scaled(%s, beta => 2)",
            "vector_scaled(%s, " + settings + ")",
            "matrix_scaled(%s, matrix => array(1, 0, 0, 1), bias => array(0, 0))")) {
      for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
        assertTrue(Arrays.stream(array(call.formatted(sql(x, 0)))).allMatch(Double::isNaN), call);
      }
      assertTrue(
          spark.sql("SELECT " + call.formatted("CAST(NULL AS ARRAY<DOUBLE>)")).first().isNullAt(0));
      double[] certain = array(call.formatted(sql(0, Double.NEGATIVE_INFINITY)));
      assertEquals(1, certain[0], 1e-15);
    }
    assertArrayEquals(new double[] {1}, array("temperature_scaled(array(3D), beta => 2)"));
    assertTrue(Double.isNaN(number("platt_scaled(double('NaN'), slope => 1, intercept => 0)")));
    assertTrue(Double.isNaN(number("beta_calibrated(1.5, a => 1, b => 1, c => 0)")));
    assertEquals(0.5, number("quadratic_scaled(double('Infinity'), a => 0, b => 0, c => 0)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "temperature_scaled(array(1, 2)) | temperature_scaled: beta must be given",
        "temperature_scaled(array(1, 2), beta => 0) | beta = 0.0 is not allowed",
        "temperature_scaled(array(1, 2), 1, epsilon => 2) | epsilon = 2.0 is not allowed",
        "vector_scaled(array(1, 2), scale => array(1, 1, 1), bias => array(0, 0)) | vector_scaled:"
            + " scale has 3 entries, but bias has 2; give 2",
        "matrix_scaled(array(1, 2), matrix => array(1, 1), bias => array(0, 0)) | matrix_scaled:"
            + " matrix has 2 entries, but bias has 2; give 4",
        "matrix_scaled(array(1, 2), matrix => array(1, 0, 0, double('NaN')), bias => array(0, 0))"
            + " | a number of the map is not finite",
        "platt_scaled(1, slope => double('Infinity'), intercept => 0) | slope is [Infinity]",
        "beta_calibrated(0.5, a => -1, b => 1, c => 0) | a = -1.0 is not allowed",
        "temperature_scaled_binary(0.5, temperature => 0) | temperature = 0.0 is not allowed"
      })
  void mistakesAreExplained(String call, String part) {
    String message =
        assertThrows(AnalysisException.class, () -> spark.sql("SELECT " + call), call).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void rowsOfOtherClassesAreRefused() {
    String call = "vector_scaled(array(1, 2, 3), scale => array(1, 1), bias => array(0, 0))";
    String message = assertThrows(Exception.class, () -> array(call)).getMessage();
    assertTrue(
        message.contains(
            "vector_scaled: the row has 3 classes, but bias has 2 entries; give one a class"),
        message);
  }
}
