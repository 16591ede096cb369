// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A table of cells, and how far a fit from it is from that to the rows. */
class LogitCellsTest {

  @Test
  void cellsHaveMeanAndVarianceOfTheirRows() {
    LogitCells cells = new LogitCells(4, -2, 2);
    double[] z = {0.1, 0.4, 0.9};
    for (double x : z) {
      cells.add(x, true, 2);
    }
    cells.add(-7, false, 1);
    cells.add(5, false, 0);
    LogitCells.Entry[] entries = cells.entries();
    assertEquals(2, entries.length);
    assertEquals(-7, entries[0].mean(), 1e-15);
    assertEquals(0, entries[0].variance());
    assertEquals(-7, entries[0].from());
    assertEquals(-1, entries[0].to());
    double mean = Arrays.stream(z).sum() / 3;
    assertEquals(6, entries[1].weight());
    assertEquals(mean, entries[1].mean(), 1e-15);
    assertEquals(
        Arrays.stream(z).map(x -> (x - mean) * (x - mean)).sum() / 3, entries[1].variance(), 1e-15);
    assertTrue(entries[1].positive());
    assertEquals(2, cells.usedCells());
    assertEquals(4, cells.rows());
  }

  @Test
  void standInsHaveTheMomentsOfTheRows() {
    RandomScores rows = RandomScores.of(3, 500, 2, z -> z);
    BinaryTable exact = rows.logits();
    BinaryTable table = BinaryTable.of(rows.cells(64));
    assertEquals(exact.rows(), table.rows());
    assertEquals(exact.weight(), table.weight(), 1e-9);
    for (int power = 0; power <= 2; power++) {
      assertEquals(moment(exact.logits(), power), moment(table.logits(), power), 1e-9);
    }
    BinaryPoints groups = table.groups(InputScale.LOGIT);
    assertTrue(groups.size() <= 64);
    assertEquals(exact.logits().positives(), groups.positives(), 1e-9);
    double sum = 0;
    for (int i = 0; i < groups.size(); i++) {
      sum += groups.weight(i) * groups.score()[i];
    }
    double expected = 0;
    for (int i = 0; i < rows.logit().length; i++) {
      expected += rows.weight()[i] * rows.logit()[i];
    }
    assertEquals(expected, sum, 1e-9);
  }

  private static double moment(BinaryPoints points, int power) {
    double sum = 0;
    for (int i = 0; i < points.size(); i++) {
      sum += points.positive()[i] * Math.pow(points.score()[i], power);
    }
    return sum;
  }

  @Test
  void excessOverTheFitToTheRowsIsWithinItsBound() {
    int finite = 0;
    for (long seed = 0; seed < 40; seed++) {
      double spread = new double[] {0.5, 1.5, 3, 6}[(int) seed % 4];
      int cells = new int[] {64, 256, 1024}[(int) seed % 3];
      RandomScores rows =
          RandomScores.of(seed, 600, spread, z -> 0.2 + 0.5 * z + 0.03 * z * Math.abs(z));
      for (String name : new String[] {"quadratic_scaling", "platt_scaling", "beta_calibration"}) {
        Map<String, Object> settings =
            name.equals("platt_scaling") ? Map.of("priors", false) : Map.of();
        BinaryFit fit = BinaryCalibrators.fit(name, BinaryTable.of(rows.cells(cells)), settings);
        BinaryFit best = BinaryCalibrators.fit(name, rows.logits(), settings);
        assertTrue(Double.isNaN(best.excessBound()));
        double excess = loss(rows, fit.map()) - loss(rows, best.map());
        assertTrue(excess > -1e-13);
        assertTrue(excess <= fit.excessBound() + 1e-13, () -> name + ": " + excess + " " + fit);
        finite += fit.excessBound() < 1e-4 ? 1 : 0;
      }
    }
    assertTrue(finite > 60, "of 120 fits " + finite + " have a bound that tells something");
  }

  private static double loss(RandomScores rows, BinaryMap map) {
    double loss = 0;
    for (int i = 0; i < rows.logit().length; i++) {
      double t = map.logOdds(rows.logit()[i]);
      loss += rows.weight()[i] * Math.log1p(Math.exp(rows.label()[i] == 1 ? -t : t));
    }
    return loss / Arrays.stream(rows.weight()).sum();
  }

  private static byte[] bytes(LogitCells cells) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    cells.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static LogitCells read(byte[] bytes, LogitCells cells) throws IOException {
    cells.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    return cells;
  }

  @Test
  void readsWhatItWrote() throws IOException {
    LogitCells cells = RandomScores.of(3, 500, 8, z -> z).cells(64);
    byte[] bytes = bytes(cells);
    LogitCells read = read(bytes, new LogitCells(64, -20, 20));
    assertArrayEquals(cells.entries(), read.entries());
    assertArrayEquals(bytes, bytes(read));
    read.merge(RandomScores.of(4, 500, 8, z -> z).cells(64));
    cells.merge(RandomScores.of(4, 500, 8, z -> z).cells(64));
    assertArrayEquals(bytes(cells), bytes(read));
    LogitCells none = read(bytes(new LogitCells()), new LogitCells());
    assertEquals(0, none.rows());
  }

  @Test
  void sameBytesInAnyOrder() throws IOException {
    RandomScores rows = RandomScores.of(3, 100, 8, z -> z);
    LogitCells backwards = new LogitCells(64, -20, 20);
    for (int i = rows.logit().length - 1; i >= 0; i--) {
      backwards.add(rows.logit()[i], rows.label()[i] == 1, rows.weight()[i]);
    }
    assertArrayEquals(bytes(rows.cells(64)), bytes(backwards));
  }

  @Test
  void damagedBytesAreRefused() throws IOException {
    byte[] bytes = bytes(RandomScores.of(3, 50, 8, z -> z).cells(64));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(EOFException.class, () -> read(cut, new LogitCells(64, -20, 20)));
    }
    assertThrows(IOException.class, () -> read(bytes, new LogitCells(65, -20, 20)));
    assertThrows(IOException.class, () -> read(bytes, new LogitCells(64, -10, 20)));
    byte[] forged = bytes.clone();
    forged[36] = 0x7F;
    assertThrows(IOException.class, () -> read(forged, new LogitCells(64, -20, 20)));
  }

  @Test
  void refusesWhatItCannotHold() {
    LogitCells cells = new LogitCells();
    for (double z : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> cells.add(z, true, 1));
    }
    assertThrows(IllegalArgumentException.class, () -> cells.add(0, true, -1));
    assertThrows(IllegalArgumentException.class, () -> cells.add(0, true, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new LogitCells(0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new LogitCells(8, 1, 1));
    LogitCells others = new LogitCells(8, -1, 1);
    assertThrows(IllegalArgumentException.class, () -> cells.merge(others));
  }
}
