// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final double[] SCORE = {0.9, 0.8, 0.8, 0.4, 0.3};
  private static final double[] OUTCOME = {1, 0, 1, 1, 0};
  private static final Atoms ATOMS = Atoms.of(SCORE, OUTCOME, null);
  private static final Atoms NO_ROWS = Atoms.of(new double[0], new double[0], null);

  private static final List<Scan> OF_TWO_OUTCOMES =
      List.of(
          new RocAuc(),
          new RocAuc(0.5, true),
          new Gini(),
          new KsStatistic(),
          new FprAtTpr(0.95),
          new DetectionError(),
          new DetectionErrorAtTpr(0.95));

  private static final List<Scan> OF_POSITIVES = List.of(new PrAucTrapezoid(), new Lift(0.1));

  private static final List<Scan> OF_ROWS =
      List.of(
          new AveragePrecision(), new Aurc(), new RiskAtCoverage(0.8), new CoverageAtRisk(0.05));

  private static double value(Scan scan, Atoms atoms) {
    return scan.of(atoms).get("value");
  }

  @Test
  void tiedScoresAreNotSplit() {
    // By hand: of 6 pairs 4 are won, 1 is lost and 1 is a tie, which counts half.
    assertEquals(4.5 / 6, value(new RocAuc(), ATOMS), 1e-15);
    assertEquals(1 / 3.0 + 2 / 3.0 / 3 + 3 / 4.0 / 3, value(new AveragePrecision(), ATOMS), 1e-15);
    // The highest two fifths of the rows: one positive, and half of a tie with one.
    assertEquals((1 + 0.5) / 2 / (3 / 5.0), value(new Lift(0.4), ATOMS), 1e-15);
  }

  /** MLlib 4.1 gives 1. */
  @Test
  void oneOutcomeOnlyHasNoArea() {
    for (double only : new double[] {0, 1}) {
      Atoms atoms = Atoms.of(SCORE, new double[] {only, only, only, only, only}, null);
      for (Scan scan : OF_TWO_OUTCOMES) {
        assertEquals(Double.NaN, value(scan, atoms), scan.toString());
      }
    }
    Atoms negatives = Atoms.of(SCORE, new double[5], null);
    assertEquals(0, value(new AveragePrecision(), negatives));
    assertEquals(Double.NaN, value(new Lift(0.1), negatives));
    assertEquals(Double.NaN, value(new PrAucTrapezoid(), negatives));
  }

  /** MLlib 4.1 gives an area of 0.5. */
  @Test
  void noRowsHaveNoFigures() {
    for (List<Scan> scans : List.of(OF_TWO_OUTCOMES, OF_POSITIVES, OF_ROWS)) {
      for (Scan scan : scans) {
        scan.of(NO_ROWS)
            .forEach((part, value) -> assertEquals(Double.NaN, value, scan + " " + part));
      }
    }
    assertEquals(1, Curve.roc(NO_ROWS, 10).size());
    assertEquals(0, Curve.riskCoverage(NO_ROWS, 10).size());
    new ConfusionMatrix(3, new int[0], new int[0], new double[0])
        .report(1)
        .forEach((part, value) -> assertEquals(Double.NaN, value, part));
  }

  @Test
  void rowsOfWeightZeroDoNotExist() {
    double[] score = {0.9, 0.8, 0.8, 0.4, 0.3, 0.99, 0.4};
    double[] outcome = {1, 0, 1, 1, 0, 0, 0};
    Atoms atoms = Atoms.of(score, outcome, new double[] {1, 1, 1, 1, 1, 0, 0});

    for (List<Scan> scans : List.of(OF_TWO_OUTCOMES, OF_POSITIVES, OF_ROWS)) {
      for (Scan scan : scans) {
        assertEquals(scan.of(ATOMS), scan.of(atoms));
      }
    }
  }

  @Test
  void weightsAreRepeatedRows() {
    double[] weight = {2, 1, 3, 1, 2};
    double[] score = {0.9, 0.9, 0.8, 0.8, 0.8, 0.8, 0.4, 0.3, 0.3};
    double[] outcome = {1, 1, 0, 1, 1, 1, 1, 0, 0};

    for (List<Scan> scans : List.of(OF_TWO_OUTCOMES, OF_POSITIVES, OF_ROWS)) {
      for (Scan scan : scans) {
        assertEquals(
            scan.of(Atoms.of(score, outcome, null)),
            scan.of(Atoms.of(SCORE, OUTCOME, weight)),
            scan.toString());
      }
    }
  }

  @Test
  void infiniteScoresAreRanked() {
    Atoms atoms =
        Atoms.of(
            new double[] {Double.POSITIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, -1},
            new double[] {1, 1, 0, 0},
            null);

    assertEquals(1, value(new RocAuc(), atoms));
  }

  /** scikit-learn #34975: areas in float are wrong past 2^24 rows. */
  @Test
  void manyRowsAreCountedExactly() {
    long rows = 100_000_000L;
    Atoms atoms =
        new Atoms(
            new double[] {0.25, 0.75},
            new long[] {rows + 1, rows},
            new double[] {rows + 1, rows},
            new double[] {rows + 1, rows},
            new double[] {1, rows - 1},
            new double[2],
            new double[2],
            new double[2],
            true);

    // (rows - 1) positives win against rows negatives, tie with 1; 1 positive ties with rows.
    double wins = (rows - 1) * (rows + 0.5) + 0.5 * rows;
    assertEquals(wins / ((double) rows * (rows + 1)), value(new RocAuc(), atoms), 1e-15);
  }

  /** MLlib 4.1 takes (0, first precision) as the start, scikit-learn and we (0, 1). */
  @Test
  void curvesStartWhereNothingIsAccepted() {
    Curve roc = Curve.roc(ATOMS, 100);
    Curve precision = Curve.precisionRecall(ATOMS, 100);
    Curve risk = Curve.riskCoverage(ATOMS, 100);

    assertArrayEquals(new double[] {0, 0, 0.5, 0.5, 1}, roc.x());
    assertArrayEquals(new double[] {0, 1 / 3.0, 2 / 3.0, 1, 1}, roc.y());
    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0.9, 0.8, 0.4, 0.3}, roc.threshold());
    assertArrayEquals(new double[] {0, 1 / 3.0, 2 / 3.0, 1, 1}, precision.x());
    assertArrayEquals(new double[] {1, 1, 2 / 3.0, 0.75, 0.6}, precision.y());
    assertArrayEquals(new double[] {0.2, 0.6, 0.8, 1}, risk.x());
    assertArrayEquals(new double[] {1, 2 / 3.0, 0.75, 0.6}, risk.y());
  }

  @Test
  void aThinnedCurveKeepsItsEndsAndItsShape() {
    SplittableRandom random = new SplittableRandom(7);
    int n = 20_000;
    double[] score = new double[n];
    double[] outcome = new double[n];
    for (int i = 0; i < n; i++) {
      outcome[i] = random.nextInt(2);
      score[i] = random.nextDouble() + outcome[i] / 2;
    }
    Curve all = Curve.roc(Atoms.of(score, outcome, null), Integer.MAX_VALUE);
    for (int points : new int[] {2, 3, 50, 101}) {
      Curve thinned = Curve.roc(Atoms.of(score, outcome, null), points);

      assertTrue(thinned.size() <= points && thinned.size() > points * 0.9, "" + thinned.size());
      assertEquals(all.x()[0], thinned.x()[0]);
      assertEquals(1, thinned.x()[thinned.size() - 1]);
      assertEquals(1, thinned.y()[thinned.size() - 1]);
      for (int i = 1; i < thinned.size(); i++) {
        double gap = thinned.x()[i] - thinned.x()[i - 1] + thinned.y()[i] - thinned.y()[i - 1];
        assertTrue(gap <= 2.0 * 2 / (points - 1), points + " points: gap of " + gap);
        assertTrue(Arrays.binarySearch(all.x(), thinned.x()[i]) >= 0);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Curve.roc(ATOMS, 1));
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    for (double share : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new RocAuc(share, true));
      assertThrows(IllegalArgumentException.class, () -> new FprAtTpr(share));
      assertThrows(IllegalArgumentException.class, () -> new DetectionErrorAtTpr(share));
      assertThrows(IllegalArgumentException.class, () -> new Lift(share));
      assertThrows(IllegalArgumentException.class, () -> new RiskAtCoverage(share));
    }
  }

  /**
   * torch-uncertainty integrates from 1 / n on and divides by 1 - 1 / n; fd-shifts and we do not.
   */
  @Test
  void theRiskCoverageAreaReachesDownToCoverageZero() {
    Atoms atoms = Atoms.of(new double[] {0.9, 0.8, 0.7, 0.6}, new double[] {1, 0, 0, 1}, null);

    double trapezoid = (1 + (1 + 0.5) / 2 + (0.5 + 1 / 3.0) / 2 + (1 / 3.0 + 0.5) / 2) / 4;
    assertEquals(trapezoid, new Aurc().of(atoms).get("trapezoid"), 1e-15);
    assertEquals((1 + 0.5 + 1 / 3.0 + 0.5) / 4, new Aurc().of(atoms).get("step"), 1e-15);
  }

  /** torch-uncertainty takes the point nearest to the rate, from below if that is nearer. */
  @Test
  void theRateIsReached() {
    double[] score = {0.9, 0.8, 0.7, 0.6};
    double[] outcome = {1, 0, 1, 0};

    assertEquals(0.5, value(new FprAtTpr(0.51), Atoms.of(score, outcome, null)));
    assertEquals(0, value(new FprAtTpr(0.5), Atoms.of(score, outcome, null)));
  }
}
