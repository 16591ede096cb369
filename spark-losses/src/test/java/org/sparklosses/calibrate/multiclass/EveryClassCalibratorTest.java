// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.MapNumbers;

/** What holds of every calibrator of any number of classes. */
class EveryClassCalibratorTest {

  private static final int CLASSES = 4;

  static Stream<String> names() {
    List<String> ofTwo = BinaryCalibrators.all().stream().map(binary -> binary.name()).toList();
    return ClassCalibrators.all().stream()
        .map(ClassCalibrator::name)
        .filter(name -> !ofTwo.contains(name));
  }

  /** Every name but that which stands for others, and that of no map. */
  static Stream<String> methods() {
    return names().filter(name -> !name.equals("auto") && !name.equals("none"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void neitherOrderNorPartsMatter(String name) {
    MemoryRows rows = MemoryRows.drawn(6000, CLASSES, 2, 3);
    ClassCalibrator calibrator = ClassCalibrators.named(name);
    ClassFit whole = calibrator.fit(rows);
    assertEquals(rows.scans(), whole.scans());
    assertEquals(6000, whole.rows());
    assertEquals(rows.weight(), whole.weight());
    for (int parts : new int[] {1, 7, 200}) {
      ClassFit parted = calibrator.fit(new PartedRows(rows, parts));
      assertEquals(whole.map().numbers(), parted.map().numbers());
      assertEquals(whole.lossBefore(), parted.lossBefore());
      assertEquals(whole.lossAfter(), parted.lossAfter());
      assertEquals(whole.scans(), parted.scans());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aMapIsMadeAgainOfItsNumbers(String name) {
    MemoryRows rows = MemoryRows.drawn(500, CLASSES, 2, 3);
    ClassCalibrator calibrator = ClassCalibrators.named(name);
    ClassFit fit = calibrator.fit(rows);
    assertEquals(name, fit.map().method());
    assertEquals(CLASSES, fit.map().classes());
    ClassMap again = calibrator.map(CLASSES, fit.map().numbers());
    assertEquals(name, again.method());
    assertEquals(fit.map().numbers(), again.numbers());
    double loss = 0;
    for (MemoryRows.Row row : rows.shuffled(new Random(1))) {
      double[] p = fit.map().probabilities(row.l());
      assertArrayEquals(p, again.probabilities(row.l()));
      assertDistribution(p);
      loss -= row.weight() * Math.log(p[row.label()]);
    }
    assertEquals(loss / rows.weight(), fit.lossAfter(), 1e-9);
    assertTrue(Double.isNaN(fit.excess()) || fit.excess() >= 0);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void twoClassesAreSeveral(String name) {
    MemoryRows rows = MemoryRows.drawn(2000, 2, 2, 3);
    ClassFit fit = ClassCalibrators.named(name).fit(rows);
    assertEquals(2, fit.map().classes());
    assertEquals("", fit.note());
    rows.shuffled(new Random(1))
        .forEach(row -> assertDistribution(fit.map().probabilities(row.l())));
    assertTrue(fit.lossAfter() < fit.lossBefore() || name.contains("correctness"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void numbersThatAreNoneOfItsMapsAreRefused(String name) {
    ClassCalibrator calibrator = ClassCalibrators.named(name);
    MapNumbers numbers = calibrator.fit(MemoryRows.drawn(200, CLASSES, 2, 3)).map().numbers();
    assertThrows(IllegalArgumentException.class, () -> calibrator.map(CLASSES, MapNumbers.none()));
    for (String part : numbers.names()) {
      double[] array = numbers.array(part);
      double[] longer = Arrays.copyOf(array, array.length + 1);
      double[] none = array.clone();
      Arrays.fill(none, Double.NaN);
      for (MapNumbers other : List.of(numbers.with(part, longer), numbers.without(part))) {
        assertThrows(IllegalArgumentException.class, () -> calibrator.map(CLASSES, other), part);
      }
      if (array.length > 0) {
        MapNumbers notANumber = numbers.with(part, none);
        assertThrows(
            IllegalArgumentException.class, () -> calibrator.map(CLASSES, notANumber), part);
      }
    }
    if (numbers.names().stream().anyMatch(part -> numbers.array(part).length >= CLASSES)) {
      assertThrows(IllegalArgumentException.class, () -> calibrator.map(CLASSES + 1, numbers));
    }
  }

  /** Rows that determine little, by what they are. */
  private static Map<String, MemoryRows> little() {
    return Map.of(
        "one row", rows(1, (r, j) -> j, r -> 2),
        "one label", rows(50, (r, j) -> Math.sin(3 * r + 5 * j), r -> 1),
        "separable", rows(200, (r, j) -> j == r % CLASSES ? 2 + Math.sin(r) : 0, r -> r % CLASSES),
        "always wrong", rows(200, (r, j) -> j == r % CLASSES ? 3 : 0, r -> (r + 1) % CLASSES),
        "constant scores", rows(60, (r, j) -> 0.7, r -> r * r % CLASSES),
        "equal rows", rows(60, (r, j) -> j, r -> r * r % CLASSES),
        "fewer rows than parameters", rows(3, (r, j) -> Math.sin(r + 7 * j), r -> r),
        "a class that never occurs", rows(300, (r, j) -> Math.sin(r * (j + 1)), r -> r % 3),
        "certain of another class",
            rows(
                100,
                (r, j) -> j == r % CLASSES ? 0 : Double.NEGATIVE_INFINITY,
                r -> r % 10 == 0 ? (r + 1) % CLASSES : r % CLASSES));
  }

  private interface Score {
    double of(int row, int label);
  }

  private interface Label {
    int of(int row);
  }

  private static MemoryRows rows(int rows, Score score, Label label) {
    double[][] l = new double[rows][CLASSES];
    int[] labels = new int[rows];
    double[] weights = new double[rows];
    for (int r = 0; r < rows; r++) {
      int row = r;
      Arrays.setAll(l[r], j -> score.of(row, j));
      LogProbabilities.ofLogits(l[r]);
      labels[r] = label.of(r);
      weights[r] = 1;
    }
    return new MemoryRows(l, labels, weights);
  }

  @ParameterizedTest
  @MethodSource("names")
  void rowsThatDetermineLittleGiveAUsableMap(String name) {
    ClassCalibrator calibrator = ClassCalibrators.named(name);
    little()
        .forEach(
            (what, rows) -> {
              ClassFit fit = calibrator.fit(rows);
              assertTrue(fit.scans() <= 60, what + ": " + fit.scans() + " scans");
              assertTrue(Double.isFinite(fit.lossBefore()), what);
              assertTrue(fit.lossAfter() >= 0 && Double.isFinite(fit.lossAfter()), what);
              rows.shuffled(new Random(1))
                  .forEach(row -> assertDistribution(fit.map().probabilities(row.l())));
              double[] certain = new double[CLASSES];
              Arrays.fill(certain, -1000);
              certain[3] = 0;
              LogProbabilities.ofLogits(certain);
              assertDistribution(fit.map().probabilities(certain));
            });
  }

  @ParameterizedTest
  @MethodSource("names")
  void noRowsAndOneClassAreRefused(String name) {
    ClassCalibrator calibrator = ClassCalibrators.named(name);
    MemoryRows none = MemoryRows.drawn(5, CLASSES, 2, 3).weighted(new double[5]);
    String message =
        assertThrows(IllegalArgumentException.class, () -> calibrator.fit(none)).getMessage();
    assertTrue(message.contains("no row of positive weight"), message);
    MemoryRows oneClass = new MemoryRows(new double[3][1], new int[3], new double[] {1, 1, 1});
    assertThrows(IllegalArgumentException.class, () -> calibrator.fit(oneClass));
  }

  private static void assertDistribution(double[] p) {
    assertTrue(Arrays.stream(p).allMatch(x -> x > 0 && x <= 1), () -> Arrays.toString(p));
    assertEquals(1, Arrays.stream(p).sum(), 1e-12);
  }

  /** Methods with a table for each class, of more of them than they take. */
  @ParameterizedTest
  @MethodSource("methods")
  void moreClassesThanItTakesAreRefusedWithAnother(String name) {
    if (Stream.of("one_vs_rest", "top_label", "matrix", "dirichlet").noneMatch(name::contains)) {
      return;
    }
    int classes = 513;
    double[][] l = new double[2][classes];
    Arrays.stream(l).forEach(LogProbabilities::ofLogits);
    MemoryRows rows = new MemoryRows(l, new int[] {0, 1}, new double[] {1, 1});
    String message =
        assertThrows(IllegalArgumentException.class, () -> ClassCalibrators.named(name).fit(rows))
            .getMessage();
    assertTrue(message.contains("513") && message.contains("structured_vector_scaling"), message);
    assertTrue(IntStream.of(128, 512).anyMatch(most -> message.contains(most + " at most")));
  }
}
