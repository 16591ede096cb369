// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The choice of a method by cross-fitting. */
class AutomaticCalibratorTest {

  /** Rows with keys, of which some may be left out; counts how often they are read. */
  private static final class KeyedRows implements LogitRows {

    private final List<MemoryRows.Row> rows;
    private final List<Long> keys;
    private int scans;

    KeyedRows(List<MemoryRows.Row> rows, List<Long> keys) {
      this.rows = rows;
      this.keys = keys;
    }

    KeyedRows but(long fold) {
      int[] left = IntStream.range(0, rows.size()).filter(r -> keys.get(r) % 5 != fold).toArray();
      return new KeyedRows(
          IntStream.of(left).mapToObj(rows::get).toList(),
          IntStream.of(left).mapToObj(keys::get).toList());
    }

    @Override
    public <S extends RowSums<S>> S scan(SumsAt<S> at) {
      scans++;
      S sums = at.empty();
      for (int r = 0; r < rows.size(); r++) {
        MemoryRows.Row row = rows.get(r);
        sums.add(row.l().clone(), row.label(), row.weight(), keys.get(r));
      }
      return sums;
    }
  }

  /** Labels are drawn from a softmax of {@code factor z + shift}, z the logits. */
  private static KeyedRows rows(int rows, int classes, double factor, double shift, long seed) {
    Random random = new Random(seed);
    List<MemoryRows.Row> all = new ArrayList<>();
    List<Long> keys = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      double[] z = random.doubles(classes, -3, 3).toArray();
      double[] truth = new double[classes];
      for (int j = 0; j < classes; j++) {
        truth[j] = factor * z[j] + shift * j;
      }
      LogProbabilities.softmax(truth);
      double u = random.nextDouble();
      int label = 0;
      while (label < classes - 1 && (u -= truth[label]) > 0) {
        label++;
      }
      LogProbabilities.ofLogits(z);
      all.add(new MemoryRows.Row(z, label, 0.5 * (1 + random.nextInt(4))));
      keys.add((long) random.nextInt(1000));
    }
    return new KeyedRows(all, keys);
  }

  /** Each fit alone on the rows of the other folds, and the figures by two loops over the rows. */
  @ParameterizedTest
  @CsvSource({"2, 700", "4, 500"})
  void trialsAreThoseOfFitsOneByOne(int classes, int size) {
    KeyedRows rows = rows(size, classes, 0.5, 0.3, 1);
    ClassFit chosen = new AutomaticCalibrator().fit(rows);
    assertTrue(chosen.trials().size() >= 4, chosen.trials().toString());
    for (Trial trial : chosen.trials()) {
      ClassCalibrator method = ClassCalibrators.named(trial.method());
      List<ClassMap> maps =
          IntStream.range(0, 5).mapToObj(fold -> method.fit(rows.but(fold)).map()).toList();
      double weight = 0;
      double loss = 0;
      double sum = 0;
      double[] differences = new double[size];
      for (int r = 0; r < size; r++) {
        MemoryRows.Row row = rows.rows.get(r);
        ClassMap map = maps.get((int) (rows.keys.get(r) % 5));
        double after = -Math.log(map.probabilities(row.l())[row.label()]);
        differences[r] = after + row.l()[row.label()];
        weight += row.weight();
        loss += row.weight() * after;
        sum += row.weight() * differences[r];
      }
      double squares = 0;
      for (int r = 0; r < size; r++) {
        squares += Math.pow(rows.rows.get(r).weight() * (differences[r] - sum / weight), 2);
      }
      assertEquals(loss / weight, trial.loss(), 1e-12, trial.method());
      assertEquals(sum / weight, trial.difference(), 1e-12, trial.method());
      assertEquals(
          Math.sqrt(size / (size - 1.0) * squares) / weight,
          trial.standardError(),
          1e-10,
          trial.method());
    }
    assertEquals(chosen.map().method(), chosen.trials().get(0).method());
    ClassFit alone = ClassCalibrators.named(chosen.map().method()).fit(rows);
    assertEquals(alone.map().numbers(), chosen.map().numbers());
    assertEquals(alone.lossAfter(), chosen.lossAfter());
  }

  @Test
  void allMethodsShareTheirScans() {
    KeyedRows two = rows(900, 2, 0.5, 0, 2);
    assertEquals(3, new AutomaticCalibrator().fit(two).scans());
    assertEquals(3, two.scans);
    KeyedRows ten = rows(3000, 10, 0.5, 0, 3);
    assertEquals(new AutomaticCalibrator().fit(ten).scans(), ten.scans);
    assertTrue(ten.scans <= 1 + 4 + 10 + 1, "scans: " + ten.scans);
  }

  @Test
  void whatGainsIsChosenAndNothingWhereNothingGains() {
    ClassFit bent = new AutomaticCalibrator().fit(rows(4000, 2, 0.5, 0.8, 4));
    assertFalse(bent.map().method().equals("none"), bent.trials().toString());
    assertTrue(bent.trials().get(0).high() < 0);
    // Every row twice, once with either label: honest already.
    List<MemoryRows.Row> rows = new ArrayList<>();
    for (int r = 0; r < 400; r++) {
      for (int label = 0; label < 3; label++) {
        rows.add(new MemoryRows.Row(new double[] {-1, -1, -1}, label, 1));
      }
    }
    List<Long> keys = IntStream.range(0, rows.size()).mapToObj(r -> (long) (r / 3)).toList();
    ClassFit honest = new AutomaticCalibrator().fit(new KeyedRows(rows, keys));
    assertEquals("none", honest.map().method());
    assertEquals(Math.log(3), honest.lossAfter(), 1e-12);
  }

  /** Equal rows are in one fold, so that none is judged by a map that has seen it. */
  @Test
  void withoutKeysRowsArePartedByWhatTheyHold() {
    KeyedRows keyed = rows(500, 3, 0.5, 0.3, 5);
    LogitRows once = plain(keyed.rows, 1);
    LogitRows shuffled = plain(keyed.rows, 2);
    ClassFit fit = new AutomaticCalibrator().fit(once);
    assertEquals(fit.trials(), new AutomaticCalibrator().fit(shuffled).trials());
    List<MemoryRows.Row> twice = new ArrayList<>(keyed.rows);
    twice.addAll(keyed.rows);
    ClassFit doubled = new AutomaticCalibrator().fit(plain(twice, 3));
    Trial none = trial(fit, "none");
    assertEquals(none.loss(), trial(doubled, "none").loss(), 1e-12);
    // As many rows again from the same folds: the ridge alone is half as strong.
    assertEquals(trial(fit, "temperature").loss(), trial(doubled, "temperature").loss(), 1e-3);
  }

  private static Trial trial(ClassFit fit, String method) {
    return fit.trials().stream()
        .filter(trial -> trial.method().equals(method))
        .findFirst()
        .orElseThrow();
  }

  private static LogitRows plain(List<MemoryRows.Row> rows, long seed) {
    List<MemoryRows.Row> ordered = new ArrayList<>(rows);
    Collections.shuffle(ordered, new Random(seed));
    return new LogitRows() {
      @Override
      public <S extends RowSums<S>> S scan(SumsAt<S> at) {
        S sums = at.empty();
        ordered.forEach(row -> sums.add(row.l().clone(), row.label(), row.weight()));
        return sums;
      }
    };
  }

  @Test
  void fewRows() {
    KeyedRows one = new KeyedRows(rows(1, 3, 1, 0, 6).rows, List.of(7L));
    ClassFit fit = new AutomaticCalibrator().fit(one);
    assertEquals("none", fit.map().method());
    assertTrue(fit.trials().isEmpty());
    assertEquals(one.scans, fit.scans());
    KeyedRows none = new KeyedRows(List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> new AutomaticCalibrator().fit(none));
    // All in one fold: no map can be judged.
    KeyedRows together = new KeyedRows(rows(50, 3, 1, 0, 7).rows, Collections.nCopies(50, 5L));
    assertEquals("none", new AutomaticCalibrator().fit(together).map().method());
  }

  /** The failure of a scan reaches who asked, and no thread is left behind. */
  @Test
  void aScanThatFailsEndsAll() {
    KeyedRows rows = rows(300, 3, 0.5, 0, 8);
    LogitRows failing =
        new LogitRows() {
          @Override
          public <S extends RowSums<S>> S scan(SumsAt<S> at) {
            if (rows.scans == 3) {
              throw new IllegalStateException("executor lost");
            }
            return rows.scan(at);
          }
        };
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> new AutomaticCalibrator().fit(failing));
    assertEquals("executor lost", e.getMessage());
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (fits() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(0, fits());
  }

  private static long fits() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("calibration fit"))
        .count();
  }
}
