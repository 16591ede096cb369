// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods with a formula in the logit meet the conditions of their optimum. */
class LogitCalibratorsTest {

  private static final double ZERO = 1e-11;

  private static RandomScores rows(int seed) {
    return RandomScores.of(seed, 400, 1 + seed, z -> -0.5 + 0.7 * z - 0.04 * z * z);
  }

  private static BinaryTable table(double[] logits, int... labels) {
    return BinaryTable.of(
        InputScale.LOGIT, logits, Arrays.stream(labels).asDoubleStream().toArray(), null);
  }

  private static BinaryFit fit(String name, BinaryTable table) {
    return BinaryCalibrators.fit(name, table, Map.of());
  }

  /** The mean of (p - y) f(z) over the rows. */
  private static double moment(RandomScores rows, BinaryMap map, DoubleUnaryOperator f) {
    double sum = 0;
    for (int i = 0; i < rows.logit().length; i++) {
      double z = rows.logit()[i];
      sum += rows.weight()[i] * (map.ofLogit(z) - rows.label()[i]) * f.applyAsDouble(z);
    }
    return sum / Arrays.stream(rows.weight()).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void quadraticHasTheMomentsOfTheLabels(int seed) {
    RandomScores rows = rows(seed);
    BinaryFit fit = fit("quadratic_scaling", rows.logits());
    assertEquals(FitStatus.OK, fit.status());
    assertEquals(0, moment(rows, fit.map(), z -> 1), ZERO);
    assertEquals(0, moment(rows, fit.map(), z -> z), ZERO);
    assertEquals(0, moment(rows, fit.map(), z -> z * z), ZERO);
    assertTrue(fit.lossAfter() < fit.lossBefore());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void temperatureHasTheMeanLogitOfTheLabels(int seed) {
    RandomScores rows = rows(seed);
    BinaryFit fit = fit("temperature_scaling", rows.logits());
    assertEquals(FitStatus.OK, fit.status());
    assertEquals(0, moment(rows, fit.map(), z -> z), ZERO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void betaIsAnOptimumWithinItsBounds(int seed) {
    RandomScores rows =
        RandomScores.of(
            seed,
            300,
            2,
            z -> List.of(1.0, -1.0, 0.2, 3.0).get(seed % 4) * z + (seed - 4) * 0.2 * Math.abs(z));
    BinaryFit fit = fit("beta_calibration", rows.logits());
    assertEquals(FitStatus.OK, fit.status());
    assertEquals(0, moment(rows, fit.map(), z -> 1), ZERO);
    assertBounded(fit.map(), "a", moment(rows, fit.map(), z -> -Math.log1p(Math.exp(-z))));
    assertBounded(fit.map(), "b", moment(rows, fit.map(), z -> Math.log1p(Math.exp(z))));
  }

  /** The loss falls in no direction that the bound allows. */
  private static void assertBounded(BinaryMap map, String name, double slope) {
    double value = map.numbers().number(name);
    assertTrue(value >= 0);
    if (value > 0) {
      assertEquals(0, slope, ZERO, name);
    } else {
      assertTrue(slope > -ZERO, () -> name + " is at its bound where the loss has slope " + slope);
    }
  }

  @Test
  void everyBoundOfBetaOccurs() {
    assertEquals("free", bound(z -> 0.5 * z));
    assertEquals("a", bound(z -> 2 * Math.log1p(Math.exp(z)) + Math.log1p(Math.exp(-z)) - 2));
    assertEquals("b", bound(z -> -2 * Math.log1p(Math.exp(-z)) - Math.log1p(Math.exp(z)) + 2));
    assertEquals("ab", bound(z -> -z));
  }

  private static String bound(DoubleUnaryOperator logOdds) {
    MapNumbers numbers =
        fit("beta_calibration", RandomScores.of(3, 2000, 2, logOdds).logits()).map().numbers();
    String zeros = (numbers.number("a") == 0 ? "a" : "") + (numbers.number("b") == 0 ? "b" : "");
    return zeros.isEmpty() ? "free" : zeros;
  }

  @Test
  void betaTakesALineForTwoScoresAndAConstantAgainstTheirOrder() {
    BinaryFit line = fit("beta_calibration", table(new double[] {-1, -1, 1, 1, 1}, 0, 1, 0, 1, 1));
    assertEquals(FitStatus.TWO_SCORES, line.status());
    assertEquals(0.5, line.map().ofLogit(-1), 1e-12);
    assertEquals(2.0 / 3, line.map().ofLogit(1), 1e-12);
    BinaryFit flat = fit("beta_calibration", table(new double[] {-1, -1, 1, 1, 1}, 1, 1, 0, 0, 1));
    assertEquals(0.6, flat.map().ofLogit(-1), 1e-12);
    assertEquals(0.6, flat.map().ofLogit(1), 1e-12);
    assertEquals(1, flat.shareOutside());
  }

  @Test
  void separableRowsAreFittedByPlattsTargets() {
    BinaryTable upwards = table(new double[] {-2, -1, 1, 2}, 0, 0, 1, 1);
    BinaryTable downwards = table(new double[] {-2, -1, 1, 2}, 1, 1, 0, 0);
    for (String name : List.of("quadratic_scaling", "platt_scaling", "beta_calibration")) {
      assertEquals(FitStatus.SEPARABLE, fit(name, upwards).status(), name);
      assertEquals(0.5, fit(name, upwards).map().ofLogit(0), 1e-9, name);
    }
    for (String name : List.of("quadratic_scaling", "platt_scaling")) {
      // The targets are 3/4 and 1/4, and the map has their moments.
      BinaryMap map = fit(name, upwards).map();
      assertEquals(0, map.ofLogit(1) - 0.75 + 2 * (map.ofLogit(2) - 0.75), 1e-12, name);
    }
    assertEquals(FitStatus.SEPARABLE, fit("quadratic_scaling", downwards).status());
    BinaryFit constant = fit("beta_calibration", downwards);
    assertEquals(FitStatus.OK, constant.status());
    assertEquals(0.5, constant.map().ofLogit(17), 1e-12);
  }

  @Test
  void oneClassIsTheOddsWithARowOfEach() {
    BinaryTable positives = table(new double[] {-2, -1, 1}, 1, 1, 1);
    for (String name : List.of("quadratic_scaling", "platt_scaling", "beta_calibration")) {
      BinaryFit fit = fit(name, positives);
      assertEquals(FitStatus.ONE_CLASS, fit.status());
      assertEquals(0.8, fit.map().ofLogit(5), 1e-12);
      assertEquals(1, fit.shareOutside());
    }
  }

  @Test
  void scoresThatAreAlmostOneAreNoLine() {
    double above = Math.nextUp(7.0);
    BinaryFit fit = fit("quadratic_scaling", table(new double[] {7, above, 7, above}, 0, 1, 1, 1));
    assertEquals(FitStatus.ONE_SCORE, fit.status());
    assertEquals(0.75, fit.map().ofLogit(7), 1e-12);
  }

  @Test
  void endsOfTheTemperature() {
    BinaryFit sure = fit("temperature_scaling", table(new double[] {-1, 0, 0, 2}, 0, 0, 1, 1));
    assertEquals(FitStatus.SEPARABLE, sure.status());
    assertEquals(Math.exp(-16), sure.map().numbers().number("temperature"), 1e-20);
    BinaryFit wrong = fit("temperature_scaling", table(new double[] {-1, 1, 2}, 1, 1, 0));
    assertEquals(FitStatus.NO_BETTER_THAN_UNIFORM, wrong.status());
    assertEquals(0.5, wrong.map().ofLogit(2), 1e-6);
    BinaryFit zero = fit("temperature_scaling", table(new double[] {0, 0}, 0, 1));
    assertEquals(FitStatus.NO_LOGITS, zero.status());
    assertEquals(1, zero.map().numbers().number("temperature"));
    BinaryFit one = fit("temperature_scaling", table(new double[] {1, 1, 1, 1}, 0, 1, 1, 1));
    assertEquals(FitStatus.OK, one.status());
    assertEquals(0.75, one.map().ofLogit(1), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.01, 0.3, 0.5, 0.99, 1 - 1e-9})
  void offsetGivesTheMean(double target) {
    for (double spread : new double[] {0.1, 2, 30}) {
      RandomScores rows = RandomScores.of(5, 300, spread, z -> z);
      BinaryMap map =
          BinaryCalibrators.fit("logit_offset", rows.logits(), Map.of("target", target)).map();
      double mean = 0;
      for (int i = 0; i < rows.logit().length; i++) {
        mean += rows.weight()[i] * map.ofLogit(rows.logit()[i]);
      }
      mean /= Arrays.stream(rows.weight()).sum();
      assertEquals(target, mean, 1e-12);
      assertEquals(target, mean, 1e-9 * target);
    }
  }

  @Test
  void shareOutsideCountsTheRowsBeyondTheVertex() {
    RandomScores rows = RandomScores.of(2, 500, 3, z -> z - 0.3 * z * z);
    BinaryFit fit = fit("quadratic_scaling", rows.logits());
    double to = fit.map().increasing().to();
    double outside = 0;
    for (int i = 0; i < rows.logit().length; i++) {
      outside += rows.logit()[i] > to ? rows.weight()[i] : 0;
    }
    assertEquals(outside / Arrays.stream(rows.weight()).sum(), fit.shareOutside(), 1e-12);
    assertTrue(fit.shareOutside() > 0.1 && fit.shareOutside() < 0.9);
    assertTrue(fit.map().ofLogit(to - 0.1) < fit.map().ofLogit(to));
    assertTrue(fit.map().ofLogit(to + 0.1) < fit.map().ofLogit(to));
  }
}
