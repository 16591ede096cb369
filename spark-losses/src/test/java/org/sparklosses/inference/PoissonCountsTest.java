// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoissonCountsTest {

  private static final int BUCKETS = 1024;
  private static final int REPLICATES = 1000;

  /** By an implementation in Python with 60 digits. */
  @Test
  void draws() {
    assertArrayEquals(
        new int[] {1, 1, 1, 2, 0, 0, 2, 2, 1, 0, 0, 2, 0, 2, 1, 0, 2, 0, 2, 2}, draws(42, 0));
    assertArrayEquals(
        new int[] {2, 1, 1, 1, 1, 2, 2, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 2, 1, 2}, draws(42, 1));
    assertArrayEquals(
        new int[] {1, 2, 3, 0, 1, 0, 2, 0, 1, 1, 2, 1, 2, 1, 1, 0, 1, 0, 0, 2}, draws(42, 1023));
    assertArrayEquals(
        new int[] {2, 3, 3, 1, 3, 0, 1, 0, 0, 3, 0, 1, 2, 1, 0, 2, 0, 2, 0, 0}, draws(7, 5));
  }

  private static int[] draws(long seed, int bucket) {
    PoissonCounts counts = new PoissonCounts(seed);
    return IntStream.range(0, 20).map(r -> counts.count(r, bucket)).toArray();
  }

  @Test
  void smallestAndLargest() {
    assertEquals(0, PoissonCounts.ofHash(0));
    assertEquals(1, PoissonCounts.ofHash(Long.MIN_VALUE));
    assertEquals(20, PoissonCounts.ofHash(-1));
  }

  /** Mean 1, variance 1; of n draws their errors are sqrt(1/n) and sqrt(3/n). */
  @Test
  void meanAndVariance() {
    double n = (double) BUCKETS * REPLICATES;
    double sum = 0;
    double squares = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      for (int r = 0; r < REPLICATES; r++) {
        int count = new PoissonCounts(3).count(r, bucket);
        sum += count;
        squares += (count - 1) * (count - 1);
      }
    }
    assertEquals(1, sum / n, 4 * Math.sqrt(1 / n));
    assertEquals(1, squares / n, 4 * Math.sqrt(3 / n));
  }

  @Test
  void frequencies() {
    double[] observed = new double[8];
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      for (int r = 0; r < REPLICATES; r++) {
        observed[Math.min(7, new PoissonCounts(4).count(r, bucket))]++;
      }
    }
    double chiSquare = 0;
    double left = (double) BUCKETS * REPLICATES;
    double expected = left / Math.E;
    for (int k = 0; k < 8; k++) {
      double e = k == 7 ? left : expected;
      chiSquare += (observed[k] - e) * (observed[k] - e) / e;
      left -= expected;
      expected /= k + 1;
    }
    // P(chi-square with 7 degrees of freedom > 29.9) = 1e-4
    assertTrue(chiSquare < 29.9, () -> "frequencies differ");
  }

  /** Correlations of replicates, of buckets and of seeds are as small as chance leaves them. */
  @Test
  void independentAlongEveryAxis() {
    double replicates = 0;
    double buckets = 0;
    double seeds = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      for (int r = 0; r < REPLICATES; r++) {
        int centred = new PoissonCounts(5).count(r, bucket) - 1;
        replicates += centred * (new PoissonCounts(5).count(r + 1, bucket) - 1);
        buckets += centred * (new PoissonCounts(5).count(r, bucket + 1) - 1);
        seeds += centred * (new PoissonCounts(6).count(r, bucket) - 1);
      }
    }
    double deviation = Math.sqrt((double) BUCKETS * REPLICATES);
    assertEquals(0, replicates, 4 * deviation);
    assertEquals(0, buckets, 4 * deviation);
    assertEquals(0, seeds, 4 * deviation);
  }
}
