// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnKernelTest {

  private static final int ROWS = 1003;

  private final List<RowKernel> kernels = Kernels.all();
  private final Random random = new Random(3);

  private static double[] column(DoubleSupplier numbers) {
    double[] x = new double[ROWS];
    Arrays.setAll(x, r -> numbers.getAsDouble());
    return x;
  }

  @Test
  void exponentials() {
    double[] d = column(() -> -Math.exp(8 * random.nextDouble() - 2));
    d[0] = 0;
    d[1] = Double.NEGATIVE_INFINITY;
    d[2] = -708;
    d[3] = Math.nextDown(-708.0);
    for (RowKernel kernel : kernels) {
      double[] out = new double[ROWS];
      kernel.columns().exponentials(d, ROWS, out);
      for (int r = 0; r < ROWS; r++) {
        double exact = d[r] < -708 ? 0 : StrictMath.exp(d[r]);
        assertEquals(exact, out[r], Math.ulp(exact), kernel.name() + " exp " + d[r]);
        assertEquals(Exponential.ofDifference(d[r]), out[r], kernel.name());
      }
    }
  }

  @Test
  void logarithms() {
    double[] x =
        column(
            () ->
                switch (random.nextInt(4)) {
                  case 0 -> 1 + Math.exp(-40 * random.nextDouble());
                  case 1 -> 1 - Math.exp(-36 * random.nextDouble());
                  case 2 -> Math.exp(12 * random.nextDouble());
                  default -> Math.exp(1400 * (random.nextDouble() - 0.5));
                });
    x[0] = 1;
    x[1] = 2;
    x[2] = Math.sqrt(2);
    x[3] = Math.nextUp(1.0);
    x[4] = Math.nextDown(1.0);
    x[5] = Double.MIN_NORMAL;
    x[6] = Double.MAX_VALUE;
    for (RowKernel kernel : kernels) {
      double[] out = new double[ROWS];
      kernel.columns().logarithms(x, ROWS, out);
      for (int r = 0; r < ROWS; r++) {
        double exact = StrictMath.log(x[r]);
        assertEquals(exact, out[r], Math.ulp(exact), kernel.name() + " log " + x[r]);
        assertEquals(Logarithm.of(x[r]), out[r], kernel.name());
      }
    }
  }

  @Test
  void probabilities() {
    double[] odd = {0, -0.0, 1, Math.nextUp(1.0), 1.5, -1e-300, Double.NaN, Double.MIN_VALUE};
    for (int classes : new int[] {1, 2, 7, 32}) {
      for (int rows : new int[] {1, 8, 61, ROWS}) {
        int stride = rows + 3;
        double[] given = new double[classes * stride];
        Arrays.setAll(
            given,
            i ->
                switch (random.nextInt(20)) {
                  case 0 -> odd[random.nextInt(odd.length)];
                  case 1, 2, 3 -> 1.0 / classes;
                  default -> random.nextDouble();
                });
        for (RowKernel kernel : kernels) {
          double[] p = given.clone();
          ProbabilityColumns found = ProbabilityColumns.of(rows);
          kernel.columns().readProbabilities(p, stride, classes, rows, found);
          for (int r = 0; r < rows; r++) {
            checkRow(given, p, stride, classes, r, found);
          }
        }
      }
    }
  }

  @Test
  void logits() {
    double[] odd = {0, -0.0, 1000, -1e308, 1e308, Double.NaN, 1 / 0.0, -1 / 0.0};
    for (int classes : new int[] {1, 2, 7, 8, 9, 17, 32}) {
      for (int rows : new int[] {1, 8, 61, ROWS}) {
        int stride = rows + 3;
        double[] z = new double[classes * stride];
        Arrays.setAll(
            z,
            i ->
                switch (random.nextInt(20)) {
                  case 0 -> odd[random.nextInt(odd.length)];
                  case 1, 2, 3 -> random.nextInt(3);
                  default -> 10 * random.nextGaussian();
                });
        int[] labels = random.ints(rows, 0, classes).toArray();
        for (RowKernel kernel : kernels) {
          double[] e = new double[classes * stride];
          LogitColumns found = LogitColumns.of(rows);
          kernel.columns().readLogits(z, stride, classes, rows, labels, e, found);
          for (int r = 0; r < rows; r++) {
            checkRow(z, stride, classes, labels[r], r, e, found);
          }
        }
      }
    }
  }

  private void checkRow(
      double[] z, int stride, int classes, int label, int r, double[] e, LogitColumns found) {
    double[] row = new double[classes];
    Arrays.setAll(row, j -> z[j * stride + r]);
    assertEquals(Arrays.stream(row).allMatch(Double::isFinite), found.isFinite()[r]);
    if (found.isFinite()[r]) {
      RowStatistics expected = kernels.get(0).statistics(row, 0, classes, label);
      assertEquals(expected.max(), found.max()[r]);
      assertEquals(expected.runnerUp(), found.runnerUp()[r]);
      assertEquals(expected.min(), found.min()[r]);
      assertEquals(expected.argmax(), found.argmax()[r]);
      assertEquals(expected.labelLogit(), found.labelLogit()[r]);
      assertEquals(expected.labelRank(), found.labelRank()[r]);
      assertEquals(expected.sumExp(), found.sumExp()[r]);
      assertEquals(expected.sumExpSquares(), found.sumExpSquares()[r]);
      assertEquals(expected.sumShiftedExp(), found.sumShiftedExp()[r]);
      for (int j = 0; j < classes; j++) {
        double difference = row[j] - expected.max();
        double exact = difference < -708 ? 0 : StrictMath.exp(difference);
        assertEquals(exact, e[j * stride + r], Math.ulp(exact));
      }
    }
  }

  private static void checkRow(
      double[] given, double[] p, int stride, int classes, int r, ProbabilityColumns found) {
    double sum = 0;
    double squares = 0;
    double outside = 0;
    List<Double> ascending = new ArrayList<>();
    for (int j = 0; j < classes; j++) {
      double x = given[j * stride + r];
      double q = x > 1 ? 1 : x <= 0 ? 0.0 : x;
      assertEquals(q, p[j * stride + r]);
      sum += q;
      squares += q * q;
      outside = Math.max(outside, Math.max(-x, x - 1));
      ascending.add(q + 0.0);
    }
    assertEquals(outside, found.outside()[r]);
    if (!Double.isNaN(outside)) {
      double largest = Collections.max(ascending);
      assertEquals(ascending.indexOf(largest), found.argmax()[r]);
      assertEquals(largest, found.max()[r] + 0.0);
      ascending.remove(largest);
      ascending.add(0.0);
      double second = Collections.max(ascending);
      assertEquals(second, found.runnerUp()[r] + 0.0);
      assertEquals(sum, found.sum()[r]);
      assertEquals(squares, found.sumSquares()[r]);
    }
  }

  @Test
  void numbersAboveABound() {
    for (int i = 0; i < 300; i++) {
      int from = random.nextInt(ROWS);
      int to = from + random.nextInt(ROWS - from + 1);
      float bound = random.nextInt(5) / 4f;
      double[] x =
          column(() -> random.nextBoolean() ? random.nextInt(5) / 4.0 : random.nextDouble());
      float[] f = new float[ROWS];
      for (int r = 0; r < ROWS; r++) {
        f[r] = (float) x[r];
      }
      int[] expected = IntStream.range(from, to).filter(r -> x[r] > bound).toArray();
      int[] expectedOfFloats = IntStream.range(from, to).filter(r -> f[r] > bound).toArray();
      for (RowKernel kernel : kernels) {
        int[] list = new int[to - from + 1];
        int found = kernel.columns().listAbove(x, from, to, bound, list);
        assertArrayEquals(expected, Arrays.stream(list, 0, found).sorted().toArray());
        found = kernel.columns().listAbove(f, from, to, bound, list);
        assertArrayEquals(expectedOfFloats, Arrays.stream(list, 0, found).sorted().toArray());
      }
    }
  }

  @Test
  void quantizedTotals() {
    float[] p = new float[ROWS];
    for (int i = 0; i < 50; i++) {
      int from = random.nextInt(ROWS);
      int to = from + random.nextInt(Math.min(256, ROWS - from + 1));
      double expected = 0;
      for (int r = from; r < to; r++) {
        p[r] = (float) Math.exp(-60 * random.nextDouble());
        // Math.rint rounds half to even, as the sum with a large number does.
        expected += Math.rint(p[r] * 0x1p44) * 0x1p-44;
      }
      for (RowKernel kernel : kernels) {
        double[] totals = new double[3 + ColumnKernel.LANES];
        kernel.columns().addQuantized(p, from, to, totals, 3);
        assertEquals(expected, Arrays.stream(totals).sum(), kernel.name());
      }
    }
  }

  @Test
  void sumsAreExact() {
    for (int i = 0; i < 300; i++) {
      int from = random.nextInt(ROWS);
      int to = from + random.nextInt(ROWS - from + 1);
      double smallest = Math.scalb(1.0, -random.nextInt(56));
      double[] x =
          column(
              () ->
                  random.nextInt(5) == 0
                      ? 0
                      : (random.nextBoolean() ? 1 : -1)
                          * Math.exp(Math.log(smallest) * random.nextDouble())
                          * (1 + random.nextDouble()));
      BigDecimal expected = BigDecimal.ZERO;
      double least = Double.POSITIVE_INFINITY;
      double most = 0;
      for (int r = from; r < to; r++) {
        expected = expected.add(new BigDecimal(x[r]));
        most = Math.max(most, Math.abs(x[r]));
        least = x[r] == 0 ? least : Math.min(least, Math.abs(x[r]));
      }
      for (RowKernel kernel : kernels) {
        PartialSums parts = new PartialSums();
        assertTrue(kernel.columns().sum(x, from, to, parts), kernel.name());
        BigDecimal sum = BigDecimal.ZERO;
        for (int part = 0; part < PartialSums.PARTS; part++) {
          sum = sum.add(new BigDecimal(parts.part(part)));
        }
        assertEquals(0, expected.compareTo(sum), kernel.name());
        assertEquals(least, parts.smallest(), kernel.name());
        assertEquals(most, parts.largest(), kernel.name());
      }
    }
  }

  @Test
  void sumsThatCannotBeExactAreRefused() {
    double[] refused = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0x1p16, 0x1p-111, 1e-30
    };
    for (double x : refused) {
      for (int at : new int[] {0, 500, ROWS - 1}) {
        double[] column = column(() -> 0.25);
        column[at] = x;
        for (RowKernel kernel : kernels) {
          assertFalse(
              kernel.columns().sum(column, 0, ROWS, new PartialSums()), kernel.name() + " " + x);
        }
      }
    }
  }
}
