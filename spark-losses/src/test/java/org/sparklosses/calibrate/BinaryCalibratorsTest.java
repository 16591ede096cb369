// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

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
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.metric.ScoreStore;

/** What every calibrator promises, whatever its formula. */
class BinaryCalibratorsTest {

  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static final RandomScores ROWS =
      RandomScores.of(1, 300, 2, z -> 0.3 + 0.6 * z + 0.05 * z * z);

  static List<String> names() {
    return BinaryCalibrators.all().stream().map(BinaryCalibrator::name).toList();
  }

  /** The settings without defaults. */
  private static Map<String, Object> required(String name) {
    return name.equals("logit_offset") ? Map.of("target", 0.3) : Map.of();
  }

  private static BinaryFit fit(String name, BinaryTable table) {
    return BinaryCalibrators.fit(name, table, required(name));
  }

  /** All that a fit says, but for the number of rows that it was made of. */
  private static BinaryFit ofNoRows(BinaryFit fit) {
    return new BinaryFit(
        null,
        fit.status(),
        0,
        fit.weight(),
        fit.iterations(),
        fit.gradientNorm(),
        fit.lossBefore(),
        fit.lossAfter(),
        fit.excessBound(),
        fit.shareOutside());
  }

  private static void assertSameBits(BinaryFit expected, BinaryFit actual) {
    assertEquals(expected.map().numbers(), actual.map().numbers());
    assertEquals(ofNoRows(expected), ofNoRows(actual));
  }

  private static double[] picked(double[] values, List<Integer> order) {
    return order.stream().mapToDouble(i -> values[i]).toArray();
  }

  @ParameterizedTest
  @MethodSource("names")
  void sameBitsInAnyOrder(String name) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS.logit().length).boxed().toList());
    double[] weights = Arrays.stream(ROWS.weight()).map(w -> w / 3).toArray();
    BinaryFit fit =
        fit(name, BinaryTable.of(InputScale.LOGIT, ROWS.logit(), ROWS.label(), weights));
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(order, new Random(seed));
      BinaryTable shuffled =
          BinaryTable.of(
              InputScale.LOGIT,
              picked(ROWS.logit(), order),
              picked(ROWS.label(), order),
              picked(weights, order));
      assertSameBits(fit, fit(name, shuffled));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void sameBitsOfPartsMergedInAnyOrder(String name) {
    BinaryFit fit = fit(name, ROWS.logits());
    BinaryFit ofCells = fit(name, BinaryTable.of(ROWS.cells(256)));
    for (int parts : new int[] {1, 2, 7}) {
      ScoreStore store = ScoreStore.unlimited(false);
      LogitCells cells = new LogitCells(256, -20, 20);
      for (int part = parts - 1; part >= 0; part--) {
        ScoreStore ownStore = ScoreStore.unlimited(false);
        LogitCells own = new LogitCells(256, -20, 20);
        for (int i = part; i < ROWS.logit().length; i += parts) {
          own.add(ROWS.logit()[i], ROWS.label()[i] == 1, ROWS.weight()[i]);
          if (ROWS.weight()[i] > 0) {
            ownStore.add(ROWS.logit()[i], ROWS.label()[i], ROWS.weight()[i]);
          }
        }
        store.merge(ownStore);
        cells.merge(own);
      }
      BinaryFit merged = fit(name, BinaryTable.of(InputScale.LOGIT, store.atoms()));
      assertSameBits(fit, merged);
      assertEquals(fit.rows(), merged.rows());
      assertSameBits(ofCells, fit(name, BinaryTable.of(cells)));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void wholeWeightIsSoManyRows(String name) {
    List<Integer> repeated =
        IntStream.range(0, ROWS.logit().length)
            .boxed()
            .flatMap(i -> Collections.nCopies((int) ROWS.weight()[i], i).stream())
            .toList();
    double[] logits = picked(ROWS.logit(), repeated);
    double[] labels = picked(ROWS.label(), repeated);
    assertSameBits(
        fit(name, ROWS.logits()),
        fit(name, BinaryTable.of(InputScale.LOGIT, logits, labels, null)));

    LogitCells cells = new LogitCells(100, -20, 20);
    for (int i = 0; i < logits.length; i++) {
      cells.add(logits[i], labels[i] == 1, 1);
    }
    assertSameBits(fit(name, BinaryTable.of(ROWS.cells(100))), fit(name, BinaryTable.of(cells)));
  }

  private static BinaryTable table(double[] logits, int... labels) {
    return BinaryTable.of(
        InputScale.LOGIT, logits, Arrays.stream(labels).asDoubleStream().toArray(), null);
  }

  /** Tables that determine little. */
  private static Map<String, BinaryTable> degenerate() {
    double[] spread = {-3, -1, 0.5, 2, 4};
    Map<String, BinaryTable> tables = new LinkedHashMap<>();
    tables.put("one row of class 1", table(new double[] {0.4}, 1));
    tables.put("one row of class 0", table(new double[] {0.4}, 0));
    tables.put("all of class 1", table(spread, 1, 1, 1, 1, 1));
    tables.put("all of class 0", table(spread, 0, 0, 0, 0, 0));
    tables.put("separable upwards", table(spread, 0, 0, 1, 1, 1));
    tables.put("separable downwards", table(spread, 1, 1, 1, 0, 0));
    tables.put("one class inside the other", table(spread, 0, 1, 1, 0, 0));
    tables.put("touching", table(new double[] {-1, 0, 0, 1}, 0, 0, 1, 1));
    tables.put("one score", table(new double[] {1, 1, 1}, 0, 1, 1));
    tables.put("one score of 0", table(new double[] {0, 0, 0}, 0, 1, 1));
    tables.put("two scores", table(new double[] {-1, -1, 1, 1}, 0, 1, 0, 1));
    tables.put("two scores in the wrong order", table(new double[] {-1, -1, 1, 1}, 1, 1, 0, 1));
    tables.put("scores that are almost one", almostOne());
    tables.put(
        "huge logits",
        table(new double[] {-INFINITE, -1e300, -800, 0, 3, 800, INFINITE}, 0, 1, 0, 1, 0, 1, 0));
    tables.put(
        "certain and wrong",
        BinaryTable.of(
            InputScale.PROBABILITY,
            new double[] {0, 0, 0, 1, 1, 1, Double.MIN_VALUE, Math.nextDown(1.0)},
            new double[] {1, 0, 0, 1, 1, 0, 0, 1},
            null));
    tables.put(
        "light and heavy rows",
        BinaryTable.of(
            InputScale.LOGIT,
            new double[] {-2, -1, 0, 1, 2},
            new double[] {0, 1, 0, 1, 0},
            new double[] {1e-30, 1e30, 1, 1e-30, 1e30}));
    tables.put(
        "light rows",
        BinaryTable.of(
            InputScale.LOGIT,
            new double[] {-2, -1, 0, 1, 2},
            new double[] {0, 1, 0, 1, 1},
            new double[] {1e-30, 1e-30, 1e-30, 1e-30, 1e-30}));
    LogitCells cells = new LogitCells(4, -1, 1);
    double[] far = {-500, -40, -0.6, -0.6, 0.2, 0.3, 40, 500};
    for (int i = 0; i < far.length; i++) {
      cells.add(far[i], i % 3 == 0, 1);
    }
    tables.put("cells with logits far beyond them", BinaryTable.of(cells));
    LogitCells one = new LogitCells();
    one.add(0.1, true, 1);
    one.add(0.1, true, 1);
    one.add(0.1, false, 1);
    tables.put("cells of one score", BinaryTable.of(one));
    return tables;
  }

  private static BinaryTable almostOne() {
    double z = 7;
    double[] logits = new double[6];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = z;
      z = Math.nextUp(z);
    }
    return table(logits, 0, 1, 0, 1, 1, 0);
  }

  @ParameterizedTest
  @MethodSource("names")
  void mapIsUsableWhateverTheRows(String name) {
    double[] logits = {-INFINITE, -800, -40, -3, -0.0, 0.1, 1, 7, 40, 1e300, INFINITE};
    degenerate()
        .forEach(
            (rows, table) -> {
              BinaryFit fit = fit(name, table);
              for (double z : logits) {
                double p = fit.map().ofLogit(z);
                assertTrue(p >= 0 && p <= 1, () -> name + " of " + rows + ": " + p + " at " + z);
                double q = fit.map().ofProbability(1 / (1 + Math.exp(-z)));
                assertTrue(q >= 0 && q <= 1, () -> name + " of " + rows + ": " + q + " at " + z);
              }
              assertTrue(Double.isFinite(fit.lossBefore()), () -> name + " of " + rows);
              assertTrue(Double.isFinite(fit.lossAfter()), () -> name + " of " + rows);
              assertTrue(Double.isFinite(fit.gradientNorm()), () -> name + " of " + rows);
              assertTrue(fit.gradientNorm() < 1e-6, () -> name + " of " + rows + ": " + fit);
              assertTrue(fit.shareOutside() >= 0 && fit.shareOutside() <= 1);
              assertFalse(fit.status().meaning().isEmpty());
              assertTrue(Double.isNaN(fit.map().probability(Double.NaN)));
            });
  }

  @ParameterizedTest
  @MethodSource("names")
  void statusOfRowsThatDetermineLittle(String name) {
    Map<String, BinaryTable> tables = degenerate();
    if (List.of("temperature_scaling", "logit_offset").contains(name)) {
      return; // Their one parameter asks for less: see their own tests.
    }
    for (String rows : List.of("one row of class 1", "all of class 0", "all of class 1")) {
      assertEquals(FitStatus.ONE_CLASS, fit(name, tables.get(rows)).status(), rows);
    }
    assertEquals(FitStatus.ONE_SCORE, fit(name, tables.get("one score")).status());
    assertEquals(FitStatus.ONE_SCORE, fit(name, tables.get("cells of one score")).status());
  }

  @ParameterizedTest
  @MethodSource("names")
  void noRowIsAnError(String name) {
    BinaryTable none =
        BinaryTable.of(
            InputScale.LOGIT, new double[] {1, Double.NaN}, new double[] {0, 7}, new double[2]);

    Exception e = assertThrows(IllegalArgumentException.class, () -> fit(name, none));

    assertTrue(e.getMessage().startsWith(name + ": there is no row of positive weight"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void floorKeepsOrderAndKeepsAwayFromTheEnds(String name) {
    Map<String, Object> settings = new LinkedHashMap<>(required(name));
    BinaryFit plain = BinaryCalibrators.fit(name, ROWS.probabilities(), settings);
    settings.put("floor", "mix");
    BinaryFit floored = BinaryCalibrators.fit(name, ROWS.probabilities(), settings);
    double share = 1 / (Arrays.stream(ROWS.weight()).sum() + 1);
    for (double p = 0; p <= 1; p += 0x1p-7) {
      double q = floored.map().ofProbability(p);
      assertEquals((1 - share) * plain.map().ofProbability(p) + share / 2, q, 1e-15);
      assertTrue(q >= share / 2 && q <= 1 - share / 2);
    }
    assertEquals(plain.map().increasing(), floored.map().increasing());
    assertEquals(plain.status(), floored.status());
    assertEquals(meanLoss(floored.map()), floored.lossAfter(), 1e-12);
  }

  private static double meanLoss(BinaryMap map) {
    double loss = 0;
    double[] p = ROWS.probability();
    for (int i = 0; i < p.length; i++) {
      double q = map.ofProbability(p[i]);
      loss -= ROWS.weight()[i] * Math.log(ROWS.label()[i] == 1 ? q : 1 - q);
    }
    return loss / Arrays.stream(ROWS.weight()).sum();
  }

  private static byte[] bytes(BinaryMap map) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    map.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static BinaryMap read(byte[] bytes) throws IOException {
    return BinaryCalibrators.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsWhatItWrote(String name) throws IOException {
    for (String floor : List.of("none", "mix")) {
      Map<String, Object> settings = new LinkedHashMap<>(required(name));
      settings.put("floor", floor);
      BinaryMap map = BinaryCalibrators.fit(name, ROWS.logits(), settings).map();
      BinaryMap read = read(bytes(map));
      assertEquals(map.method(), read.method());
      assertEquals(map.input(), read.input());
      assertEquals(map.increasing(), read.increasing());
      assertEquals(map.numbers(), read.numbers());
      for (double z = -30; z <= 30; z += 0.37) {
        assertEquals(map.ofLogit(z), read.ofLogit(z));
        assertEquals(map.logOdds(map.input().logit(0.2)), read.logOdds(map.input().logit(0.2)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void damagedBytesAreRefused(String name) throws IOException {
    byte[] bytes = bytes(fit(name, ROWS.logits()).map());
    for (int length = 0; length < bytes.length; length += 1 + bytes.length / 50) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(EOFException.class, () -> read(cut));
    }
    int lengthOfFirst = 2 + name.length() + 4 + 2 + firstName(name).length();
    for (int b = 0; b < 4; b++) {
      byte[] forged = bytes.clone();
      forged[lengthOfFirst + b] = 0x7F;
      assertThrows(IOException.class, () -> read(forged));
    }
    byte[] other = bytes.clone();
    other[3] = '?';
    assertThrows(StreamCorruptedException.class, () -> read(other));
  }

  private static String firstName(String name) {
    return fit(name, ROWS.logits()).map().numbers().names().iterator().next();
  }

  @ParameterizedTest
  @MethodSource("names")
  void numbersOfAnotherMapAreRefused(String name) {
    BinaryCalibrator calibrator = BinaryCalibrators.named(name);
    MapNumbers numbers = fit(name, ROWS.logits()).map().numbers();
    for (String part : numbers.names()) {
      assertThrows(IllegalArgumentException.class, () -> calibrator.map(numbers.without(part)));
      double[] broken = numbers.array(part);
      broken[broken.length - 1] = Double.NaN;
      assertThrows(
          IllegalArgumentException.class, () -> calibrator.map(numbers.with(part, broken)));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysWhatItIs(String name) {
    BinaryCalibrator calibrator = BinaryCalibrators.named(name);
    assertTrue(name.matches("[a-z]+(_[a-z]+)*"));
    assertFalse(calibrator.summary().isBlank());
    assertFalse(calibrator.formula().isBlank());
    assertTrue(calibrator.source().matches(".*\\d{4}.*"));
    assertEquals(1, calibrator.scans());
    assertEquals(name, fit(name, ROWS.logits()).map().method());
    assertTrue(BinaryCalibrators.parameters(calibrator).contains(BinaryCalibrators.FLOOR));
  }

  @Test
  void wrongSettingsAreNamed() {
    BinaryTable table = ROWS.logits();
    assertMessage("no calibrator is named 'plat'", () -> fit("plat", table));
    assertMessage(
        "quadratic_scaling: unknown parameter 'order'",
        () -> BinaryCalibrators.fit("quadratic_scaling", table, Map.of("order", 2)));
    assertMessage(
        "degree", () -> BinaryCalibrators.fit("quadratic_scaling", table, Map.of("degree", 3)));
    assertMessage(
        "target must be given", () -> BinaryCalibrators.fit("logit_offset", table, Map.of()));
    assertMessage(
        "target", () -> BinaryCalibrators.fit("logit_offset", table, Map.of("target", 1.0)));
  }

  @Test
  void wrongRowsAreNamed() {
    double[] one = {1};
    assertMessage(
        "a logit is NaN",
        () -> BinaryTable.of(InputScale.LOGIT, new double[] {Double.NaN}, one, null));
    assertMessage(
        "the probability 1.5 is not in [0, 1]",
        () -> BinaryTable.of(InputScale.PROBABILITY, new double[] {1.5}, one, null));
    assertMessage(
        "the label of row 0 is 2.0",
        () -> BinaryTable.of(InputScale.LOGIT, one, new double[] {2}, null));
    for (double weight : new double[] {-1, Double.NaN, INFINITE, 1e-31}) {
      assertMessage(
          "the weight of row 0 is " + weight,
          () -> BinaryTable.of(InputScale.LOGIT, one, one, new double[] {weight}));
    }
  }

  private static void assertMessage(String part, Runnable action) {
    Exception e = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
