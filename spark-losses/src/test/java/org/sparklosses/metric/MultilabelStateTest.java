// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.testing.GoldenFile;

/** Against scikit-learn ({@code src/test/python/goldens/additions.py}) and the definitions. */
class MultilabelStateTest {

  private static final double NEAR = 1e-14;

  private final Random random = new Random(3);

  /** Rows in memory. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Table(ScoreScale scale, double threshold, double[][] scores, double[][] targets) {

    static Table golden(JsonNode golden) {
      return new Table(
          ScoreScale.PROBABILITY,
          0.5,
          GoldenFile.matrix(golden.get("scores")),
          GoldenFile.matrix(golden.get("targets")));
    }

    /** The same rows with the logits of the scores, infinite of 0 and 1. */
    Table ofLogits() {
      double[][] logits =
          Arrays.stream(scores)
              .map(row -> Arrays.stream(row).map(p -> Math.log(p / (1 - p))).toArray())
              .toArray(double[][]::new);
      return new Table(ScoreScale.LOG_ODDS, 0, logits, targets);
    }

    MultilabelState newState() {
      return new MultilabelState(scale, threshold);
    }

    MultilabelState state(List<Integer> rows) {
      MultilabelState state = newState();
      for (int i : rows) {
        boolean[] isTarget = new boolean[targets[i].length];
        for (int j = 0; j < isTarget.length; j++) {
          isTarget[j] = targets[i][j] == 1;
        }
        state.add(scores[i], isTarget, isTarget.length);
      }
      return state;
    }

    List<Integer> rows() {
      return IntStream.range(0, scores.length).boxed().collect(Collectors.toList());
    }

    MultilabelMetrics metrics() {
      return state(rows()).metrics();
    }

    MultilabelState read(byte[] bytes) throws IOException {
      MultilabelState state = new MultilabelState(scale, threshold);
      state.read(new DataInputStream(new ByteArrayInputStream(bytes)));
      return state;
    }

    /** In parts, each written and read, merged in another order. */
    MultilabelState inParts(int parts, Random random) throws IOException {
      List<Integer> rows = rows();
      Collections.shuffle(rows, random);
      MultilabelState all = newState();
      int from = 0;
      for (int part = 1; part <= parts; part++) {
        int to = part == parts ? rows.size() : from + random.nextInt(rows.size() - from + 1);
        MultilabelState read = read(bytes(state(rows.subList(from, to))));
        if (random.nextBoolean()) {
          all.merge(read);
        } else {
          read.merge(all);
          all = read;
        }
        from = to;
      }
      return all;
    }
  }

  private static byte[] bytes(MultilabelState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static void assertGolden(JsonNode golden, MultilabelMetrics metrics) {
    assertEquals(golden.get("scores").size(), metrics.rows());
    assertEquals(golden.get("scores").get(0).size(), metrics.labels());
    assertEquals(golden.get("map").asDouble(), metrics.meanAveragePrecision(), NEAR);
    assertEquals(0, metrics.meanAveragePrecisionErrorBound());
    assertEquals(golden.get("cp").asDouble(), metrics.classPrecision(), NEAR);
    assertEquals(golden.get("cr").asDouble(), metrics.classRecall(), NEAR);
    assertEquals(golden.get("cf1").asDouble(), metrics.classF1(), NEAR);
    assertEquals(golden.get("op").asDouble(), metrics.overallPrecision(), NEAR);
    assertEquals(golden.get("or").asDouble(), metrics.overallRecall(), NEAR);
    assertEquals(golden.get("of1").asDouble(), metrics.overallF1(), NEAR);
    assertEquals(golden.get("hamming").asDouble(), metrics.hammingLoss(), NEAR);
    assertEquals(golden.get("subset_accuracy").asDouble(), metrics.subsetAccuracy(), NEAR);
  }

  private void assertSameInParts(Table table) throws IOException {
    MultilabelState whole = table.state(table.rows());
    for (int parts : new int[] {1, 2, 3, 7}) {
      MultilabelState merged = table.inParts(parts, random);
      assertEquals(whole.metrics(), merged.metrics());
      assertArrayEquals(bytes(whole), bytes(merged));
    }
  }

  @Test
  void goldensInAnyOrderAndPartitioning() throws IOException {
    for (JsonNode golden : GoldenFile.additions().get("multilabel")) {
      for (Table table : List.of(Table.golden(golden), Table.golden(golden).ofLogits())) {
        assertGolden(golden, table.metrics());
        assertSameInParts(table);
      }
    }
  }

  /** Three labels of that many rows, no two scores of which are equal, but for saturation. */
  private Table distinct(ScoreScale scale, int rows) {
    double[][] scores = new double[rows][3];
    double[][] targets = new double[rows][3];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 3; j++) {
        double z = (2 + 10 * j) * random.nextGaussian() - j;
        double p = 1 / (1 + Math.exp(-z));
        targets[i][j] = random.nextDouble() < p * p ? 1 : 0;
        scores[i][j] = scale == ScoreScale.LOG_ODDS ? z : p;
      }
    }
    return new Table(scale, scale == ScoreScale.LOG_ODDS ? 0 : 0.5, scores, targets);
  }

  /** By sorting: the mean over positives of the share of positives that score as much or more. */
  private static double averagePrecision(Table table, int label) {
    int[] order =
        table.rows().stream()
            .sorted((a, b) -> Double.compare(table.scores[b][label], table.scores[a][label]))
            .mapToInt(i -> i)
            .toArray();
    double sum = 0;
    int positives = 0;
    int from = 0;
    for (int i = 0; i < order.length; i++) {
      boolean isLast =
          i + 1 == order.length
              || table.scores[order[i + 1]][label] != table.scores[order[i]][label];
      if (isLast) {
        int tied = 0;
        for (int k = from; k <= i; k++) {
          tied += (int) table.targets[order[k]][label];
        }
        positives += tied;
        sum += tied * (positives / (i + 1.0));
        from = i + 1;
      }
    }
    return sum / positives;
  }

  private static double meanAveragePrecision(Table table) {
    return IntStream.range(0, table.scores[0].length)
        .mapToDouble(label -> averagePrecision(table, label))
        .average()
        .getAsDouble();
  }

  @ParameterizedTest
  @EnumSource(names = {"PROBABILITY", "LOG_ODDS"})
  void moreScoresThanAreKeptApart(ScoreScale scale) throws IOException {
    Table kept = distinct(scale, Scores.EXACT_LIMIT);
    assertEquals(0, kept.metrics().meanAveragePrecisionErrorBound());
    assertEquals(meanAveragePrecision(kept), kept.metrics().meanAveragePrecision(), 1e-13);

    Table table = distinct(scale, 25_000);
    MultilabelMetrics metrics = table.metrics();
    double bound = metrics.meanAveragePrecisionErrorBound();
    assertTrue(bound > 0 && bound < 1e-3, "bound " + bound);
    assertEquals(meanAveragePrecision(table), metrics.meanAveragePrecision(), bound + 1e-13);
    assertSameInParts(table);
  }

  /** All four have the probability 1 as a double; the logits tell them apart. */
  @Test
  void logitsAreRankedWhereProbabilitiesAreOne() {
    double[][] logits = {{60}, {50}, {800}, {Double.POSITIVE_INFINITY}};
    double[][] targets = {{1}, {0}, {1}, {0}};
    Table table = new Table(ScoreScale.LOG_ODDS, 0, logits, targets);
    assertEquals((1 / 2.0 + 2 / 3.0) / 2, table.metrics().meanAveragePrecision(), 1e-15);
    Table rounded =
        new Table(ScoreScale.PROBABILITY, 0.5, new double[][] {{1}, {1}, {1}, {1}}, targets);
    assertEquals(0.5, rounded.metrics().meanAveragePrecision());
  }

  @Test
  void whatIsUndefined() {
    double[][] low = {{0.1, 0.5}, {0.2, 0.3}};
    double[][] none = {{0, 0}, {0, 0}};
    MultilabelMetrics nothing = new Table(ScoreScale.PROBABILITY, 0.5, low, none).metrics();
    double nan = Double.NaN;
    assertEquals(
        new MultilabelMetrics(2, 2, nan, nan, nan, nan, nan, nan, nan, nan, 0, 1), nothing);
    double[][] some = {{1, 0}, {0, 0}};
    MultilabelMetrics unpredicted = new Table(ScoreScale.PROBABILITY, 0.5, low, some).metrics();
    assertEquals(new MultilabelMetrics(2, 2, 0.5, 0, 0, 0, nan, nan, 0, 0, 0.25, 0.5), unpredicted);
    MultilabelMetrics wrong = new Table(ScoreScale.PROBABILITY, 0.15, low, none).metrics();
    assertEquals(new MultilabelMetrics(2, 2, nan, nan, nan, nan, nan, 0, nan, 0, 0.75, 0), wrong);
    assertEquals(
        new MultilabelMetrics(0, 0, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan),
        new MultilabelState(ScoreScale.PROBABILITY, 0.5).metrics());
  }

  @Test
  void labelsThatDoNotFit() {
    MultilabelState two = new MultilabelState(ScoreScale.LOG_ODDS, 0);
    two.add(new double[] {1, 2}, new boolean[] {true, false}, 2);
    MultilabelState three = new MultilabelState(ScoreScale.LOG_ODDS, 0);
    three.add(new double[] {1, 2, 3}, new boolean[] {true, false, false}, 3);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> two.merge(three))
            .getMessage()
            .contains("3 labels where other rows have 2"));
    int most = MultilabelState.MOST_LABELS;
    MultilabelState many = new MultilabelState(ScoreScale.LOG_ODDS, 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> many.add(new double[most + 1], new boolean[most + 1], most + 1));
    assertThrows(IllegalArgumentException.class, () -> many.add(new double[0], new boolean[0], 0));
    many.add(new double[most], new boolean[most], most);
    assertEquals(most, many.metrics().labels());
  }

  /** Changed bytes are read or refused, in little memory. */
  @Test
  void forgedBytes() throws IOException {
    Table golden = Table.golden(GoldenFile.additions().get("multilabel").get(0));
    List<Table> tables =
        List.of(golden, golden.ofLogits(), distinct(ScoreScale.PROBABILITY, 12_000));
    List<byte[]> states = new ArrayList<>();
    for (Table table : tables) {
      states.add(bytes(table.state(table.rows())));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    int read = 0;
    int mutations = 6000;
    for (int i = 0; i < mutations; i++) {
      int which = i % 20 == 0 ? 2 : i % 2;
      Table table = tables.get(which);
      byte[] forged = forged(states.get(which).clone());
      long before = threads.getThreadAllocatedBytes(thread);
      try {
        MultilabelState state = table.read(forged);
        state.metrics();
        state.merge(table.read(forged));
        read++;
      } catch (StreamCorruptedException | EOFException e) {
        assertNotEquals("", e.getMessage(), "mutation " + i);
      }
      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      assertTrue(allocated < 16 << 20, "mutation " + i + " allocates " + allocated);
    }
    assertTrue(read > mutations / 20 && read < mutations * 19 / 20, read + " were read");
  }

  private byte[] forged(byte[] bytes) {
    // Counts and lengths come first: they are changed as often as all that follows.
    int end = random.nextBoolean() ? 120 : bytes.length - Long.BYTES;
    int at = random.nextInt(end);
    long number = 1L << random.nextInt(Long.SIZE);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> ByteBuffer.wrap(bytes).putInt(at, (int) (number - 1));
      case 2 -> ByteBuffer.wrap(bytes).putLong(at, random.nextBoolean() ? number : -number);
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> Arrays.fill(bytes, at, at + 1 + random.nextInt(8), (byte) -1);
    }
    return bytes;
  }
}
