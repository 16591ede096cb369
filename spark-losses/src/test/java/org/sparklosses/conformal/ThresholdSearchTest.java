// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thresholds by counting are those of sorting, however rows are parted and ordered. */
class ThresholdSearchTest {

  private static final double[] ALPHAS = {0.001, 0.01, 0.05, 0.1, 0.3, 0.5, 0.9, 0.999};

  @SuppressWarnings("ArrayRecordComponent")
  private record Rows(float[] scores, double[] weights, int[] classes) {

    static Rows random(int rows, long seed) {
      Random random = new Random(seed);
      float[] scores = new float[rows];
      double[] weights = new double[rows];
      int[] classes = new int[rows];
      for (int i = 0; i < rows; i++) {
        boolean isTied = random.nextInt(3) == 0;
        scores[i] = isTied ? random.nextInt(5) / 4f - 0.5f : (float) random.nextGaussian();
        weights[i] = 1 + random.nextInt(4);
        classes[i] = random.nextInt(3) * 1000;
      }
      return new Rows(scores, weights, classes);
    }

    double[] scores(int classIndex, boolean isRepeated) {
      return IntStream.range(0, scores.length)
          .filter(i -> classes[i] == classIndex)
          .flatMap(i -> IntStream.generate(() -> i).limit(isRepeated ? (long) weights[i] : 1))
          .mapToDouble(i -> scores[i])
          .toArray();
    }

    /** Counts rows in parts and in another order, whose bytes travel and are merged. */
    ScoreCounts counted(boolean isWeighted, long[] cells, int parts) {
      Random random = new Random(parts);
      List<ScoreCounts> counts = new ArrayList<>();
      for (int part = 0; part < parts; part++) {
        counts.add(empty(isWeighted, cells));
      }
      List<Integer> order = new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
      Collections.shuffle(order, random);
      for (int i : order) {
        counts.get(random.nextInt(parts)).add(classes[i], scores[i], weights[i]);
      }
      ScoreCounts merged = empty(isWeighted, cells);
      for (ScoreCounts part : counts) {
        ScoreCounts read = empty(isWeighted, cells);
        read(bytes(part), read);
        merged.merge(read);
      }
      return merged;
    }

    Map<Integer, float[]> thresholds(boolean isWeighted, int parts, double testWeight) {
      ThresholdSearch search =
          new ThresholdSearch(counted(isWeighted, null, parts), ALPHAS, testWeight);
      return search.thresholds(counted(isWeighted, search.cells(), parts));
    }

    private static ScoreCounts empty(boolean isWeighted, long[] cells) {
      return cells == null
          ? ScoreCounts.ofCells(isWeighted)
          : ScoreCounts.within(isWeighted, cells);
    }
  }

  private static byte[] bytes(ScoreCounts counts) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      counts.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(byte[] bytes, ScoreCounts counts) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      counts.read(in);
      assertEquals(0, in.available());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 200})
  void thresholdsAreThoseOfSorting(int parts) {
    Rows rows = Rows.random(5000, 1);
    Map<Integer, float[]> found = rows.thresholds(false, parts, 1);
    assertEquals(List.of(0, 1000, 2000), List.copyOf(found.keySet()));
    found.forEach(
        (classIndex, thresholds) -> {
          double[] scores = rows.scores(classIndex, false);
          for (int a = 0; a < ALPHAS.length; a++) {
            assertEquals((float) ConformalQuantile.of(scores, ALPHAS[a]), thresholds[a]);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 200})
  void aWholeWeightIsAsManyRows(int parts) {
    Rows rows = Rows.random(5000, 2);
    Map<Integer, float[]> found = rows.thresholds(true, parts, 1);
    found.forEach(
        (classIndex, thresholds) -> {
          double[] scores = rows.scores(classIndex, true);
          for (int a = 0; a < ALPHAS.length; a++) {
            assertEquals((float) ConformalQuantile.of(scores, ALPHAS[a]), thresholds[a]);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 1000, 1e6})
  void aHeavyNewRowRaisesTheThreshold(double testWeight) {
    Rows rows = Rows.random(5000, 3);
    Map<Integer, float[]> found = rows.thresholds(true, 7, testWeight);
    found.forEach(
        (classIndex, thresholds) -> {
          int[] of =
              IntStream.range(0, 5000).filter(i -> rows.classes()[i] == classIndex).toArray();
          for (int a = 0; a < ALPHAS.length; a++) {
            double expected =
                ConformalQuantile.weighted(
                    IntStream.of(of).mapToDouble(i -> rows.scores()[i]).toArray(),
                    IntStream.of(of).mapToDouble(i -> rows.weights()[i]).toArray(),
                    ALPHAS[a],
                    testWeight);
            assertEquals((float) expected, thresholds[a]);
          }
        });
    assertEquals(testWeight > 1e5, Float.isInfinite(found.get(0)[4]));
  }

  @Test
  void bytesDoNotDependOnOrderAndParts() {
    Rows rows = Rows.random(2000, 4);
    for (boolean isWeighted : new boolean[] {false, true}) {
      byte[] whole = bytes(rows.counted(isWeighted, null, 1));
      for (int parts : new int[] {7, 200}) {
        assertArrayEquals(whole, bytes(rows.counted(isWeighted, null, parts)));
      }
    }
  }

  @Test
  void fewAndExtremeScores() {
    float[] scores = {
      Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, Float.MIN_VALUE, -Float.MAX_VALUE
    };
    for (int n = 0; n <= scores.length; n++) {
      float[] some = Arrays.copyOf(scores, n);
      Rows rows = new Rows(some, new double[n], new int[n]);
      Map<Integer, float[]> found = rows.thresholds(false, 1, 1);
      assertEquals(n == 0, found.isEmpty());
      for (int a = 0; a < ALPHAS.length && n > 0; a++) {
        assertEquals(
            (float) ConformalQuantile.of(rows.scores(0, false), ALPHAS[a]) + 0f, found.get(0)[a]);
      }
    }
  }

  /**
   * 0.9 (n + 1) is a whole number in decimals, and a little more or less as a product of doubles.
   */
  @Test
  void ranksAreThoseOfDecimals() {
    for (long n = 1; n < 2000; n++) {
      for (int percent = 1; percent < 100; percent++) {
        long expected = ((n + 1) * (100 - percent) + 99) / 100;
        assertEquals(expected, ConformalRank.of(n, percent / 100.0));
      }
    }
    assertEquals(9_000_000_000_000_000L, ConformalRank.of(9_999_999_999_999_999L, 0.1));
    assertEquals(1, ConformalRank.of(0, 0.999));
    for (double alpha : new double[] {0, 1, -0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> ConformalRank.of(10, alpha));
    }
  }

  @Test
  void aTableThatChangesIsTold() {
    ScoreCounts cells = ScoreCounts.ofCells(false);
    for (int i = 0; i < 100; i++) {
      cells.add(0, i, 1);
    }
    ThresholdSearch search = new ThresholdSearch(cells, new double[] {0.1}, 1);
    ScoreCounts others = ScoreCounts.within(false, search.cells());
    String message =
        assertThrows(IllegalStateException.class, () -> search.thresholds(others)).getMessage();
    assertTrue(message.contains("the second scan of the table found other rows"), message);
  }

  @Test
  void damagedBytes() {
    byte[] bytes = bytes(Rows.random(100, 5).counted(true, null, 1));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(
          UncheckedIOException.class, () -> read(cut, ScoreCounts.ofCells(true)), "" + length);
    }
    byte[] large = bytes.clone();
    large[0] = 0x7F;
    assertThrows(UncheckedIOException.class, () -> read(large, ScoreCounts.ofCells(true)));
    byte[] unordered = bytes.clone();
    unordered[5] = 1;
    assertThrows(UncheckedIOException.class, () -> read(unordered, ScoreCounts.ofCells(true)));
  }
}
