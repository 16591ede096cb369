// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/** What must hold of the variants of softmax for any row, on random rows. */
class SoftmaxVariantsTest {

  private static final int ROWS = 200;
  private static final double SUM_ERROR = 1e-12;

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparsemax",
        "entmax15",
        "sparse_softmax",
        "stablemax",
        "scalable_softmax",
        "adaptive_temperature_softmax",
        "softplus_normalize",
        "taylor_softmax",
        "spherical_softmax",
        "softmax_plus",
        "ordinal_softmax"
      })
  void sumsToOne(String function) {
    BoundFunction bound = RowFunctions.named(function).bind(Map.of());
    for (int i = 0; i < ROWS; i++) {
      double[] p = bound.applyArray(row(logits()));
      assertEquals(1, Arrays.stream(p).sum(), SUM_ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sparsemax",
        "entmax15",
        "stablemax",
        "softpick",
        "scalable_softmax",
        "adaptive_temperature_softmax",
        "self_adjust_softmax",
        "softplus_normalize",
        "taylor_softmax",
        "spherical_softmax",
        "sigmoid",
        "logit_clip"
      })
  void permutesWithTheClasses(String function) {
    BoundFunction bound = RowFunctions.named(function).bind(Map.of());
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      assertArrayEquals(
          reversed(bound.applyArray(row(z))), bound.applyArray(row(reversed(z))), 1e-13);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparsemax", "entmax15", "sparse_softmax", "scalable_softmax"})
  void ignoresAShift(String function) {
    BoundFunction bound = RowFunctions.named(function).bind(Map.of());
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      double[] shifted = Arrays.stream(z).map(x -> x + 16).toArray();
      assertArrayEquals(bound.applyArray(row(z)), bound.applyArray(row(shifted)), 1e-12);
    }
  }

  @Test
  void sparseThresholdsAreThoseOfASort() {
    for (int classes : new int[] {1, 2, 63, 64, 65, 1000, 32_000}) {
      for (double spread : new double[] {1e-6, 0.01, 1, 5, 1e4}) {
        double[] z = logits(classes, spread);
        assertArrayEquals(sortedSparsemax(z), apply("sparsemax", z), 1e-12);
        assertArrayEquals(bisectedEntmax15(z), apply("entmax15", z), 1e-12);
      }
    }
  }

  @Test
  void sparseThresholdsOfRowsThatLoseOneCandidateARound() {
    // Gaps that halve: each round of the search drops few classes.
    double[] z = new double[2000];
    for (int j = 0; j < z.length; j++) {
      z[j] = -1 + 1 / (1.0 + j) - 1e-9 * j;
    }
    assertArrayEquals(sortedSparsemax(z), apply("sparsemax", z), 1e-12);
    assertArrayEquals(bisectedEntmax15(z), apply("entmax15", z), 1e-12);
  }

  @Test
  void fenchelYoungLossesAreZeroAtTheirPrediction() {
    for (String function : List.of("sparsemax", "entmax15")) {
      BoundFunction loss = RowFunctions.named(function + "_loss").bindSoft(Map.of());
      for (int i = 0; i < ROWS; i++) {
        double[] z = logits();
        double[] p = apply(function, z);
        double[] other = apply(function, logits(z.length, 3));
        assertEquals(0, loss.apply(Row.of(z, p, row(z).statistics())), 1e-11);
        assertTrue(loss.apply(Row.of(z, other, row(z).statistics())) >= -1e-11);
      }
    }
  }

  @Test
  void softTargetOfOneClassIsItsLabel() {
    for (String function : List.of("sparsemax_loss", "entmax15_loss")) {
      for (int i = 0; i < ROWS; i++) {
        double[] z = logits();
        int y = random.nextInt(z.length);
        double[] t = new double[z.length];
        t[y] = 1;
        assertEquals(
            loss(function, Map.of(), z, y),
            RowFunctions.named(function)
                .bindSoft(Map.of())
                .apply(Row.of(z, t, row(z).statistics())),
            1e-12);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stablemax", "taylor_softmax", "spherical_softmax"})
  void lossIsTheLogarithmOfTheProbability(String function) {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = random.nextInt(z.length);
      assertEquals(
          -Math.log(apply(function, z)[y]), loss(function + "_loss", Map.of(), z, y), 1e-11);
    }
  }

  @Test
  void limitsAreSoftmax() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits();
      int y = random.nextInt(z.length);
      double[] p = apply("softmax", z);
      double l = loss("cross_entropy_loss", Map.of(), z, y);
      int all = z.length;
      assertArrayEquals(p, apply("sparse_softmax", Map.of("k", all), z), 1e-14);
      assertEquals(l, loss("sparse_softmax_loss", Map.of("k", all), z, y), 1e-12);
      assertArrayEquals(p, apply("scalable_softmax", Map.of("s", 0, "b", 1), z), 1e-14);
      assertArrayEquals(p, apply("taylor_softmax", Map.of("order", 60), z), 1e-9);
      assertArrayEquals(z, apply("logit_clip", Map.of("tau", 1e9), z), 0.0);
      assertEquals(l, loss("logit_clip_cross_entropy_loss", Map.of("tau", 1e9), z, y), 1e-12);
      Row noiseless = new Row(new Object[] {z}, new double[] {0, 0, 3, 0}, y, null);
      assertEquals(
          l,
          RowFunctions.named("noisy_softmax_loss").bind(Map.of("alpha", 1)).apply(noiseless),
          1e-12);
      Row similar = new Row(new Object[] {z}, new double[] {0, 0, Math.E - 2, 1}, y, null);
      assertEquals(l, RowFunctions.named("sdm_loss").bind(Map.of()).apply(similar), 1e-12);
    }
  }

  @Test
  void clippedLogitsHaveTheNorm() {
    for (int i = 0; i < ROWS; i++) {
      double[] z = logits(20, 50);
      double[] clipped = apply("logit_clip", Map.of("tau", 2, "p", 3), z);
      double norm = Math.cbrt(Arrays.stream(clipped).map(x -> Math.pow(Math.abs(x), 3)).sum());
      assertEquals(2, norm, 1e-12);
    }
  }

  @Test
  void harmonicMaxIgnoresTheUnitOfDistance() {
    for (int i = 0; i < ROWS; i++) {
      double[] d = Arrays.stream(logits()).map(Math::exp).toArray();
      double[] scaled = Arrays.stream(d).map(x -> 1024 * x).toArray();
      assertArrayEquals(apply("harmonic_max", d), apply("harmonic_max", scaled), 1e-12);
    }
    assertThrows(IllegalArgumentException.class, () -> apply("harmonic_max", new double[] {1, -1}));
  }

  @Test
  void softplusOfVeryNegativeLogitsIsSoftmax() {
    double[] z = {-1000, -1001, -1003};
    assertArrayEquals(apply("softmax", z), apply("softplus_normalize", z), 1e-15);
  }

  private double[] logits() {
    return logits(2 + random.nextInt(40), 3);
  }

  private double[] logits(int classes, double spread) {
    return random.doubles(classes).map(u -> spread * (2 * u - 1)).toArray();
  }

  private static double[] apply(String function, double[] z) {
    return apply(function, Map.of(), z);
  }

  private static double[] apply(String function, Map<String, ?> settings, double[] z) {
    return RowFunctions.named(function).bind(settings).applyArray(row(z));
  }

  private static double loss(String function, Map<String, ?> settings, double[] z, int y) {
    RowStatistics s = RowKernels.get().statistics(z, 0, z.length, y);
    return RowFunctions.named(function).bind(settings).apply(Row.of(z, s));
  }

  private static Row row(double[] z) {
    return Row.of(z, RowKernels.get().statistics(z, 0, z.length, RowStatistics.NO_LABEL));
  }

  private static double[] reversed(double[] z) {
    double[] out = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      out[j] = z[z.length - 1 - j];
    }
    return out;
  }

  private static double[] sortedSparsemax(double[] z) {
    double max = Arrays.stream(z).max().orElseThrow();
    double[] sorted = Arrays.stream(z).map(x -> max - x).sorted().toArray();
    double sum = 0;
    double threshold = 0;
    for (int k = 1; k <= sorted.length; k++) {
      sum -= sorted[k - 1];
      if (1 - k * sorted[k - 1] > sum) {
        threshold = (sum - 1) / k;
      }
    }
    double t = threshold;
    return Arrays.stream(z).map(x -> Math.max(x - max - t, 0)).toArray();
  }

  private static double[] bisectedEntmax15(double[] z) {
    double max = Arrays.stream(z).max().orElseThrow();
    double low = -1;
    double high = 0;
    for (int i = 0; i < 100; i++) {
      double t = (low + high) / 2;
      double sum = Arrays.stream(z).map(x -> square(Math.max((x - max) / 2 - t, 0))).sum();
      if (sum > 1) {
        low = t;
      } else {
        high = t;
      }
    }
    double t = (low + high) / 2;
    return Arrays.stream(z).map(x -> square(Math.max((x - max) / 2 - t, 0))).toArray();
  }

  private static double square(double x) {
    return x * x;
  }
}
