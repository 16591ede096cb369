// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Order statistics, ranks, sums and special values against naive code and PyTorch's rules. */
class RowSemanticsTest {

  private static final double INF = Double.POSITIVE_INFINITY;

  private final List<RowKernel> kernels = Kernels.all();

  @Test
  void specialValuesFollowPyTorch() {
    double nan = Double.NaN;
    // row, logsumexp, cross entropy of class 0, argmax
    expect(new double[] {1, nan, INF}, nan, nan, 1);
    expect(new double[] {1, INF, nan, nan}, nan, nan, 2);
    expect(new double[] {1, INF, 2}, INF, nan, 1);
    expect(new double[] {INF, INF}, INF, nan, 0);
    expect(new double[] {-INF, INF}, INF, nan, 1);
    expect(new double[] {-INF, -INF, -INF}, -INF, nan, 0);
    expect(new double[] {-INF}, -INF, nan, 0);
    expect(new double[] {-INF, 3, -INF}, 3, INF, 1);
    expect(new double[] {3, -INF, -INF}, 3, 0, 0);
    expect(new double[] {7}, 7, 0, 0);
  }

  private void expect(double[] z, double logSumExp, double crossEntropy, int argmax) {
    for (RowKernel kernel : kernels) {
      for (RowStatistics row :
          List.of(
              kernel.statistics(z, 0, z.length, 0), kernel.statistics(floats(z), 0, z.length, 0))) {
        assertEquals(logSumExp, row.logSumExp());
        assertEquals(crossEntropy, row.crossEntropy());
        assertEquals(argmax, row.argmax());
        double[] p = new double[z.length];
        kernel.softmax(z, 0, z.length, row, p);
        for (int j = 0; j < z.length; j++) {
          double expected = row.hasSoftmax() ? StrictMath.exp(z[j] - logSumExp) : Double.NaN;
          assertEquals(expected, p[j], 1e-15);
        }
      }
    }
  }

  @Test
  void orderStatisticsAndRanks() {
    Random random = new Random(3);
    RowSource source = new RowSource(random);
    for (int trial = 0; trial < 20_000; trial++) {
      int length = source.shortLength();
      double[] z = new double[length];
      String kind = source.fill(z, 0, length);
      float[] narrow = floats(z);
      for (int j = 0; j < length; j++) {
        z[j] = narrow[j];
      }
      int label = random.nextInt(length + 1) - 1;
      RowKernel kernel = kernels.get(trial % kernels.size());
      checkOrder(kind, z, label, kernel.statistics(z, 0, length, label));
      checkOrder(kind, z, label, kernel.statistics(narrow, 0, length, label));
    }
  }

  /** Double.compare puts NaN last as PyTorch does; adding 0.0 makes the zeros equal. */
  private static void checkOrder(String kind, double[] z, int label, RowStatistics row) {
    int argmax = 0;
    int nans = 0;
    int positive = 0;
    int negative = 0;
    for (int j = 0; j < z.length; j++) {
      argmax = Double.compare(z[j] + 0.0, z[argmax] + 0.0) > 0 ? j : argmax;
      nans += Double.isNaN(z[j]) ? 1 : 0;
      positive += z[j] == INF ? 1 : 0;
      negative += z[j] == -INF ? 1 : 0;
    }
    double runnerUp = -INF;
    double min = z[argmax] + 0.0;
    int rank = 0;
    for (int j = 0; j < z.length; j++) {
      double v = z[j] + 0.0;
      runnerUp = j != argmax && Double.compare(v, runnerUp) > 0 ? v : runnerUp;
      min = nans > 0 ? Double.NaN : Math.min(min, v);
      if (label >= 0) {
        int order = Double.compare(v, z[label] + 0.0);
        rank += order > 0 || (order == 0 && j < label) ? 1 : 0;
      }
    }
    assertEquals(z[argmax] + 0.0, row.max(), kind);
    assertEquals(argmax, row.argmax(), kind);
    assertEquals(runnerUp, row.runnerUp(), kind);
    assertEquals(min, row.min(), kind);
    assertEquals(label < 0 ? -1 : rank, row.labelRank(), kind);
    assertEquals(nans, row.nans(), kind);
    assertEquals(positive, row.positiveInfinities(), kind);
    assertEquals(negative, row.negativeInfinities(), kind);
    assertEquals(label < 0 ? Double.NaN : z[label] + 0.0, row.labelLogit(), kind);
  }

  @Test
  void sumsOfFloatsAreThoseOfExactArithmetic() {
    Random random = new Random(4);
    for (int trial = 0; trial < 300; trial++) {
      int length = 1 + random.nextInt(2500);
      float scale = trial % 3 == 0 ? 1e30f : 10;
      float[] z = new float[length];
      for (int j = 0; j < length; j++) {
        z[j] = (float) (scale * random.nextGaussian());
      }
      int label = random.nextInt(length);
      // the label outweighs all others, so that subtracting its square would leave nothing
      z[label] = trial % 2 == 0 ? z[label] : 1e6f * scale;
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal others = BigDecimal.ZERO;
      BigDecimal absolute = BigDecimal.ZERO;
      for (int j = 0; j < length; j++) {
        BigDecimal v = new BigDecimal(z[j]);
        sum = sum.add(v);
        absolute = absolute.add(v.abs());
        others = j == label ? others : others.add(v.multiply(v));
      }
      BigDecimal y = new BigDecimal(z[label]);
      double squares = others.add(y.multiply(y)).doubleValue();
      for (RowKernel kernel : kernels) {
        RowStatistics row = kernel.statistics(z, 0, length, label);
        assertEquals(sum.doubleValue(), row.sum(), 1e-14 * absolute.doubleValue());
        assertEquals(squares, row.sumSquares(), 1e-14 * squares);
        assertEquals(others.doubleValue(), row.sumSquaresOthers(), 1e-14 * others.doubleValue());
      }
    }
  }

  @Test
  void sumsWithNegativeInfinity() {
    for (RowKernel kernel : kernels) {
      for (int label = 0; label < 2; label++) {
        RowStatistics row =
            kernel.statistics(new float[] {Float.NEGATIVE_INFINITY, 2}, 0, 2, label);
        assertEquals(-INF, row.sum());
        assertEquals(INF, row.sumSquares());
        assertEquals(label == 0 ? 4.0 : INF, row.sumSquaresOthers());
      }
    }
  }

  @Test
  void doublesWhoseSumOverflowsBothWaysHaveASoftmax() {
    double[] z = new double[40];
    for (int j = 0; j < z.length; j++) {
      z[j] = j % 2 == 0 ? 1.7e308 : -1.7e308;
    }
    for (RowKernel kernel : kernels) {
      RowStatistics row = kernel.statistics(z, 0, z.length, 0);
      assertEquals(StrictMath.log(20), row.crossEntropy(), 1e-15);
      assertFalse(Double.isNaN(row.entropy()));
    }
  }

  private static float[] floats(double[] z) {
    float[] narrow = new float[z.length];
    for (int j = 0; j < z.length; j++) {
      narrow[j] = (float) z[j];
    }
    return narrow;
  }

  /** Short rows have a path of their own: its sums are those of the walk over chunks. */
  @Test
  void minusInfinitiesBehindAShortRowChangeNothing() {
    Random random = new Random(11);
    for (RowKernel kernel : Kernels.all()) {
      for (int i = 0; i < 20_000; i++) {
        int length = 1 + random.nextInt(32);
        float[] z = new float[length + 33];
        Arrays.fill(z, length, z.length, Float.NEGATIVE_INFINITY);
        float scale = (float) Math.exp(6 * random.nextGaussian());
        for (int j = 0; j < length; j++) {
          z[j] =
              random.nextInt(5) == 0
                  ? random.nextInt(3) - 1
                  : (float) random.nextGaussian() * scale;
        }
        int label = random.nextInt(length);
        float[] shortExponentials = new float[length];
        float[] longExponentials = new float[z.length];
        RowStatistics ofShort = kernel.exponentials(z, 0, length, label, shortExponentials);
        RowStatistics ofLong = kernel.exponentials(z, 0, z.length, label, longExponentials);
        assertEquals(ofLong.max(), ofShort.max());
        assertEquals(length > 1 ? ofLong.runnerUp() : Double.NEGATIVE_INFINITY, ofShort.runnerUp());
        assertEquals(ofLong.argmax(), ofShort.argmax());
        assertEquals(ofLong.labelRank(), ofShort.labelRank());
        assertEquals(ofLong.sumExp(), ofShort.sumExp());
        assertEquals(ofLong.sumExpSquares(), ofShort.sumExpSquares());
        assertEquals(ofLong.sumShiftedExp(), ofShort.sumShiftedExp());
        assertArrayEquals(Arrays.copyOf(longExponentials, length), shortExponentials);
      }
    }
  }
}
