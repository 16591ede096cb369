// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The bootstrap of buckets against theory and against the bootstrap of rows. Every set of rows has
 * a generator and a seed of its own, so that each test gives the same figures each time; tolerances
 * are three to four standard deviations of what is compared.
 */
class BootstrapTest {

  private static final int BUCKETS = BucketSums.DEFAULT_BUCKETS;
  private static final int REPLICATES = ResampledSums.DEFAULT_REPLICATES;
  private static final int BINS = 10;

  /** Fewer rows than buckets, and five times as many. */
  @Test
  void intervalOfAMeanCoversTheTruth() {
    for (int rows : new int[] {400, 5000}) {
      Coverage coverage = new Coverage();
      for (int set = 0; set < 600; set++) {
        SplittableRandom random = new SplittableRandom(set);
        BucketSums sums = new BucketSums(BUCKETS, 2);
        for (int key = 0; key < rows; key++) {
          // Exponential: mean 1.
          add(sums, set, key, 1, -Math.log1p(-random.nextDouble()));
        }
        coverage.add(sums, set, BootstrapTest::mean, 1);
      }
      coverage.assertNominal("mean of " + rows);
    }
  }

  @Test
  void intervalOfARatioCoversTheTruth() {
    Coverage coverage = new Coverage();
    for (int set = 0; set < 600; set++) {
      SplittableRandom random = new SplittableRandom(1000 + set);
      BucketSums sums = new BucketSums(BUCKETS, 2);
      for (int key = 0; key < 1500; key++) {
        double weight = 3 * random.nextDouble();
        // Heavier rows have larger values: E wx / E w = E w^2 / E w = 2.
        add(sums, set, key, weight, weight * (weight + random.nextDouble(-1, 1)));
      }
      coverage.add(sums, set, BootstrapTest::mean, 2);
    }
    coverage.assertNominal("ratio");
  }

  /** Confidences 0.1 above what is observed, in every bin: the binned error is 0.1. */
  @Test
  void intervalOfACalibrationErrorCoversTheTruth() {
    Coverage coverage = new Coverage();
    for (int set = 0; set < 500; set++) {
      SplittableRandom random = new SplittableRandom(2000 + set);
      BucketSums sums = new BucketSums(BUCKETS, 3 * BINS);
      for (int key = 0; key < 6000; key++) {
        double p = 0.2 + 0.8 * random.nextDouble();
        double y = random.nextDouble() < p - 0.1 ? 1 : 0;
        int bucket = sums.bucketOf(RowHash.of(key, set));
        int bin = Math.min((int) (p * BINS), BINS - 1);
        sums.add(bucket, 3 * bin, 1);
        sums.add(bucket, 3 * bin + 1, p);
        sums.add(bucket, 3 * bin + 2, y);
      }
      coverage.add(sums, set, BootstrapTest::calibrationError, 0.1);
    }
    coverage.assertNominal("calibration error");
  }

  /** How often the 95 % intervals held the truth. */
  private static final class Coverage {
    private int sets;
    private int percentile;
    private int basic;
    private int normal;

    void add(BucketSums sums, long seed, ToDoubleFunction<double[]> figure, double truth) {
      Replicates replicates =
          ResampledSums.of(sums, new PoissonCounts(seed), REPLICATES).replicates(figure);
      double estimate = figure.applyAsDouble(sums.total());
      sets++;
      percentile += replicates.percentile(0.95).contains(truth) ? 1 : 0;
      basic += replicates.basic(estimate, 0.95).contains(truth) ? 1 : 0;
      normal += replicates.normal(estimate, 0.95).contains(truth) ? 1 : 0;
    }

    /** 200 replicates alone cost a percentile interval a hundredth. */
    void assertNominal(String what) {
      double deviation = Math.sqrt(0.95 * 0.05 / sets);
      assertEquals(0.945, percentile / (double) sets, 3 * deviation, what + ", percentile");
      assertEquals(0.945, basic / (double) sets, 3 * deviation, what + ", basic");
      assertEquals(0.945, normal / (double) sets, 3 * deviation, what + ", normal");
    }
  }

  /** Means over many sets: what is left is a bias. */
  @Test
  void standardErrorIsThatOfTheory() {
    int sets = 200;
    double ratio = 0;
    for (int set = 0; set < sets; set++) {
      double[] x = normal(3000 + set, 10_000);
      ratio +=
          replicates(x, set, REPLICATES).standardError() / MeanEstimate.of(x, null).standardError();
    }
    // One ratio spreads by sqrt(1 / (2 x 1024) + 1 / (2 x 200)).
    assertEquals(1, ratio / sets, 4 * 0.0547 / Math.sqrt(sets));
  }

  @Test
  void spreadOfTheStandardErrorIsAsPromised() {
    int sets = 100;
    int replicates = 1000;
    double squares = 0;
    for (int set = 0; set < sets; set++) {
      double[] x = normal(4000 + set, 10_000);
      double theory = MeanEstimate.of(x, null).standardError();
      double off = replicates(x, set, replicates).standardError() / theory - 1;
      squares += off * off;
    }
    double promised = Math.sqrt(1 / (2.0 * BUCKETS) + 1 / (2.0 * replicates));
    assertEquals(promised, Math.sqrt(squares / sets), 3.5 * promised / Math.sqrt(2.0 * sets));
  }

  @Test
  void standardErrorIsThatOfTheBootstrapOfRows() {
    int sets = 40;
    double ratio = 0;
    for (int set = 0; set < sets; set++) {
      double[] x = normal(5000 + set, 2000);
      ratio += replicates(x, set, REPLICATES).standardError() / ofRows(x, set);
    }
    assertEquals(1, ratio / sets, 4 * Math.sqrt(0.0547 * 0.0547 + 0.05 * 0.05) / Math.sqrt(sets));
  }

  /** Every row drawn for itself, by another generator. */
  private static double ofRows(double[] x, long seed) {
    Random random = new Random(seed);
    double[] means = new double[REPLICATES];
    for (int r = 0; r < REPLICATES; r++) {
      double sum = 0;
      double count = 0;
      for (double value : x) {
        double left = random.nextDouble() * Math.E;
        int n = 0;
        for (double term = 1; left > term; term /= n) {
          left -= term;
          n++;
        }
        sum += n * value;
        count += n;
      }
      means[r] = sum / count;
    }
    return new Replicates(means).standardError();
  }

  @Test
  void rowsOfOneKeyStayTogether() {
    int clusters = 500;
    double ratioToClusters = 0;
    int sets = 40;
    for (int set = 0; set < sets; set++) {
      SplittableRandom random = new SplittableRandom(6000 + set);
      BucketSums sums = new BucketSums(BUCKETS, 2);
      double[] weights = new double[clusters];
      double[] weighted = new double[clusters];
      for (int c = 0; c < clusters; c++) {
        double common = random.nextDouble();
        for (int i = 0; i < 20; i++) {
          double x = common + 0.1 * random.nextDouble();
          add(sums, set, c, 1, x);
          weights[c]++;
          weighted[c] += x;
        }
      }
      MeanEstimate ofClusters = MeanEstimate.ofClusters(weights, weighted);
      Replicates replicates =
          ResampledSums.of(sums, new PoissonCounts(set), REPLICATES)
              .replicates(BootstrapTest::mean);
      ratioToClusters += replicates.standardError() / ofClusters.standardError();
    }
    // Some clusters share a bucket, which adds the spread of those buckets.
    assertEquals(1, ratioToClusters / sets, 4 * 0.07 / Math.sqrt(sets));
  }

  @Test
  void modelsAreComparedOnTheSameReplicates() {
    double[] first = normal(7000, 5000);
    double[] noise = normal(7001, 5000);
    double[] second = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      second[i] = first[i] + 0.05 + 0.1 * noise[i];
    }
    Replicates difference =
        replicates(second, 9, REPLICATES).minus(replicates(first, 9, REPLICATES));
    StudentT test = StudentT.paired(second, first);
    assertEquals(test.standardError(), difference.standardError(), 0.2 * test.standardError());
    assertTrue(difference.percentile(0.95).contains(test.difference()));
    assertEquals(2.0 / (REPLICATES + 1), difference.pValue(0), 1e-15);
    assertTrue(difference.normalPValue(test.difference(), 0) < 1e-100);
    Replicates unpaired = replicates(second, 9, REPLICATES).minus(replicates(first, 8, REPLICATES));
    assertTrue(unpaired.standardError() > 5 * difference.standardError());
  }

  @Test
  void replicatesHaveTheSameBitsInAnyPartitioning() {
    double[] x = normal(8000, 3000);
    double[] expected = replicates(x, 1, REPLICATES).values();
    List<Integer> keys = new ArrayList<>();
    for (int key = 0; key < x.length; key++) {
      keys.add(key);
    }
    Random random = new Random(1);
    for (int partitions : new int[] {1, 3, 16, 200}) {
      Collections.shuffle(keys, random);
      List<BucketSums> parts = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        parts.add(new BucketSums(BUCKETS, 2));
      }
      for (int key : keys) {
        add(parts.get(random.nextInt(partitions)), 1, key, 1, x[key]);
      }
      while (parts.size() > 1) {
        BucketSums part = parts.remove(random.nextInt(parts.size()));
        parts.get(random.nextInt(parts.size())).merge(part);
      }
      assertArrayEquals(
          expected,
          ResampledSums.of(parts.get(0), new PoissonCounts(1), REPLICATES)
              .replicates(BootstrapTest::mean)
              .values());
    }
  }

  /** A row that no replicate draws leaves a mean undefined there: with chance 1/e. */
  @Test
  void replicatesWithoutRowsAreUndefined() {
    BucketSums sums = new BucketSums(BUCKETS, 2);
    add(sums, 1, 5, 1, 0.25);
    Replicates replicates =
        ResampledSums.of(sums, new PoissonCounts(1), 10_000).replicates(BootstrapTest::mean);
    assertEquals(1 / Math.E, replicates.undefined() / 10_000.0, 4 * 0.0049);
    assertEquals(0.25, replicates.quantile(0.025));
    assertEquals(0, replicates.standardError());
  }

  private static Replicates replicates(double[] x, long seed, int replicates) {
    BucketSums sums = new BucketSums(BUCKETS, 2);
    for (int key = 0; key < x.length; key++) {
      add(sums, seed, key, 1, x[key]);
    }
    return ResampledSums.of(sums, new PoissonCounts(seed), replicates)
        .replicates(BootstrapTest::mean);
  }

  private static void add(BucketSums sums, long seed, long key, double weight, double weighted) {
    int bucket = sums.bucketOf(RowHash.of(key, seed));
    sums.add(bucket, 0, weight);
    sums.add(bucket, 1, weighted);
  }

  private static double[] normal(long seed, int rows) {
    Random random = new Random(seed);
    return random.doubles(rows).map(u -> random.nextGaussian()).toArray();
  }

  private static double mean(double[] sums) {
    return sums[1] / sums[0];
  }

  private static double calibrationError(double[] sums) {
    double rows = 0;
    double gap = 0;
    for (int bin = 0; bin < BINS; bin++) {
      rows += sums[3 * bin];
      gap += Math.abs(sums[3 * bin + 1] - sums[3 * bin + 2]);
    }
    return gap / rows;
  }
}
