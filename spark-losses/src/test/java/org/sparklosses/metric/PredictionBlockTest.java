// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.inference.BucketSums;
import org.sparklosses.inference.BucketedRows;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;

/** Blocks of rows against the same rows one by one. */
class PredictionBlockTest {

  private static final int ROWS = PredictionBlock.ROWS;
  private static final double TOLERANCE = 1e-4;

  private final RowKernel kernel = RowKernels.get();
  private final Random random = new Random(11);

  /** Sharp and flat rows, ties, and differences so large that probabilities are 0 or 1. */
  private float[] logits(int classes) {
    float[] z = new float[classes];
    double scale = Math.exp(8 * random.nextDouble() - 3);
    for (int j = 0; j < classes; j++) {
      z[j] = (float) (scale * random.nextGaussian());
    }
    if (random.nextInt(10) == 0) {
      z[random.nextInt(classes)] = z[random.nextInt(classes)];
    }
    if (random.nextInt(20) == 0) {
      z[random.nextInt(classes)] = 1000;
    }
    return z;
  }

  private static MetricPlan plan(int classes, boolean weighted) {
    List<BoundMetric> metrics = new ArrayList<>();
    for (Metric metric : Metrics.all()) {
      boolean needsTwo = metric.id().equals("binary_calibration_error");
      if (!needsTwo || classes == 2) {
        boolean isOfPositive =
            metric.parameters().stream().anyMatch(p -> "positive".equals(p.defaultValue()));
        MetricSpec spec = MetricSpec.of(metric.id());
        metrics.add(Metrics.bind(isOfPositive && classes != 2 ? spec.with("of", "mistake") : spec));
      }
    }
    for (String side : List.of("left", "torchmetrics")) {
      metrics.add(
          Metrics.bind(
              MetricSpec.of("classwise_calibration_error").with("n_bins", 10).with("side", side)));
    }
    metrics.add(Metrics.bind(MetricSpec.of("classwise_calibration_error").with("n_bins", 1000)));
    MetricPlan plan = MetricPlan.of(metrics, weighted);
    return plan.with(new BucketedRows(AdditiveSums.of(plan), BucketSums.DEFAULT_BUCKETS))
        .with(SquaredMeans.of(plan));
  }

  private static byte[] written(MetricState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, true", "10, false", "10, true", "17, false", "32, false", "32, true"})
  void everyMetricHasTheSameState(int classes, boolean weighted) throws IOException {
    checkSameState(new FloatLogits(), classes, weighted, ROWS, 1, 777, 64);
    checkSameState(new DoubleLogits(), classes, weighted, ROWS, 1, 777, 64);
    checkSameState(new Probabilities(), classes, weighted, ROWS, 1, 777, 64);
  }

  @Test
  void oneClass() throws IOException {
    checkSameState(new FloatLogits(), 1, false, 100);
    checkSameState(new DoubleLogits(), 1, false, 100);
    checkSameState(new Probabilities(), 1, false, 100);
  }

  /** So many rows that distinct scores become cells. */
  @ParameterizedTest
  @CsvSource({"2, false", "2, true", "4, false", "4, true"})
  void everyMetricHasTheSameStateOnTheGrid(int classes, boolean weighted) throws IOException {
    int[] sizes = new int[1 + 4 * Scores.EXACT_LIMIT / ROWS];
    Arrays.fill(sizes, ROWS);
    for (Input<?> input : List.of(new FloatLogits(), new DoubleLogits(), new Probabilities())) {
      MetricState state = checkSameState(input, classes, weighted, sizes);
      assertFalse(state.get(new Scores(ScoreSource.TOP_LABEL)).isExact());
      assertFalse(state.get(new Ranks(ScoreSource.EACH_CLASS)).isExact());
    }
  }

  /** Makes up rows and writes each to a row and to a block. */
  private abstract static class Input<B extends PredictionBlock> {

    final B block;

    Input(B block) {
      this.block = block;
    }

    abstract void set(PredictionRow row, int classes, int label, double weight, int r);
  }

  private final class FloatLogits extends Input<FloatLogitBlock> {

    FloatLogits() {
      super(new FloatLogitBlock(kernel));
    }

    @Override
    void set(PredictionRow row, int classes, int label, double weight, int r) {
      float[] z = logits(classes);
      for (int j = 0; j < classes; j++) {
        block.logits()[j * PredictionBlock.STRIDE + r] = z[j];
      }
      row.readLogits(z, classes, label, weight);
    }
  }

  private final class DoubleLogits extends Input<DoubleLogitBlock> {

    DoubleLogits() {
      super(new DoubleLogitBlock(kernel));
    }

    @Override
    void set(PredictionRow row, int classes, int label, double weight, int r) {
      float[] floats = logits(classes);
      double scale = 1 + random.nextDouble() / 1000;
      double[] z = new double[classes];
      for (int j = 0; j < classes; j++) {
        z[j] = scale * floats[j];
        block.logits()[j * PredictionBlock.STRIDE + r] = z[j];
      }
      row.readLogits(z, classes, label, weight);
    }
  }

  private final class Probabilities extends Input<ProbabilityBlock> {

    Probabilities() {
      super(new ProbabilityBlock(kernel, TOLERANCE, false));
    }

    @Override
    void set(PredictionRow row, int classes, int label, double weight, int r) {
      double[] p = probabilities(classes);
      for (int j = 0; j < classes; j++) {
        block.given()[j * PredictionBlock.STRIDE + r] = p[j];
      }
      row.readProbabilities(p, classes, label, weight);
      assertNull(row.fault());
    }
  }

  /** Of such logits; or rounded to float, sure, all the same, or with a sum a little off. */
  private double[] probabilities(int classes) {
    float[] z = logits(classes);
    float max = z[0];
    for (float x : z) {
      max = Math.max(max, x);
    }
    double sum = 0;
    for (float x : z) {
      sum += Math.exp(x - max);
    }
    double[] p = new double[classes];
    int kind = random.nextInt(5);
    for (int j = 0; j < classes; j++) {
      double q = Math.exp(z[j] - max) / sum;
      p[j] =
          switch (kind) {
            case 0 -> (float) q;
            case 1 -> j == 0 ? 1 : -0.0;
            case 2 -> q * (1 + TOLERANCE / 2);
            case 3 -> 1.0 / classes;
            default -> q;
          };
    }
    return p;
  }

  private MetricState checkSameState(Input<?> input, int classes, boolean weighted, int... sizes)
      throws IOException {
    MetricPlan plan = plan(classes, weighted);
    PredictionBlock block = input.block;
    PredictionRow row = new PredictionRow(kernel, TOLERANCE);
    MetricState ofRows = new MetricState(plan);
    MetricState ofBlocks = new MetricState(plan);
    for (int size : sizes) {
      block.start(classes);
      for (int r = 0; r < size; r++) {
        int label = random.nextInt(classes);
        double weight = weighted ? Math.exp(4 * random.nextGaussian()) : 1;
        input.set(row, classes, label, weight, r);
        block.set(r, label, weight, random.nextLong());
        row.setKey(block.key(r));
        ofRows.add(row);
      }
      assertTrue(block.read(size));
      int from = 0;
      while (from < size) {
        int to = Math.min(size, from + 1 + random.nextInt(500));
        ofBlocks.add(block, from, to);
        from = to;
      }
    }
    assertEquals(ofRows.ledger(), ofBlocks.ledger());
    assertArrayEquals(written(ofRows), written(ofBlocks));
    return ofBlocks;
  }

  @Test
  void rowsThatAreNotFiniteAreTold() {
    FloatLogitBlock floats = new FloatLogitBlock(kernel);
    checkNotFinite(floats, (i, z) -> floats.logits()[i] = (float) z);
    DoubleLogitBlock doubles = new DoubleLogitBlock(kernel);
    checkNotFinite(doubles, (i, z) -> doubles.logits()[i] = z);
  }

  /** Takes a logit and its place. */
  private interface Logits {
    void set(int i, double z);
  }

  private void checkNotFinite(LogitBlock block, Logits logits) {
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int trial = 0; trial < 60; trial++) {
      int classes = 1 + random.nextInt(PredictionBlock.MOST_CLASSES);
      int at = random.nextInt(200);
      block.start(classes);
      for (int r = 0; r < 200; r++) {
        for (int j = 0; j < classes; j++) {
          logits.set(j * PredictionBlock.STRIDE + r, random.nextGaussian());
        }
        block.set(r, random.nextInt(classes), 1, 0);
      }
      logits.set(random.nextInt(classes) * PredictionBlock.STRIDE + at, odd[trial % 3]);
      assertFalse(block.read(200));
      for (int r = 0; r < 200; r++) {
        assertEquals(r != at, block.isRegular(r));
      }
    }
  }

  @Test
  void whatIsNoProbabilityIsTold() {
    ProbabilityBlock block = new ProbabilityBlock(kernel, TOLERANCE, false);
    PredictionRow row = new PredictionRow(kernel, TOLERANCE);
    double[][] rows = {
      {0.25, 0.75},
      {Double.NaN, 0.5},
      {0.5, Double.NaN},
      {-1e-300, 1},
      {1 + 2 * TOLERANCE, -2 * TOLERANCE},
      {1 + TOLERANCE / 2, 0},
      {1 + 2 * TOLERANCE, 0},
      {0.5, 0.5 + 2 * TOLERANCE},
      {0.5, 0.5 - TOLERANCE / 2},
      {Double.POSITIVE_INFINITY, 0},
      {Double.NEGATIVE_INFINITY, 1},
      {0, 0},
      {3, -2}
    };
    block.start(2);
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < 2; j++) {
        block.given()[j * PredictionBlock.STRIDE + r] = rows[r][j];
      }
      block.set(r, 1, 1, 0);
    }
    assertFalse(block.read(rows.length));
    for (int r = 0; r < rows.length; r++) {
      row.readProbabilities(rows[r], 2, 1, 1);
      assertEquals(row.fault() == null, block.isRegular(r), Arrays.toString(rows[r]));
    }
  }
}
