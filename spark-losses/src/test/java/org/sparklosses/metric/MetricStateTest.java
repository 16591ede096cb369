// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.kernel.RowKernels;

class MetricStateTest {

  private static final int ROWS = 1500;
  private static final int CLASSES = 80;

  private final double[][] probabilities = new double[ROWS][];
  private final int[] labels = new int[ROWS];
  private final double[] weights = new double[ROWS];

  MetricStateTest() {
    Random random = new Random(9);
    for (int i = 0; i < ROWS; i++) {
      // Sharpness varies from row to row, so that every number of large entries occurs.
      double scale = 4 * random.nextDouble();
      double[] p = random.doubles(CLASSES).map(u -> Math.exp(scale * Math.log(u) * -2)).toArray();
      double sum = Arrays.stream(p).sum();
      probabilities[i] = Arrays.stream(p).map(x -> x / sum).toArray();
      labels[i] = random.nextInt(CLASSES - 1);
      weights[i] = 1 + random.nextInt(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, right, l1, false",
    "15, left, l2, false",
    "15, left, l2, true",
    "40, torchmetrics, l1, false",
    "40, right, max, false",
    "1, torchmetrics, l2, true"
  })
  void classwiseErrorIsThatOfItsDefinition(int bins, String side, String norm, boolean debias)
      throws IOException {
    BoundMetric metric =
        Metrics.bind(
            MetricSpec.of("classwise_calibration_error")
                .with("n_bins", bins)
                .with("side", side)
                .with("norm", norm)
                .with("debias", debias));
    double[] errors = new double[CLASSES];
    for (int k = 0; k < CLASSES; k++) {
      errors[k] = naiveError(k, bins, side, norm, debias);
    }
    double expected =
        switch (norm) {
          case "l1" -> Arrays.stream(errors).sum() / CLASSES;
          case "l2" -> Math.sqrt(Arrays.stream(errors).map(e -> e * e).sum() / CLASSES);
          default -> Arrays.stream(errors).max().orElseThrow();
        };
    MetricPlan plan = MetricPlan.of(List.of(metric), true);
    MetricState state = state(plan, 0, ROWS / 3);
    state.merge(copy(plan, state(plan, ROWS / 3, ROWS)));
    assertEquals(expected, metric.read(state).value(), debias ? 1e-10 : 1e-12);
  }

  private double naiveError(int k, int bins, String side, String norm, boolean debias) {
    double[] w = new double[bins + 1];
    double[] w2 = new double[bins + 1];
    double[] wp = new double[bins + 1];
    double[] wy = new double[bins + 1];
    double total = 0;
    for (int i = 0; i < ROWS; i++) {
      double p = probabilities[i][k];
      int bin = 0;
      for (int b = 1; b < bins; b++) {
        double edge = b / (double) bins;
        bin += side.equals("right") ? (p > edge ? 1 : 0) : (p >= edge ? 1 : 0);
      }
      bin = side.equals("torchmetrics") && p == 1 ? bins : bin;
      w[bin] += weights[i];
      w2[bin] += weights[i] * weights[i];
      wp[bin] += weights[i] * p;
      wy[bin] += labels[i] == k ? weights[i] : 0;
      total += weights[i];
    }
    double sum = 0;
    double max = 0;
    for (int b = 0; b <= bins; b++) {
      if (w[b] > 0) {
        double y = wy[b] / w[b];
        double gap = Math.abs(wp[b] / w[b] - y);
        double effective = w[b] * w[b] / w2[b];
        double chance = effective > 1 + 1e-9 ? y * (1 - y) / (effective - 1) : gap * gap;
        sum += w[b] / total * (norm.equals("l1") ? gap : gap * gap - (debias ? chance : 0));
        max = Math.max(max, gap);
      }
    }
    return switch (norm) {
      case "l1" -> sum;
      case "l2" -> Math.sqrt(Math.max(0, sum));
      default -> max;
    };
  }

  private MetricState state(MetricPlan plan, int from, int to) {
    MetricState state = new MetricState(plan);
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    for (int i = from; i < to; i++) {
      row.readProbabilities(probabilities[i], CLASSES, labels[i], weights[i]);
      state.add(row);
    }
    return state;
  }

  private static byte[] bytes(MetricState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static MetricState copy(MetricPlan plan, MetricState state) throws IOException {
    return MetricState.read(plan, new DataInputStream(new ByteArrayInputStream(bytes(state))));
  }

  @Test
  void wholeWeightsAreRepeatedRows() {
    List<BoundMetric> metrics = Metrics.defaults().stream().map(Metrics::bind).toList();
    MetricPlan weighted = MetricPlan.of(metrics, true);
    MetricPlan plain = MetricPlan.of(metrics, false);
    MetricState repeated = new MetricState(plain);
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    for (int i = 0; i < ROWS; i++) {
      for (int r = 0; r < weights[i]; r++) {
        row.readProbabilities(probabilities[i], CLASSES, labels[i], 1);
        repeated.add(row);
      }
    }
    MetricState once = state(weighted, 0, ROWS);
    for (BoundMetric metric : metrics) {
      metric
          .read(repeated)
          .values()
          .forEach(
              (part, expected) ->
                  assertEquals(
                      expected, metric.read(once).values().get(part), 1e-12, metric.name()));
    }
  }

  @Test
  void classTable() {
    BoundMetric metric = Metrics.bind(MetricSpec.of("classwise_calibration_error"));
    MetricState state = state(MetricPlan.of(List.of(metric), true), 0, ROWS);
    ClassTable.Entry entry = metric.read(state).classes().orElseThrow().classes().get(3);
    double weight = 0;
    double sum = 0;
    double mean = 0;
    long support = 0;
    double correct = 0;
    for (int i = 0; i < ROWS; i++) {
      weight += weights[i];
      mean += weights[i] * probabilities[i][3];
      if (labels[i] == 3) {
        support++;
        sum += weights[i];
        double max = Arrays.stream(probabilities[i]).max().orElseThrow();
        correct += probabilities[i][3] == max ? weights[i] : 0;
      }
    }
    assertEquals(support, entry.support());
    assertEquals(sum, entry.sumWeight());
    assertEquals(sum / weight, entry.prevalence(), 1e-15);
    assertEquals(mean / weight, entry.meanPredicted(), 1e-14);
    assertEquals(correct / sum, entry.recall(), 1e-15);
    assertEquals(naiveError(3, 15, "right", "l1", false), entry.calibrationError(), 1e-12);
  }

  @Test
  void truncatedBytes() throws IOException {
    MetricPlan plan = MetricPlan.of(Metrics.defaults().stream().map(Metrics::bind).toList(), true);
    byte[] bytes = bytes(state(plan, 0, 2));
    for (int length = 0; length < bytes.length; length += 97) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
      assertThrows(EOFException.class, () -> MetricState.read(plan, in));
    }
  }
}
