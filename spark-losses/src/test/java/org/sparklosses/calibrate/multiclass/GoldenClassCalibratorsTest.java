// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.testing.GoldenFile;

/** Values of an independent implementation of the same formulas. */
class GoldenClassCalibratorsTest {

  private static final List<String> CASES =
      List.of(
          "mc2",
          "mc3_constant",
          "mc3_equal_rows",
          "mc3_inverted",
          "mc3_no_rows",
          "mc3_one_hot",
          "mc3_one_label",
          "mc3_one_row",
          "mc3_plain",
          "mc3_separable",
          "mc3_weighted",
          "mc3_zero_weights",
          "mc40_vector",
          "mc4_absent_class",
          "mc5_few_rows",
          "mc6",
          "real_digits_mlp",
          "real_wine_mlp");

  /** By the numbers that they have in the files. */
  private static final List<TemperatureSearch.Status> STATUSES =
      List.of(
          TemperatureSearch.Status.OK,
          TemperatureSearch.Status.SEPARABLE,
          TemperatureSearch.Status.NO_BETTER_THAN_UNIFORM,
          TemperatureSearch.Status.CONSTANT);

  /** An expected value and the file that it is in. */
  private record Golden(String file, GoldenFile.Entry entry) {

    String name() {
      return entry.name();
    }

    JsonNode value() {
      return entry.value();
    }

    boolean has(String argument) {
      return entry.args().has(argument);
    }

    /** The rows as they are given. */
    MemoryRows given() {
      return rows(entry.matrix(has("L") ? "L" : "logits"));
    }

    /** The logarithms of their probabilities. */
    MemoryRows rows() {
      boolean areLogits = has("logits");
      double[][] rows = entry.matrix(areLogits ? "logits" : "P");
      for (double[] row : rows) {
        if (areLogits) {
          LogProbabilities.ofLogits(row);
        } else {
          LogProbabilities.ofProbabilities(row);
        }
      }
      return rows(rows);
    }

    private MemoryRows rows(double[][] rows) {
      double[] weights = entry.vector("w");
      if (weights == null) {
        weights = new double[rows.length];
        Arrays.fill(weights, 1);
      }
      int[] labels = Arrays.stream(entry.vector("y")).mapToInt(y -> (int) y).toArray();
      return new MemoryRows(rows, labels, weights);
    }

    Ridge ridge() {
      return new Ridge(
          parameter("lambda_intercept"),
          parameter("lambda_diagonal"),
          parameter("lambda_off_diagonal"));
    }

    private double parameter(String name) {
      return entry.params().path(name).asDouble(1);
    }

    double number(String part) {
      return entry.expected(part);
    }

    @Override
    public String toString() {
      return file + " " + entry.params();
    }
  }

  private static Stream<Golden> goldens(String... names) {
    return CASES.stream()
        .flatMap(GoldenClassCalibratorsTest::entries)
        .filter(golden -> Arrays.asList(names).contains(golden.name()));
  }

  private static Stream<Golden> entries(String file) {
    return GoldenFile.classCalibrators(file).entries().stream()
        .map(entry -> new Golden(file, entry));
  }

  private static Stream<Golden> moments() {
    return goldens("temperature_moments");
  }

  @ParameterizedTest
  @MethodSource("moments")
  void momentsOfTemperature(Golden golden) {
    double beta = golden.entry().params().get("beta").asDouble();
    TemperatureSums sums = golden.given().scan(new TemperatureSums.At(beta, 0));
    if (golden.file().equals("mc3_no_rows")) {
      assertEquals(0, sums.rows());
      return;
    }
    assertClose(golden.number("loss"), sums.loss(), 1e-12);
    for (int order = 1; order <= 4; order++) {
      assertClose(golden.number("d" + order), sums.derivative(order), 1e-11);
    }
  }

  private static Stream<Golden> schemes() {
    return goldens("temperature_scheme");
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void schemeOfTemperature(Golden golden) {
    MemoryRows rows = golden.given();
    TemperatureSums sums = rows.scan(new TemperatureSums.At(1, 0));
    TemperatureSearch ended =
        sums.rows() == 0
            ? new TemperatureSearch(1, TemperatureSearch.Status.CONSTANT, 1, sums)
            : TemperatureSearch.ended(sums);
    double start = golden.entry().params().get("start").asDouble();
    TemperatureSearch search =
        ended.status() == TemperatureSearch.Status.OK
            ? TemperatureSearch.of(beta -> rows.scan(new TemperatureSums.At(beta, 0)), start)
            : ended;
    assertEquals(STATUSES.get((int) golden.number("status")), search.status());
    assertClose(golden.number("beta"), search.beta(), 1e-12);
    if (search.status() == TemperatureSearch.Status.OK) {
      assertEquals(golden.number("passes"), search.scans(), 2);
    }
  }

  private static Stream<Golden> fits() {
    return goldens("temperature_mix", "structured_vector_scaling", "structured_matrix_scaling");
  }

  @ParameterizedTest
  @MethodSource("fits")
  void fits(Golden golden) {
    MemoryRows rows = golden.rows();
    ClassCalibrator calibrator =
        switch (golden.name()) {
          case "temperature_mix" -> new TemperatureCalibrator();
          case "structured_vector_scaling" -> new StructuredVectorScaling(golden.ridge());
          default -> new StructuredMatrixScaling(golden.ridge());
        };
    if (golden.value() == null) {
      assertThrows(IllegalArgumentException.class, () -> calibrator.fit(rows));
      return;
    }
    ClassFit fit =
        calibrator instanceof StructuredScaling structured
            ? structured.fit(rows, 1e-28)
            : calibrator.fit(rows);
    MapNumbers numbers = fit.map().numbers();
    assertClose(golden.number("beta"), numbers.number("beta"), 1e-9);
    assertClose(golden.number("epsilon"), numbers.number("epsilon"), 1e-15);
    assertClose(golden.number("loss"), fit.lossAfter(), 1e-10);
    for (String name : List.of("bias", "scale")) {
      if (golden.value().has(name)) {
        assertArrayEquals(
            GoldenFile.doubles(golden.value().get(name)), numbers.array(name), 1e-6, name);
      }
    }
    if (golden.value().has("matrix")) {
      double[] matrix =
          Arrays.stream(GoldenFile.matrix(golden.value().get("matrix")))
              .flatMapToDouble(Arrays::stream)
              .toArray();
      assertArrayEquals(matrix, numbers.array("matrix"), 1e-6);
    }
    if (golden.has("query")) {
      double[][] query = golden.entry().matrix("query");
      double[][] expected = GoldenFile.matrix(golden.value().get("predict"));
      ClassMap read = calibrator.map(fit.map().classes(), numbers);
      for (int r = 0; r < query.length; r++) {
        LogProbabilities.ofProbabilities(query[r]);
        double[] p = fit.map().probabilities(query[r]);
        assertArrayEquals(expected[r], p, 1e-9);
        assertArrayEquals(p, read.probabilities(query[r]));
      }
    }
    assertTrue(fit.lossAfter() >= 0 && !fit.map().method().isEmpty());
  }

  private static Stream<Golden> passes() {
    return goldens("structured_scaling_pass");
  }

  @ParameterizedTest
  @MethodSource("passes")
  void objectiveAndGradient(Golden golden) {
    MemoryRows rows = golden.given();
    if (golden.file().equals("mc3_no_rows")) {
      assertEquals(0, rows.weight());
      return;
    }
    boolean isFull =
        !golden.entry().params().has("full") || golden.entry().params().get("full").asBoolean();
    double[] theta = golden.entry().vector("theta");
    Structure structure =
        new Structure(
            // The rows are what a temperature has given.
            new RowScores.LogProbabilitiesOf(rows.classes()),
            isFull,
            rows.weight(),
            Ridge.DEFAULT.over(rows.classes(), rows.weight()));
    StructureSums sums = rows.scan(new StructureSums.At(structure, theta, 1));
    assertClose(golden.number("objective"), sums.objective(), 1e-12);
    double[] gradient = GoldenFile.doubles(golden.value().get("gradient"));
    for (int i = 0; i < gradient.length; i++) {
      assertEquals(gradient[i], sums.gradient()[i], 1e-12 * Math.max(1, Math.abs(gradient[i])));
    }
  }

  private static void assertClose(double expected, double actual, double relative) {
    assertEquals(expected, actual, relative * Math.max(1, Math.abs(expected)));
  }

  /** All values are used. */
  static Stream<Arguments> cases() {
    return CASES.stream().map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyValueIsOfAFunctionThatIsTested(String file) {
    List<String> tested =
        List.of(
            "temperature_moments",
            "temperature_scheme",
            "temperature_mix",
            "structured_vector_scaling",
            "structured_matrix_scaling",
            "structured_scaling_pass");
    assertTrue(entries(file).allMatch(golden -> tested.contains(golden.name())));
  }
}
