// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.inference.RowHash;
import org.sparklosses.testing.GoldenFile;

/**
 * What is promised holds: over 200 random splits of a real set of predictions, of which each half
 * is fitted and the other covered, coverage is {@code 1 - alpha} within its binomial error, and so
 * in every group and class where these have thresholds of their own.
 */
class SplitsTest {

  private static final int SPLITS = 200;
  private static final int SITES = 3;

  /** So many standard errors: beyond them by chance once in a million. */
  private static final double ERRORS = 5;

  private static final GoldenFile DIGITS = GoldenFile.calibration("real_digits_mlp");
  private static final double[][] P = GoldenFile.matrix(DIGITS.inputs().get("probs"));
  private static final double[] Y = GoldenFile.doubles(DIGITS.inputs().get("y"));

  /** Rows by the key that has thresholds of its own; covered and all. */
  private record Tally(Map<Integer, long[]> byKey) {

    void add(int key, boolean isCovered) {
      long[] counts = byKey.computeIfAbsent(key, k -> new long[2]);
      counts[0] += isCovered ? 1 : 0;
      counts[1]++;
    }
  }

  private static int label(int row) {
    return (int) Y[row];
  }

  /** Of some difficulty: the rows whose largest probability is small, larger and largest. */
  private static int site(int row) {
    double largest = 0;
    for (double p : P[row]) {
      largest = Math.max(largest, p);
    }
    return largest < 0.9 ? 0 : largest < 0.999 ? 1 : 2;
  }

  private static double u(int row) {
    return UniformNumber.of(RowHash.of(row, RowHash.DEFAULT_SEED));
  }

  /**
   * Coverage over all splits.
   *
   * @param group of a row
   */
  private static Tally coverage(
      ConformityScore score, double alpha, boolean isByClass, IntFunction<Integer> group) {
    Tally tally = new Tally(new LinkedHashMap<>());
    List<Integer> order = new ArrayList<>(IntStream.range(0, Y.length).boxed().toList());
    Random random = new Random(7);
    float[][] scores = new float[Y.length][];
    for (int row = 0; row < Y.length; row++) {
      double[] exact = score.scores(P[row], u(row));
      scores[row] = new float[exact.length];
      for (int k = 0; k < exact.length; k++) {
        scores[row][k] = (float) exact[k];
      }
    }
    for (int split = 0; split < SPLITS; split++) {
      Collections.shuffle(order, random);
      List<Integer> fitted = order.subList(0, Y.length / 2);
      Map<String, float[]> byGroup = new LinkedHashMap<>();
      for (int g = 0; g < SITES; g++) {
        int id = g;
        List<Integer> rows = fitted.stream().filter(r -> group.apply(r) == id).toList();
        byGroup.put("" + g, thresholds(scores, rows, alpha, isByClass));
      }
      PredictionSets sets = new PredictionSets(score, byGroup);
      for (int row : order.subList(Y.length / 2, Y.length)) {
        int label = label(row);
        int[] set = sets.of(P[row], u(row), "" + group.apply(row));
        boolean isCovered = IntStream.of(set).anyMatch(k -> k == label);
        tally.add(isByClass ? label : group.apply(row), isCovered);
      }
    }
    return tally;
  }

  private static float[] thresholds(
      float[][] scores, List<Integer> rows, double alpha, boolean isByClass) {
    int classes = isByClass ? P[0].length : 1;
    ScoreCounts cells = ScoreCounts.ofCells(false);
    rows.forEach(r -> cells.add(isByClass ? label(r) : 0, scores[r][label(r)], 1));
    ThresholdSearch search = new ThresholdSearch(cells, new double[] {alpha}, 1);
    ScoreCounts within = ScoreCounts.within(false, search.cells());
    rows.forEach(r -> within.add(isByClass ? label(r) : 0, scores[r][label(r)], 1));
    return ThresholdTable.ofGroup(classes, 1, search.thresholds(within));
  }

  /**
   * Splits are drawn independently; in each both the rows of the fit and those that are covered
   * vary. Above {@code 1 - alpha} the rank of the threshold takes one row of the fit at most.
   */
  private static void assertCovers(Tally tally, double alpha) {
    tally
        .byKey()
        .forEach(
            (key, counts) -> {
              double coverage = counts[0] / (double) counts[1];
              double rows = counts[1] / (double) SPLITS;
              double error = Math.sqrt(alpha * (1 - alpha) * 2 / rows / SPLITS);
              String told = "key %d: %s of %s rows a split".formatted(key, coverage, rows);
              assertTrue(coverage >= 1 - alpha - ERRORS * error, told);
              assertTrue(coverage <= 1 - alpha + 1 / rows + ERRORS * error, told);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"lac", "aps", "raps", "saps", "margin"})
  void coverageOfAllRows(String name) {
    ConformityScore score = ConformityScores.named(name, Map.of());
    for (double alpha : new double[] {0.02, 0.1}) {
      Tally tally = coverage(score, alpha, false, row -> 0);
      assertEquals(1, tally.byKey().size());
      assertCovers(tally, alpha);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lac", "aps", "margin"})
  void coverageOfEveryGroup(String name) {
    ConformityScore score = ConformityScores.named(name, Map.of());
    Tally tally = coverage(score, 0.1, false, SplitsTest::site);
    assertEquals(SITES, tally.byKey().size());
    assertCovers(tally, 0.1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lac", "aps"})
  void coverageOfEveryClass(String name) {
    ConformityScore score = ConformityScores.named(name, Map.of());
    Tally tally = coverage(score, 0.1, true, row -> 0);
    assertEquals(10, tally.byKey().size());
    assertCovers(tally, 0.1);
  }

  /** Thresholds of all rows cover the hard rows too little: why groups have their own. */
  @Test
  void thresholdsOfAllRowsLeaveOutTheHardOnes() {
    ConformityScore score = new LeastAmbiguousScore();
    Map<Integer, long[]> hard = new LinkedHashMap<>();
    Tally tally = new Tally(hard);
    float[][] scores = new float[Y.length][];
    for (int row = 0; row < Y.length; row++) {
      scores[row] = new float[P[row].length];
      for (int k = 0; k < P[row].length; k++) {
        scores[row][k] = (float) score.scores(P[row], 0)[k];
      }
    }
    List<Integer> all = IntStream.range(0, Y.length).boxed().toList();
    float[] threshold = thresholds(scores, all, 0.1, false);
    for (int row : all) {
      tally.add(site(row), scores[row][label(row)] <= threshold[0]);
    }
    assertTrue(hard.get(0)[0] < 0.7 * hard.get(0)[1], "" + hard.get(0)[0]);
    assertEquals(hard.get(2)[1], hard.get(2)[0]);
  }
}
