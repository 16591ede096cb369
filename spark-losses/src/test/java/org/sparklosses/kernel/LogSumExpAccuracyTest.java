// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The log-sum-exp of the kernels against StrictMath.exp and a compensated sum. */
class LogSumExpAccuracyTest {

  private static final double FLOAT_BOUND = 1e-6;
  private static final double DOUBLE_BOUND = 1e-13;

  private final RowKernel kernel = KernelChoice.scalar();

  @Test
  void normalRowsOfEveryLength() {
    Random random = new Random(11);
    for (int length : new int[] {1, 2, 9, 10, 100, 511, 513, 1000, 32_000, 128_000, 1_000_000}) {
      double[] z = new double[length];
      for (int j = 0; j < length; j++) {
        z[j] = (float) (4 * random.nextGaussian());
      }
      check(z);
    }
  }

  @Test
  void manyEqualLogitsBelowOneMaximum() {
    Random random = new Random(12);
    for (int length : new int[] {1_000, 50_000, 1_000_000}) {
      for (int trial = 0; trial < 40; trial++) {
        double[] z = new double[length];
        float low = (float) (-Math.log(length) + 4 * random.nextGaussian());
        java.util.Arrays.fill(z, low);
        z[random.nextInt(length)] = 0;
        check(z);
      }
    }
  }

  @Test
  void rampsAndEqualRows() {
    for (int length : new int[] {1_000, 1_000_000}) {
      double[] z = new double[length];
      check(z);
      for (double top : new double[] {1, 100, 1000}) {
        for (int j = 0; j < length; j++) {
          z[j] = (float) (j * top / length);
        }
        check(z);
      }
    }
  }

  private void check(double[] z) {
    double expected = logSumExp(z);
    float[] floats = new float[z.length];
    for (int j = 0; j < z.length; j++) {
      floats[j] = (float) z[j];
    }
    double single = kernel.statistics(floats, 0, z.length, RowStatistics.NO_LABEL).logSumExp();
    double twice = kernel.statistics(z, 0, z.length, RowStatistics.NO_LABEL).logSumExp();
    assertEquals(expected, single, FLOAT_BOUND, "floats, " + z.length + " classes");
    assertEquals(
        expected,
        twice,
        DOUBLE_BOUND * Math.max(1, Math.abs(expected)),
        "doubles, " + z.length + " classes");
  }

  /** Two passes with the compensated sum of Neumaier. */
  private static double logSumExp(double[] z) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : z) {
      max = Math.max(max, v);
    }
    double sum = 0;
    double lost = 0;
    for (double v : z) {
      double e = StrictMath.exp(v - max);
      double next = sum + e;
      lost += sum >= e ? (sum - next) + e : (e - next) + sum;
      sum = next;
    }
    return max + StrictMath.log(sum + lost);
  }
}
