// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

/** Values of an independent implementation of scalings of several classes. */
class GoldenScalingsTest {

  private static final List<String> FILES =
      List.of("mc3", "mc3_weighted", "mc10", "mc100", "real_digits_lr", "real_digits_mlp");

  private static final double LOSS = 1e-9;
  private static final double PARAMETER = 1e-6;
  private static final double SUMS = 1e-12;

  /** Of a minimum that is told by comparing values. */
  private static final double SCANNED = 1e-4;

  /** Less than a trace of a penalty: the values are of none. */
  private static final double NO_PENALTY = 1e-13;

  private static final double ENOUGH = 1e-24;

  private static List<Entry> goldens(String name, int number) {
    return GoldenFile.entries(FILES, name, number);
  }

  private static MemoryRows rows(Entry golden, double[][] rows) {
    double[] weights = golden.vector("w");
    if (weights == null) {
      weights = new double[rows.length];
      Arrays.fill(weights, 1);
    }
    int[] labels = Arrays.stream(golden.vector("y")).mapToInt(y -> (int) y).toArray();
    return new MemoryRows(rows, labels, weights);
  }

  /** The logits as they are. */
  private static MemoryRows logits(Entry golden) {
    return rows(golden, golden.matrix("logits"));
  }

  /** The logarithms of the probabilities. */
  private static MemoryRows logarithms(Entry golden) {
    double[][] rows = golden.matrix("P");
    for (double[] row : rows) {
      Arrays.setAll(row, j -> Math.log(row[j]));
    }
    return rows(golden, rows);
  }

  private static ClassFit fit(PlainScaling scaling, MemoryRows rows) {
    return scaling.fit(
        rows, TemperatureFit.first(rows), new RowScores.LogProbabilitiesOf(rows.classes()), ENOUGH);
  }

  private static double parameter(Entry golden, String name) {
    return golden.params().get(name).asDouble();
  }

  private static void assertNumbers(JsonNode expected, double[] actual) {
    assertArrayEquals(GoldenFile.doubles(expected), actual, PARAMETER);
  }

  private static double[] flat(JsonNode matrix) {
    return Arrays.stream(GoldenFile.matrix(matrix)).flatMapToDouble(Arrays::stream).toArray();
  }

  @Test
  void vectorScaling() {
    for (Entry golden : goldens("vector_scaling", 4)) {
      ClassFit fit = fit(new VectorScaling(NO_PENALTY), logits(golden));
      assertEquals(golden.expected("loss"), fit.lossAfter(), LOSS);
      assertNumbers(golden.value().get("diag"), fit.map().numbers().array("scale"));
      double[] bias = fit.map().numbers().array("bias");
      double mean = Arrays.stream(bias).average().orElseThrow();
      assertNumbers(golden.value().get("bias"), Arrays.stream(bias).map(b -> b - mean).toArray());
    }
  }

  @Test
  void matrixScaling() {
    for (Entry golden : goldens("matrix_scaling", 8)) {
      assertMatrix(
          golden,
          new MatrixScaling(parameter(golden, "lam"), parameter(golden, "mu"), NO_PENALTY),
          logits(golden));
    }
  }

  @Test
  void dirichletCalibration() {
    for (Entry golden : goldens("dirichlet_calibration", 8)) {
      assertMatrix(
          golden,
          new DirichletCalibration(parameter(golden, "lam"), parameter(golden, "mu"), NO_PENALTY),
          logarithms(golden));
    }
  }

  private static void assertMatrix(Entry golden, PlainScaling scaling, MemoryRows rows) {
    ClassFit fit = fit(scaling, rows);
    double[] matrix = fit.map().numbers().array("matrix");
    double[] bias = fit.map().numbers().array("bias");
    assertEquals(golden.expected("loss"), fit.lossAfter(), LOSS);
    assertArrayEquals(flat(golden.value().get("W")), matrix, PARAMETER);
    assertNumbers(golden.value().get("b"), bias);
    int classes = bias.length;
    double offDiagonal = 0;
    double intercepts = 0;
    for (int i = 0; i < classes; i++) {
      intercepts += bias[i] * bias[i];
      for (int j = 0; j < classes; j++) {
        offDiagonal += i == j ? 0 : matrix[i * classes + j] * matrix[i * classes + j];
      }
    }
    double penalty =
        parameter(golden, "lam") / (classes * (classes - 1)) * offDiagonal
            + parameter(golden, "mu") / classes * intercepts;
    assertEquals(golden.expected("objective"), fit.lossAfter() + penalty, LOSS);
  }

  @Test
  void ensembleTemperature() {
    for (Entry golden : goldens("ensemble_temperature_scaling", 6)) {
      MemoryRows rows = logits(golden);
      TemperatureFit temperature = TemperatureFit.of(rows);
      assertEquals(golden.expected("temperature"), 1 / temperature.map().beta(), PARAMETER);
      EnsembleSearch search = EnsembleTemperature.search(rows, temperature, 1e-13);
      assertEquals(golden.expected("loss"), search.sums().loss(), LOSS);
      assertNumbers(golden.value().get("weights"), search.map().weights());
    }
  }

  @Test
  void parameterizedTemperature() {
    for (Entry golden : goldens("parameterized_temperature", 6)) {
      MemoryRows rows = logits(golden);
      double[] theta = GoldenFile.doubles(golden.params().get("theta"));
      ParameterizedSums sums =
          rows.scan(new ParameterizedSums.At(new ParameterizedMap(rows.classes(), theta, 0x1p-52)));
      assertEquals(golden.expected("loss"), sums.objective(), SUMS);
      assertArrayEquals(GoldenFile.doubles(golden.value().get("grad")), sums.gradient(), SUMS);
    }
  }

  @Test
  void correctnessAwareTemperature() {
    for (Entry golden : goldens("ca_temperature", 12)) {
      boolean isBalanced = golden.params().get("balanced").asBoolean();
      CorrectnessAwareTemperature.Found found =
          new CorrectnessAwareTemperature(isBalanced).ofRows(logits(golden));
      assertEquals(golden.expected("loss"), found.sums().derivative(0, isBalanced), LOSS);
      assertEquals(golden.expected("temperature"), 1 / found.beta(), SCANNED);
    }
  }

  @Test
  void correctnessAwareLoss() {
    for (Entry golden : goldens("ca_loss", 12)) {
      CorrectnessSums sums = logarithms(golden).scan(new CorrectnessSums.At(1, 0));
      boolean isBalanced = golden.params().path("balanced").asBoolean();
      assertEquals(golden.value().asDouble(), sums.derivative(0, isBalanced), SUMS);
    }
  }
}
