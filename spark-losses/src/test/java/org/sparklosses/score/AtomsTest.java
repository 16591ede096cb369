// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AtomsTest {

  @Test
  void anAtomIsADistinctScore() {
    Atoms atoms =
        Atoms.of(
            new double[] {0.5, -0.0, 0.5, 0.0, 0.75},
            new double[] {1, 0, 0, 1, 1},
            new double[] {2, 1, 0.5, 4, 0});

    assertTrue(atoms.isExact());
    assertArrayEquals(new double[] {0, 0.5}, atoms.score());
    assertArrayEquals(new long[] {2, 2}, atoms.count());
    assertArrayEquals(new double[] {5, 2.5}, atoms.weight());
    assertArrayEquals(new double[] {17, 4.25}, atoms.squaredWeight());
    assertArrayEquals(new double[] {4, 2}, atoms.outcome());
    assertArrayEquals(new double[] {0, 1.25}, atoms.scored());
    assertArrayEquals(new double[] {0, 0.625}, atoms.scoredSquare());
    assertArrayEquals(new double[] {0, 1}, atoms.scoredOutcome());
    assertEquals(new Sums(4, 7.5, 21.25, 6, 1.25), atoms.total());
  }

  @Test
  void rowsInAnyOrderGiveTheSameBits() {
    SplittableRandom random = new SplittableRandom(1);
    int n = 500;
    double[] score = new double[n];
    double[] outcome = new double[n];
    double[] weight = new double[n];
    for (int i = 0; i < n; i++) {
      score[i] = random.nextInt(20) / 19.0;
      outcome[i] = random.nextDouble();
      weight[i] = random.nextDouble() * 1e6;
    }
    Atoms atoms = Atoms.of(score, outcome, weight);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      for (double[] column : List.of(score, outcome, weight)) {
        double kept = column[i];
        column[i] = column[j];
        column[j] = kept;
      }
    }
    Atoms shuffled = Atoms.of(score, outcome, weight);

    assertArrayEquals(atoms.weight(), shuffled.weight());
    assertArrayEquals(atoms.outcome(), shuffled.outcome());
    assertArrayEquals(atoms.scoredOutcome(), shuffled.scoredOutcome());
  }

  @Test
  void cellsAreRightClosedAndTheirScoreIsTheMean() {
    double[] edge = {0, 0.1, 0.2, 0.3, 0.30000000000000004, 1};

    Atoms atoms = Atoms.onGrid(edge, new double[6], null, 10);

    assertFalse(atoms.isExact());
    assertArrayEquals(new long[] {2, 1, 1, 1, 1}, atoms.count());
    assertArrayEquals(new double[] {0.05, 0.2, 0.3, 0.30000000000000004, 1}, atoms.score());
  }

  @Test
  void aUnionJoinsTiesAndCells() {
    double[] first = {0.1, 0.7};
    double[] second = {0.15, 0.7};
    double[] outcome = {0, 1};

    Atoms exact =
        Atoms.union(List.of(Atoms.of(first, outcome, null), Atoms.of(second, outcome, null)));
    Atoms cells =
        Atoms.union(
            List.of(Atoms.onGrid(first, outcome, null, 2), Atoms.onGrid(second, outcome, null, 2)),
            s -> s <= 0.5 ? 0 : 1);

    assertArrayEquals(new double[] {0.1, 0.15, 0.7}, exact.score());
    assertArrayEquals(new long[] {1, 1, 2}, exact.count());
    assertArrayEquals(new long[] {2, 2}, cells.count());
    assertArrayEquals(new double[] {0.125, 0.7}, cells.score());
  }

  @Test
  void noRowsGiveNoAtoms() {
    assertEquals(0, Atoms.of(new double[0], new double[0], null).size());
    assertEquals(0, Atoms.of(new double[] {1}, new double[] {1}, new double[] {0}).size());
  }

  @Test
  void whatCannotBeOrderedOrWeighedIsRefused() {
    double[] one = {1};
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> Atoms.of(one, one, new double[] {weight}));
    }
    assertThrows(
        IllegalArgumentException.class, () -> Atoms.of(new double[] {Double.NaN}, one, null));
  }
}
