// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

class GoldenRegressionTest {

  @ParameterizedTest
  @ValueSource(strings = {"regression", "regression_weighted"})
  void functionsOfARow(String name) {
    GoldenFile golden = GoldenFile.calibration(name);
    checkMeans(golden, "gaussian_nll", List.of("mu", "sigma", "y"));
    checkMeans(golden, "crps_gaussian", List.of("mu", "sigma", "y"));
    checkMeans(golden, "interval_score", List.of("lo", "hi", "y"));
    checkMeans(golden, "pinball_loss", List.of("q", "y"));
    double[] pit = GoldenFile.doubles(golden.inputs().get("pit"));
    BoundFunction gaussianPit = RowFunctions.named("gaussian_pit").bind(Map.of());
    for (int i = 0; i < pit.length; i++) {
      double[] numbers = {
        golden.inputs().get("mu").get(i).asDouble(),
        golden.inputs().get("sigma").get(i).asDouble(),
        golden.inputs().get("y").get(i).asDouble()
      };
      Row row = new Row(new Object[3], numbers, RowStatistics.NO_LABEL, null);
      assertClose(pit[i], gaussianPit.apply(row), "pit of row " + i);
    }
    for (Entry entry : golden.of("crps_ensemble")) {
      double[][] members = entry.matrix("X");
      double[] y = entry.vector("y");
      BoundFunction crps =
          RowFunctions.named("crps_ensemble")
              .bind(Map.of("fair", entry.params().get("fair").asBoolean()));
      double mean =
          mean(
              y.length,
              entry.vector("w"),
              i ->
                  crps.apply(
                      new Row(
                          new Object[] {members[i], null},
                          new double[] {0, y[i]},
                          RowStatistics.NO_LABEL,
                          null)));
      assertClose(entry.value().asDouble(), mean, entry.toString());
    }
  }

  private static void checkMeans(GoldenFile golden, String function, List<String> columns) {
    for (Entry entry : golden.of(function)) {
      Map<String, Object> settings = new HashMap<>();
      entry.params().properties().forEach(p -> settings.put(p.getKey(), p.getValue().asDouble()));
      BoundFunction bound = RowFunctions.named(function).bind(settings);
      double[][] inputs = columns.stream().map(entry::vector).toArray(double[][]::new);
      double mean =
          mean(
              inputs[0].length,
              entry.vector("w"),
              i -> {
                double[] numbers = Arrays.stream(inputs).mapToDouble(c -> c[i]).toArray();
                return bound.apply(
                    new Row(new Object[columns.size()], numbers, RowStatistics.NO_LABEL, null));
              });
      assertClose(entry.value().asDouble(), mean, function + settings);
    }
  }

  private static double mean(int rows, double[] w, IntToDoubleFunction value) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < rows; i++) {
      sum += (w == null ? 1 : w[i]) * value.applyAsDouble(i);
      weight += w == null ? 1 : w[i];
    }
    return sum / weight;
  }

  /** In parts that are written, read and merged. */
  @ParameterizedTest
  @ValueSource(strings = {"regression", "regression_weighted"})
  void normalForecasts(String name) throws IOException {
    GoldenFile golden = GoldenFile.calibration(name);
    double[] mu = GoldenFile.doubles(golden.inputs().get("mu"));
    double[] sigma = GoldenFile.doubles(golden.inputs().get("sigma"));
    double[] y = GoldenFile.doubles(golden.inputs().get("y"));
    double[] w = weights(golden, y.length);
    GaussianState state = new GaussianState();
    for (int part = 0; part < 3; part++) {
      GaussianState rows = new GaussianState();
      for (int i = part; i < y.length; i += 3) {
        rows.add(mu[i], sigma[i], y[i], w[i]);
      }
      GaussianState copy = new GaussianState();
      copy.read(new DataInputStream(new ByteArrayInputStream(written(rows))));
      state.merge(copy);
    }
    assertClose(golden.of("gaussian_nll").get(0).value().asDouble(), state.nll(), name);
    assertClose(golden.of("crps_gaussian").get(0).value().asDouble(), state.crps(), name);
    Entry sharpness = golden.of("regression_sharpness").get(0);
    assertClose(sharpness.value().asDouble(), state.sharpness(), name);
    Entry ence = golden.of("ence").get(0);
    UncertaintyErrors errors = state.uncertaintyErrors(ence.params().get("n_bins").asInt());
    assertClose(ence.expected("ence"), errors.ence(), name);
    assertClose(ence.expected("uce"), errors.uce(), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"regression", "regression_weighted"})
  void calibrationOfThePit(String name) {
    GoldenFile golden = GoldenFile.calibration(name);
    double[] pit = GoldenFile.doubles(golden.inputs().get("pit"));
    double[] w = weights(golden, pit.length);
    double[] histogram = GoldenFile.doubles(golden.of("pit_histogram").get(0).value());
    for (String metric : List.of("quantile_calibration_error", "interval_calibration_error")) {
      for (Entry entry : golden.of(metric)) {
        JsonNode levels = entry.params().get("levels");
        PitState state =
            levels == null ? new PitState() : new PitState(GoldenFile.doubles(levels), 10);
        PitState other =
            levels == null ? new PitState() : new PitState(GoldenFile.doubles(levels), 10);
        for (int i = 0; i < pit.length; i++) {
          (i % 2 == 0 ? state : other).add(pit[i], w[i]);
        }
        state.merge(other);
        LevelErrors errors =
            metric.startsWith("quantile") ? state.quantileErrors() : state.intervalErrors();
        assertClose(entry.expected("sum_sq"), errors.sumOfSquares(), metric);
        assertClose(entry.expected("mean_abs"), errors.meanAbsolute(), metric);
        assertClose(entry.expected("rms"), errors.rootMeanSquare(), metric);
        assertClose(entry.expected("max_abs"), errors.maxAbsolute(), metric);
        for (int b = 0; b < histogram.length; b++) {
          assertClose(histogram[b], state.histogram()[b], "bin " + b);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"regression", "regression_weighted"})
  void intervals(String name) throws IOException {
    GoldenFile golden = GoldenFile.calibration(name);
    double[] low = GoldenFile.doubles(golden.inputs().get("lo"));
    double[] high = GoldenFile.doubles(golden.inputs().get("hi"));
    double[] y = GoldenFile.doubles(golden.inputs().get("y"));
    double[] w = weights(golden, y.length);
    Entry score = golden.of("interval_score").get(0);
    double alpha = score.params().get("alpha").asDouble();
    IntervalState state = new IntervalState(alpha);
    IntervalState rest = new IntervalState(alpha);
    for (int i = 0; i < y.length; i++) {
      (i < 100 ? state : rest).add(low[i], high[i], y[i], w[i]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    rest.write(new DataOutputStream(bytes));
    IntervalState copy = new IntervalState(alpha);
    copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    state.merge(copy);
    assertClose(score.value().asDouble(), state.score(), name);
    Entry coverage = golden.of("interval_coverage").get(0);
    assertClose(coverage.expected("picp"), state.coverage(), name);
    assertClose(coverage.expected("mpiw"), state.width(), name);
  }

  @Test
  void sameBitsInAnyOrder() throws IOException {
    Random random = new Random(1);
    List<double[]> rows =
        new ArrayList<>(
            IntStream.range(0, 500)
                .mapToObj(
                    i ->
                        new double[] {
                          random.nextGaussian() * 1e6,
                          0.1 + random.nextDouble(),
                          random.nextGaussian(),
                          random.nextDouble()
                        })
                .toList());
    byte[] first = null;
    for (int order = 0; order < 3; order++) {
      GaussianState[] parts = {new GaussianState(), new GaussianState(), new GaussianState()};
      for (double[] row : rows) {
        parts[random.nextInt(3)].add(row[0], row[1], row[2], row[3]);
      }
      parts[order].merge(parts[(order + 1) % 3]);
      parts[order].merge(parts[(order + 2) % 3]);
      double[] values = {
        parts[order].nll(),
        parts[order].crps(),
        parts[order].sharpness(),
        parts[order].uncertaintyErrors(10).ence(),
        parts[order].pit().quantileErrors().sumOfSquares()
      };
      byte[] bits = Arrays.toString(values).getBytes(StandardCharsets.UTF_8);
      first = first == null ? bits : first;
      assertTrue(Arrays.equals(first, bits));
      Collections.shuffle(rows, random);
    }
  }

  @Test
  void forecastsWithoutSpread() {
    assertEquals(2.0, Forecasts.crpsGaussian(1, 0, 3));
    assertEquals(Double.POSITIVE_INFINITY, Forecasts.gaussianNll(1, 0, 3));
    assertEquals(Double.NEGATIVE_INFINITY, Forecasts.gaussianNll(1, 0, 1));
    assertEquals(2.0, Forecasts.crpsEnsemble(new double[] {1}, 3, false));
    assertTrue(Double.isNaN(Forecasts.crpsEnsemble(new double[] {1}, 3, true)));
    assertTrue(Double.isNaN(Forecasts.gaussianNll(Double.NaN, 1, 1)));
    assertTrue(Double.isNaN(Forecasts.gaussianNll(Double.NaN, 0, 1)));
  }

  /** x = (0, 1, 3), y = 1: (1 + 0 + 2) / 3; pairs (1 + 3 + 2) x 2, over 18 and over 12. */
  @Test
  void ensembleByHand() {
    double[] members = {3, 0, 1};
    assertEquals(1 - 12 / 18.0, Forecasts.crpsEnsemble(members, 1, false), 1e-15);
    assertEquals(1 - 12 / 12.0, Forecasts.crpsEnsemble(members, 1, true), 1e-15);
    assertEquals(3, members[0]);
  }

  @Test
  void noRows() {
    assertTrue(Double.isNaN(new GaussianState().nll()));
    assertTrue(Double.isNaN(new GaussianState().uncertaintyErrors(10).ence()));
    assertTrue(Double.isNaN(new GaussianState().uncertaintyErrors(10).uce()));
    assertTrue(Double.isNaN(new PitState().quantileErrors().sumOfSquares()));
    IntervalState weightless = new IntervalState(0.1);
    weightless.add(0, 1, Double.NaN, 0);
    assertTrue(Double.isNaN(weightless.coverage()));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThrows(IllegalArgumentException.class, () -> Forecasts.crpsGaussian(0, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> new GaussianState().add(0, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new GaussianState().add(0, 1, 1, -1));
    assertThrows(IllegalArgumentException.class, () -> new PitState().add(1.5, 1));
    assertThrows(IllegalArgumentException.class, () -> new PitState(new double[] {0.5, 0.5}, 10));
    assertThrows(IllegalArgumentException.class, () -> new IntervalState(1));
  }

  private static byte[] written(GaussianState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static double[] weights(GoldenFile golden, int rows) {
    if (golden.inputs().has("w")) {
      return GoldenFile.doubles(golden.inputs().get("w"));
    }
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, 1e-12 * Math.abs(expected), what);
  }
}
