// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

class GoldenInferenceTest {

  private static final GoldenFile GOLDEN = GoldenFile.calibration("inference");

  @Test
  void meanWithStandardError() {
    for (Entry golden : GOLDEN.of("mean_se")) {
      double[] x = golden.vector("x");
      double[] w = golden.vector("w");
      MeanEstimate estimate = MeanEstimate.of(x, w);
      assertClose(golden.expected("mean"), estimate.mean());
      assertClose(golden.expected("se"), estimate.standardError());

      MeanEstimate ofSums = moments(x, w).mean();
      assertClose(golden.expected("mean"), ofSums.mean());
      assertClose(golden.expected("se"), ofSums.standardError());
      assertEquals(x.length, ofSums.units());
    }
  }

  private static Moments moments(double[] x, double[] w) {
    double[] sums = new double[5];
    for (int i = 0; i < x.length; i++) {
      double v = w == null ? 1 : w[i];
      sums[0] += v;
      sums[1] += v * v;
      sums[2] += v * x[i];
      sums[3] += v * v * x[i];
      sums[4] += v * v * x[i] * x[i];
    }
    return new Moments(x.length, sums[0], sums[1], sums[2], sums[3], sums[4]);
  }

  @Test
  void meanOfClusters() {
    for (Entry golden : GOLDEN.of("cluster_se")) {
      double[] x = golden.vector("x");
      double[] w = golden.vector("w");
      double[] cluster = golden.vector("cluster");
      Map<Double, double[]> sums = new TreeMap<>();
      for (int i = 0; i < x.length; i++) {
        double[] sum = sums.computeIfAbsent(cluster[i], c -> new double[2]);
        sum[0] += w == null ? 1 : w[i];
        sum[1] += (w == null ? 1 : w[i]) * x[i];
      }
      MeanEstimate estimate =
          MeanEstimate.ofClusters(
              sums.values().stream().mapToDouble(s -> s[0]).toArray(),
              sums.values().stream().mapToDouble(s -> s[1]).toArray());
      assertClose(golden.expected("mean"), estimate.mean());
      assertClose(golden.expected("se"), estimate.standardError());
      assertEquals((long) golden.expected("clusters"), estimate.units());
    }
  }

  @Test
  void pairedTest() {
    for (Entry golden : GOLDEN.of("paired_t")) {
      StudentT test = StudentT.paired(golden.vector("a"), golden.vector("b"));
      assertClose(golden.expected("diff"), test.difference());
      assertClose(golden.expected("se"), test.standardError());
      assertClose(golden.expected("t"), test.t());
      assertClose(golden.expected("p_value"), test.pValue());
    }
  }

  @Test
  void mcnemar() {
    for (Entry golden : GOLDEN.of("mcnemar")) {
      double[] a = golden.vector("correct_a");
      double[] b = golden.vector("correct_b");
      long onlySecond = 0;
      long onlyFirst = 0;
      for (int i = 0; i < a.length; i++) {
        onlySecond += b[i] > a[i] ? 1 : 0;
        onlyFirst += a[i] > b[i] ? 1 : 0;
      }
      McNemar test = McNemar.of(onlySecond, onlyFirst);
      assertEquals((long) golden.expected("n01"), test.onlySecond());
      assertEquals((long) golden.expected("n10"), test.onlyFirst());
      assertClose(golden.expected("p_exact"), test.pExact());
      assertClose(golden.expected("p_mid"), test.pMid());
      assertClose(golden.expected("chi2_cc"), test.chiSquare());
      assertClose(golden.expected("p_chi2_cc"), test.pChiSquare());
    }
  }

  @Test
  void wilsonInterval() {
    for (Entry golden : GOLDEN.of("wilson_interval")) {
      JsonNode p = golden.params();
      Interval interval = Interval.wilson(p.get("k").asDouble(), p.get("n").asDouble(), 0.95);
      assertEquals(golden.expected("low"), interval.low(), 1e-15);
      assertClose(golden.expected("high"), interval.high());
    }
  }

  /** With as many buckets as rows, bucket by bucket, the resampling of rows. */
  @Test
  void poissonBootstrap() {
    for (Entry golden : GOLDEN.of("poisson_bootstrap")) {
      double[] x = golden.vector("x");
      double[] w = golden.vector("w");
      double[][] counts = golden.matrix("counts");
      BucketSums sums = new BucketSums(128, 2);
      for (int i = 0; i < x.length; i++) {
        double weight = w == null ? 1 : w[i];
        sums.add(i, 0, weight);
        sums.add(i, 1, weight * x[i]);
      }
      Replicates means =
          ResampledSums.of(sums, (r, bucket) -> (int) counts[r][bucket], counts.length)
              .replicates(s -> s[1] / s[0]);
      double[] expected = GoldenFile.doubles(golden.value().get("replicates"));
      for (int r = 0; r < expected.length; r++) {
        assertClose(expected[r], means.values()[r]);
      }
      assertClose(golden.expected("se"), means.standardError());
      assertClose(golden.expected("low"), means.percentile(0.95).low());
      assertClose(golden.expected("high"), means.percentile(0.95).high());
    }
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 1e-12 * Math.abs(expected));
  }
}
