// SPDX-License-Identifier: Apache-2.0
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.exact.Binning;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.score.Atoms;

class ScoresTest {

  private static final int LIMIT = 200;
  private static final int CELLS = 150;

  private record Pair(double score, double outcome, double weight) {}

  /** Pairs of so many distinct scores, three of each on average. */
  private static List<Pair> pairs(int distinct, ScoreScale scale, boolean isPlain) {
    Random random = new Random(distinct);
    double[] scores =
        random
            .doubles(distinct)
            .map(u -> scale == ScoreScale.PROBABILITY ? u * u : 40 * (u - 0.5) * u)
            .toArray();
    scores[0] = -0.0;
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < 3 * distinct; i++) {
      double score = i < distinct ? scores[i] : scores[random.nextInt(distinct)];
      double outcome = isPlain ? random.nextInt(2) : random.nextDouble();
      pairs.add(new Pair(score, outcome, isPlain ? 1 : random.nextDouble() + 0.1));
    }
    return pairs;
  }

  private static ScoreGrid grid(ScoreScale scale) {
    return new ScoreGrid(
        scale, scale.saysProbabilities() ? new Binning(60, Binning.Side.RIGHT) : null, CELLS);
  }

  private static ScoreStore store(ScoreScale scale, boolean isPlain) {
    return new ScoreStore(isPlain, true, grid(scale), LIMIT);
  }

  private static ScoreStore add(ScoreStore store, List<Pair> pairs) {
    pairs.forEach(pair -> store.add(pair.score, pair.outcome, pair.weight));
    return store;
  }

  /** The finest level at which scores lie in few enough cells. */
  private static int level(ScoreGrid grid, List<Pair> pairs) {
    int level = ScoreGrid.FIRST_LEVEL;
    while (cells(grid, level, pairs) > grid.mostCells()) {
      level++;
    }
    return level;
  }

  private static long cells(ScoreGrid grid, int level, List<Pair> pairs) {
    return pairs.stream().map(pair -> grid.cell(pair.score + 0.0, level)).distinct().count();
  }

  @ParameterizedTest
  @CsvSource({
    "150, PROBABILITY, true",
    "150, PROBABILITY, false",
    "150, NUMBER, true",
    "150, LOG_ODDS, true",
    "1500, PROBABILITY, true",
    "1500, PROBABILITY, false",
    "1500, NUMBER, true",
    "1500, NUMBER, false",
    "1500, LOG_ODDS, true",
    "1500, LOG_ODDS, false",
    "1500, NEGATIVE_LOGARITHM, true",
    "201, PROBABILITY, true",
    "200, PROBABILITY, true",
    "201, LOG_ODDS, true"
  })
  void neitherOrderNorMergeTreeMatters(int distinct, ScoreScale scale, boolean isPlain)
      throws IOException {
    List<Pair> pairs = pairs(distinct, scale, isPlain);
    ScoreStore whole = add(store(scale, isPlain), pairs);
    Atoms expected = whole.atoms();
    assertEquals(distinct <= LIMIT, expected.isExact());
    Random random = new Random(1);
    for (int trial = 0; trial < 20; trial++) {
      Collections.shuffle(pairs, random);
      List<ScoreStore> parts = new ArrayList<>();
      for (int from = 0; from < pairs.size(); ) {
        int to = Math.min(pairs.size(), from + 1 + random.nextInt(pairs.size()));
        parts.add(add(store(scale, isPlain), pairs.subList(from, to)));
        from = to;
      }
      parts.add(store(scale, isPlain));
      while (parts.size() > 1) {
        ScoreStore part = parts.remove(random.nextInt(parts.size()));
        ScoreStore copy = store(scale, isPlain);
        copy.read(new DataInputStream(new ByteArrayInputStream(bytes(part))));
        parts.get(random.nextInt(parts.size())).merge(copy);
      }
      assertSame(expected, parts.get(0).atoms());
      assertArrayEquals(bytes(whole), bytes(parts.get(0)));
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
    "150, PROBABILITY, true",
    "150, NUMBER, false",
    "1500, PROBABILITY, true",
    "1500, PROBABILITY, false",
    "1500, NUMBER, true",
    "1500, NUMBER, false",
    "1500, LOG_ODDS, true",
    "1500, LOG_ODDS, false"
  })
  void sumsAreThoseOfTheRows(int distinct, ScoreScale scale, boolean isPlain) {
    List<Pair> pairs = pairs(distinct, scale, isPlain);
    ScoreGrid grid = grid(scale);
    int level = level(grid, pairs);
    TreeMap<Double, List<Pair>> groups = new TreeMap<>();
    for (Pair pair : pairs) {
      double key = distinct <= LIMIT ? pair.score + 0.0 : grid.cell(pair.score + 0.0, level);
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(pair);
    }
    Atoms atoms = add(store(scale, isPlain), pairs).atoms();
    assertEquals(groups.size(), atoms.size());
    int i = 0;
    for (List<Pair> group : groups.values()) {
      double[] sums = new double[6];
      for (Pair p : group) {
        double s = scale == ScoreScale.LOG_ODDS ? 1 / (1 + Math.exp(-p.score)) : p.score;
        sums[0] += p.weight;
        sums[1] += p.weight * p.weight;
        sums[2] += p.weight * p.outcome;
        sums[3] += p.weight * s;
        sums[4] += p.weight * s * s;
        sums[5] += p.weight * s * p.outcome;
      }
      if (isPlain && scale == ScoreScale.NUMBER && !atoms.isExact()) {
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
    List<Pair> pairs = pairs(1500, ScoreScale.LOG_ODDS, true);
    ScoreGrid grid = new ScoreGrid(ScoreScale.LOG_ODDS, null, CELLS);
    ScoreStore[] parts = new ScoreStore[3];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new ScoreStore(true, false, grid, LIMIT);
      add(parts[i], pairs.subList(i * 1500, (i + 1) * 1500));
    }
    assertFalse(parts[0].canFill(new Binning(15, Binning.Side.RIGHT)));
    ScoreStore whole = new ScoreStore(true, false, grid, LIMIT);
    whole.read(new DataInputStream(new ByteArrayInputStream(bytes(parts[1]))));
    whole.merge(parts[2]);
    parts[0].merge(whole);
    Atoms atoms = parts[0].atoms();
    // Scores of 22.5 units in at most 150 cells of a width that is a power of 2.
    double width = 0.25;
    TreeMap<Double, Integer> counts = new TreeMap<>();
    pairs.forEach(pair -> counts.merge(Math.floor(pair.score / width) + 0.0, 1, Integer::sum));
    assertFalse(atoms.isExact());
    assertTrue(counts.size() > CELLS / 2 && counts.size() <= CELLS, counts.size() + "");
    int i = 0;
    for (double cell : counts.keySet()) {
      double middle = 1 / (1 + Math.exp(-(cell + 0.5) * width));
      assertEquals((long) counts.get(cell), atoms.count()[i]);
      assertEquals(middle, atoms.score()[i], 1e-15);
      assertEquals(atoms.count()[i] * middle, atoms.scored()[i], 1e-9);
      i++;
    }
    ScoreStore withSums = add(new ScoreStore(true, true, grid, LIMIT), pairs);
    assertTrue(bytes(parts[0]).length < bytes(withSums).length / 2);
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
      if (i == 1000) {
        assertEquals(area.read(ofAlone), area.read(ofBoth));
      }
    }
    Map<String, Double> one = area.read(ofAlone).values();
    Map<String, Double> other = area.read(ofBoth).values();
    assertTrue(one.get("error_bound") > 0);
    assertEquals(
        one.get("value"), other.get("value"), one.get("error_bound") + other.get("error_bound"));
  }

  @Test
  void scoresAscend() {
    for (ScoreScale scale : ScoreScale.values()) {
      for (int distinct : new int[] {150, 1500}) {
        double[] score = add(store(scale, true), pairs(distinct, scale, true)).atoms().score();
        for (int i = 1; i < score.length; i++) {
          assertTrue(score[i] > score[i - 1]);
        }
      }
    }
  }

  @Test
  void whatIsSaidOfManyScoresMayBeTheSame() {
    ScoreStore store = store(ScoreScale.LOG_ODDS, true);
    for (int z = 40; z < 140; z++) {
      store.add(z, z % 2, 1);
    }
    store.add(-1, 0, 1);
    assertEquals(2, store.atoms().size());
    assertArrayEquals(new long[] {1, 100}, store.atoms().count());
    assertEquals(1.0, store.atoms().score()[1]);
    assertEquals(101, store.ranks().size());
  }

  /** At every level: cells ascend with the scores, and two of a level are one of the next. */
  @ParameterizedTest
  @EnumSource(ScoreScale.class)
  void cellsAscendAndNest(ScoreScale scale) {
    Random random = new Random(5);
    double[] scores =
        IntStream.range(0, 4000)
            .mapToDouble(
                i ->
                    scale == ScoreScale.PROBABILITY
                        ? i % 2 == 0
                            ? Math.pow(random.nextDouble(), i % 40)
                            : 1 - Math.pow(random.nextDouble(), i % 40)
                        : random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20))
            .toArray();
    double[] ends =
        scale == ScoreScale.PROBABILITY
            ? new double[] {0, Double.MIN_VALUE, 0.5, Math.nextDown(0.5), Math.nextDown(1.0), 1}
            : new double[] {
              Double.NEGATIVE_INFINITY,
              -Double.MAX_VALUE,
              -32,
              0,
              32,
              Math.nextDown(32.0),
              Double.MAX_VALUE,
              Double.POSITIVE_INFINITY
            };
    System.arraycopy(ends, 0, scores, 0, ends.length);
    Arrays.sort(scores);
    for (ScoreGrid grid :
        List.of(
            new ScoreGrid(scale, null, CELLS),
            new ScoreGrid(scale, new Binning(60, Binning.Side.RIGHT), CELLS))) {
      if (grid.binning() != null && !scale.saysProbabilities()) {
        continue;
      }
      for (int level = ScoreGrid.FIRST_LEVEL; level <= 62; level++) {
        for (int i = 0; i < scores.length; i++) {
          long cell = grid.cell(scores[i], level);
          assertTrue(i == 0 || grid.cell(scores[i - 1], level) <= cell, scores[i] + "");
          int steps = 62 - level;
          assertEquals(grid.cell(scores[i], 62), grid.coarser(cell, steps));
          if (grid.binning() != null) {
            assertEquals(grid.binning().of(scale.said(scores[i])), grid.bin(cell));
          }
        }
      }
    }
  }

  @Test
  void levelsOnAreTheFewestThatAreEnough() {
    for (ScoreScale scale : ScoreScale.values()) {
      List<Pair> pairs = pairs(3000, scale, true);
      ScoreGrid grid = grid(scale);
      long[] cells =
          pairs.stream()
              .mapToLong(pair -> grid.cell(pair.score + 0.0, ScoreGrid.FIRST_LEVEL))
              .distinct()
              .sorted()
              .toArray();
      int levels = grid.levelsOn(cells, ScoreGrid.FIRST_LEVEL);
      assertEquals(level(grid, pairs) - ScoreGrid.FIRST_LEVEL, levels, scale + "");
    }
  }

  @Test
  void manySeriesHaveFewerCellsEach() {
    assertEquals(6000, ScoreGrid.of(ScoreScale.PROBABILITY, true, 100).mostCells());
    assertEquals(3600, ScoreGrid.of(ScoreScale.PROBABILITY, true, 100).binning().count());
    assertEquals(360, ScoreGrid.of(ScoreScale.LOG_ODDS, true, 1000).binning().count());
    assertEquals(60, ScoreGrid.of(ScoreScale.LOG_ODDS, true, 100_000).binning().count());
    assertEquals(10_000, ScoreGrid.of(ScoreScale.LOG_ODDS, false, 1).mostCells());
    assertEquals(4096, ScoreGrid.of(ScoreScale.LOG_ODDS, false, 10).mostCells());
    assertEquals(360, ScoreGrid.of(ScoreScale.LOG_ODDS, false, 1000).mostCells());
  }

  @Test
  void notANumber() {
    ScoreStore store = store(ScoreScale.NUMBER, true);
    assertThrows(IllegalArgumentException.class, () -> store.add(Double.NaN, 1, 1));
  }

  @Test
  void infiniteScores() {
    ScoreStore store = store(ScoreScale.NUMBER, true);
    store.add(Double.POSITIVE_INFINITY, 1, 1);
    store.add(Double.NEGATIVE_INFINITY, 0, 1);
    assertArrayEquals(
        new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}, store.atoms().score());
  }

  @Test
  void truncatedBytes() throws IOException {
    byte[] bytes =
        bytes(add(store(ScoreScale.PROBABILITY, false), pairs(20, ScoreScale.PROBABILITY, false)));
    for (int length = 0; length < bytes.length; length += 61) {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
      assertThrows(EOFException.class, () -> store(ScoreScale.PROBABILITY, false).read(in));
    }
  }

  @Test
  void sizeIsBounded() throws IOException {
    ScoreGrid grid = ScoreGrid.of(ScoreScale.PROBABILITY, true, 1);
    ScoreStore store = new ScoreStore(true, true, grid, Scores.EXACT_LIMIT);
    Random random = new Random(3);
    for (int n = 1; n <= 1_000_000; n++) {
      store.add(random.nextDouble(), random.nextInt(2), 1);
      if (n == 1000 || n == 10_000 || n == 100_000 || n == 1_000_000) {
        int size = bytes(store).length;
        assertTrue(size < 440_000, n + " rows: " + size);
      }
    }
    assertFalse(store.isExact());
    assertTrue(store.size() > 3600 && store.size() <= 6000, store.size() + " cells");
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
