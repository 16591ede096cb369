package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.score.Atoms;

class ScoresTest {

  private static final int LIMIT = 200;

  private record Pair(double score, double outcome, double weight) {}

  /** Pairs of so many distinct scores, three of each on average. */
  private static List<Pair> pairs(int distinct, boolean isProbability, boolean isPlain) {
    Random random = new Random(distinct);
    double[] scores =
        random.doubles(distinct).map(u -> isProbability ? u * u : 40 * (u - 0.5) * u).toArray();
    scores[0] = -0.0;
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 3 * distinct; i++) {
      double score = i < distinct ? scores[i] : scores[random.nextInt(distinct)];
      double outcome = isPlain ? random.nextInt(2) : random.nextDouble();
      pairs.add(new Pair(score, outcome, isPlain ? 1 : random.nextDouble() + 0.1));
    }
    return pairs;
  }

  private static ScoreStore store(boolean isProbability, boolean isPlain) {
    return new ScoreStore(isProbability, isPlain, true, ScoreGrid.of(isProbability, 1), LIMIT);
  }

  private static ScoreStore add(ScoreStore store, List<Pair> pairs) {
    pairs.forEach(pair -> store.add(pair.score, pair.outcome, pair.weight));
    return store;
  }

  @ParameterizedTest
  @CsvSource({
    "150, true, true",
    "150, true, false",
    "150, false, true",
    "1500, true, true",
    "1500, true, false",
    "1500, false, true",
    "1500, false, false",
    "201, true, true",
    "200, true, true"
  })
  void neitherOrderNorMergeTreeMatters(int distinct, boolean isProbability, boolean isPlain)
      throws IOException {
    List<Pair> pairs = pairs(distinct, isProbability, isPlain);
    Atoms expected = add(store(isProbability, isPlain), pairs).atoms();
    assertEquals(distinct <= LIMIT, expected.isExact());
    Random random = new Random(1);
    for (int trial = 0; trial < 20; trial++) {
      Collections.shuffle(pairs, random);
      List<ScoreStore> parts = new ArrayList<>();
      for (int from = 0; from < pairs.size(); ) {
        int to = Math.min(pairs.size(), from + 1 + random.nextInt(pairs.size()));
        parts.add(add(store(isProbability, isPlain), pairs.subList(from, to)));
        from = to;
      }
      parts.add(store(isProbability, isPlain));
      while (parts.size() > 1) {
        ScoreStore part = parts.remove(random.nextInt(parts.size()));
        ScoreStore copy = store(isProbability, isPlain);
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes(part))));
        parts.get(random.nextInt(parts.size())).merge(copy);
      }
      assertSame(expected, parts.get(0).atoms());
    }
  }

  private static void assertSame(Atoms expected, Atoms actual) {
    assertEquals(expected.isExact(), actual.isExact());
    assertArrayEquals(expected.score(), actual.score());
    assertArrayEquals(expected.count(), actual.count());
    assertArrayEquals(expected.weight(), actual.weight());
    assertArrayEquals(expected.squaredWeight(), actual.squaredWeight());
    assertArrayEquals(expected.outcome(), actual.outcome());
    assertArrayEquals(expected.scored(), actual.scored());
    assertArrayEquals(expected.scoredSquare(), actual.scoredSquare());
    assertArrayEquals(expected.scoredOutcome(), actual.scoredOutcome());
  }

  @ParameterizedTest
  @CsvSource({
    "150, true, true",
    "150, false, false",
    "1500, true, true",
    "1500, true, false",
    "1500, false, true",
    "1500, false, false"
  })
  void sumsAreThoseOfTheRows(int distinct, boolean isProbability, boolean isPlain) {
    List<Pair> pairs = pairs(distinct, isProbability, isPlain);
    ScoreGrid grid = ScoreGrid.of(isProbability, 1);
    TreeMap<Double, List<Pair>> groups = new TreeMap<>();
    for (Pair pair : pairs) {
      double key = distinct <= LIMIT ? pair.score + 0.0 : grid.cell(pair.score);
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(pair);
    }
    Atoms atoms = add(store(isProbability, isPlain), pairs).atoms();
    assertEquals(groups.size(), atoms.size());
    int i = 0;
    for (List<Pair> group : groups.values()) {
      double[] sums = new double[6];
      for (Pair p : group) {
        sums[0] += p.weight;
        sums[1] += p.weight * p.weight;
        sums[2] += p.weight * p.outcome;
        sums[3] += p.weight * p.score;
        sums[4] += p.weight * p.score * p.score;
        sums[5] += p.weight * p.score * p.outcome;
      }
      if (isPlain && !isProbability && !atoms.isExact()) {
        // Of these only the sum of s is kept: the others are as if all had the mean score.
        sums[4] = sums[3] * sums[3] / sums[0];
        sums[5] = sums[3] * sums[2] / sums[0];
      }
      assertEquals(group.size(), atoms.count()[i]);
      assertEquals(sums[0], atoms.weight()[i], 1e-12);
      assertEquals(sums[1], atoms.squaredWeight()[i], 1e-12);
      assertEquals(sums[2], atoms.outcome()[i], 1e-12);
      assertEquals(sums[3], atoms.scored()[i], 1e-12 * Math.max(1, Math.abs(sums[3])));
      assertEquals(sums[4], atoms.scoredSquare()[i], 1e-12 * Math.max(1, sums[4]));
      assertEquals(sums[5], atoms.scoredOutcome()[i], 1e-12 * Math.max(1, Math.abs(sums[5])));
      assertEquals(sums[3] / sums[0], atoms.score()[i], 1e-12 * (1 + Math.abs(atoms.score()[i])));
      i++;
    }
  }

  @Test
  void withoutSumsTheScoreOfACellIsItsMiddle() throws IOException {
    List<Pair> pairs = pairs(1500, true, true);
    ScoreGrid grid = ScoreGrid.of(true, 1);
    ScoreStore[] parts = new ScoreStore[3];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new ScoreStore(true, true, false, grid, LIMIT);
      add(parts[i], pairs.subList(i * 1500, (i + 1) * 1500));
    }
    assertFalse(parts[0].canFill(new Binning(15, Binning.Side.RIGHT)));
    ScoreStore whole = new ScoreStore(true, true, false, grid, LIMIT);
    whole.read(new DataInputStream(new ByteArrayInputStream(bytes(parts[1]))));
    whole.merge(parts[2]);
    parts[0].merge(whole);
    Atoms atoms = parts[0].atoms();
    Atoms withSums = add(store(true, true), pairs).atoms();
    assertFalse(atoms.isExact());
    assertArrayEquals(withSums.count(), atoms.count());
    assertArrayEquals(withSums.outcome(), atoms.outcome());
    for (int i = 0; i < atoms.size(); i++) {
      double middle = (grid.cell(withSums.score()[i]) + 0.5) / ScoreGrid.CELLS;
      assertEquals(middle, atoms.score()[i], 1e-15);
      assertEquals(atoms.count()[i] * middle, atoms.scored()[i], 1e-9);
    }
    assertTrue(bytes(parts[0]).length < bytes(add(store(true, true), pairs)).length / 2);
  }

  @Test
  void ranksFollowFromScoresThatAreKeptAnyway() {
    BoundMetric area = Metrics.bind(MetricSpec.of("roc_auc_multiclass"));
    BoundMetric distribution =
        Metrics.bind(MetricSpec.of("score_distribution").with("of", "each_class"));
    MetricPlan alone = MetricPlan.of(List.of(area), false);
    MetricPlan both = MetricPlan.of(List.of(area, distribution), false);
    assertEquals(List.of(new Ranks(ScoreSource.EACH_CLASS)), alone.components());
    assertEquals(List.of(new Scores(ScoreSource.EACH_CLASS)), both.components());
    MetricState ofAlone = new MetricState(alone);
    MetricState ofBoth = new MetricState(both);
    Random random = new Random(8);
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    for (int i = 0; i <= 2 * Scores.EXACT_LIMIT; i++) {
      double[] z = random.doubles(3).toArray();
      row.readLogits(z, z.length, random.nextInt(3), 1);
      ofAlone.add(row);
      ofBoth.add(row);
      if (i % Scores.EXACT_LIMIT == 1000) {
        assertEquals(area.read(ofAlone), area.read(ofBoth));
      }
    }
    assertTrue(area.read(ofAlone).values().get("error_bound") > 0);
  }

  @Test
  void scoresAscend() {
    for (boolean isProbability : new boolean[] {true, false}) {
      for (int distinct : new int[] {150, 1500}) {
        double[] score =
            add(store(isProbability, true), pairs(distinct, isProbability, true)).atoms().score();
        for (int i = 1; i < score.length; i++) {
          assertTrue(score[i] > score[i - 1]);
        }
      }
    }
  }

  @Test
  void cellsOfOtherScoresAreNarrowAndInOrder() {
    ScoreGrid grid = ScoreGrid.of(false, 1);
    double[] scores = {
      Double.NEGATIVE_INFINITY,
      -1e300,
      -0x1p40,
      -2,
      -1,
      -1e-9,
      -1e-300,
      0,
      1e-300,
      1e-9,
      1,
      2,
      0x1p40,
      1e300,
      Double.POSITIVE_INFINITY
    };
    for (int i = 1; i < scores.length; i++) {
      assertTrue(grid.cell(scores[i - 1]) <= grid.cell(scores[i]), scores[i] + "");
    }
    assertEquals(grid.cell(1e-300), grid.cell(-1e-300));
    assertTrue(grid.cell(1) < grid.cell(1 + 1 / 256.0));
    assertEquals(grid.cell(1), grid.cell(Math.nextDown(1 + 1 / 256.0)));
    assertEquals(grid.size(), 2 * grid.cell(1e300) + 1);
  }

  @Test
  void manySeriesHaveFewerCellsEach() {
    assertEquals(3600, ScoreGrid.of(true, 1).size());
    assertEquals(3600, ScoreGrid.of(true, 100).size());
    assertEquals(360, ScoreGrid.of(true, 1000).size());
    assertEquals(60, ScoreGrid.of(true, 100_000).size());
  }

  @Test
  void notANumber() {
    ScoreStore store = store(false, true);
    assertThrows(IllegalArgumentException.class, () -> store.add(Double.NaN, 1, 1));
  }

  @Test
  void infiniteScores() {
    ScoreStore store = store(false, true);
    store.add(Double.POSITIVE_INFINITY, 1, 1);
    store.add(Double.NEGATIVE_INFINITY, 0, 1);
    assertArrayEquals(
        new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}, store.atoms().score());
  }

  @Test
  void truncatedBytes() throws IOException {
    byte[] bytes = bytes(add(store(true, false), pairs(20, true, false)));
    for (int length = 0; length < bytes.length; length += 61) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
      assertThrows(EOFException.class, () -> store(true, false).read(in));
    }
  }

  @Test
  void sizeIsBounded() throws IOException {
    long largest = 0;
    ScoreStore store = new ScoreStore(true, true, true, ScoreGrid.of(true, 1), Scores.EXACT_LIMIT);
    Random random = new Random(3);
    for (int n = 1; n <= 1_000_000; n++) {
      store.add(random.nextDouble(), random.nextInt(2), 1);
      if (n == 1000 || n == 10_000 || n == 100_000 || n == 1_000_000) {
        int size = bytes(store).length;
        assertTrue(size < 610_000, n + " rows: " + size);
        assertTrue(n <= 100_000 || size == largest, n + " rows: " + size);
        largest = size;
      }
    }
    assertFalse(store.isExact());
    assertEquals(ScoreGrid.CELLS, store.size());
  }

  private static byte[] bytes(ScoreStore store) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void largestProbabilities() {
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    double[] p = {0.1, 0.3, 0.05, 0.3, 0.25};
    row.readProbabilities(p, p.length, 3, 1);
    assertEquals(List.of("0.3 0.0", "0.3 1.0"), told(ScoreSource.largest(2), row));
    assertEquals(
        List.of("0.3 0.0", "0.3 1.0", "0.25 0.0", "0.1 0.0", "0.05 0.0"),
        told(ScoreSource.largest(9), row));
    assertEquals(
        IntStream.range(0, 5).mapToObj(k -> p[k] + (k == 3 ? " 1.0" : " 0.0")).toList(),
        told(ScoreSource.ALL_CLASSES, row));
    assertEquals(
        List.of("0.3 0.0", "0.3 1.0", "0.25 0.0"), told(ScoreSource.eachClassAbove(0.1), row));
  }

  private static List<String> told(ScoreSource source, PredictionRow row) {
    List<String> told = new ArrayList<>();
    source.pairs().of(row, (series, score, outcome) -> told.add(score + " " + outcome));
    return told;
  }
}
