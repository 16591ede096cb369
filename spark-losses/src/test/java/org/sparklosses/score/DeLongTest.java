// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeLongTest {

  private static final int N = 80;
  private final double[][] score = new double[3][N];
  private final double[] outcome = new double[N];

  DeLongTest() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < N; i++) {
      outcome[i] = random.nextInt(3) == 0 ? 1 : 0;
      for (double[] scores : score) {
        scores[i] = Math.rint(20 * (random.nextDouble() + outcome[i] / 2)) / 30;
      }
    }
  }

  /** Covariances of the means of placements over all pairs of rows, by two loops. */
  @Test
  void covariancesAreThoseOfTheDefinition() {
    DeLong result = DeLong.of(score, outcome, null);
    for (int a = 0; a < score.length; a++) {
      for (int b = 0; b < score.length; b++) {
        assertEquals(covariance(a, b, 1) + covariance(a, b, 0), result.covariance()[a][b], 1e-15);
      }
    }
  }

  private double covariance(int a, int b, double of) {
    double sum = 0;
    double sumA = 0;
    double sumB = 0;
    int rows = 0;
    for (int i = 0; i < N; i++) {
      if (outcome[i] == of) {
        double placedA = placement(score[a], i);
        double placedB = placement(score[b], i);
        sum += placedA * placedB;
        sumA += placedA;
        sumB += placedB;
        rows++;
      }
    }
    return (sum - sumA * sumB / rows) / (rows - 1) / rows;
  }

  private double placement(double[] scores, int i) {
    double won = 0;
    int others = 0;
    for (int j = 0; j < N; j++) {
      if (outcome[j] != outcome[i]) {
        double lead = (scores[i] - scores[j]) * (outcome[i] - outcome[j]);
        won += lead > 0 ? 1 : lead == 0 ? 0.5 : 0;
        others++;
      }
    }
    return won / others;
  }

  @Test
  void theVarianceOfOneModelNeedsItsDistributionOnly() {
    DeLong result = DeLong.of(score, outcome, null);
    for (int m = 0; m < score.length; m++) {
      Placements placements = new Placements(Atoms.of(score[m], outcome, null));
      assertEquals(result.auc()[m], placements.auc());
      assertEquals(result.covariance()[m][m], placements.variance(), 1e-15);
    }
  }

  @Test
  void rowsOfACellAreTied() {
    double[] rounded = new double[N];
    for (int i = 0; i < N; i++) {
      rounded[i] = Math.floor(score[0][i] * 5);
    }
    double[] inUse = Arrays.stream(rounded).distinct().sorted().toArray();
    Placements cells =
        new Placements(
            Atoms.inCells(score[0], outcome, null, s -> (int) Math.floor(s * 5)),
            s -> Arrays.binarySearch(inUse, Math.floor(s * 5)));
    Placements exact = new Placements(Atoms.of(rounded, outcome, null));
    for (int i = 0; i < N; i++) {
      assertEquals(exact.centred(rounded[i], true), cells.centred(score[0][i], true), 1e-15);
      assertEquals(exact.centred(rounded[i], false), cells.centred(score[0][i], false), 1e-15);
    }
  }

  @Test
  void equalWeightsChangeNothing() {
    double[] weight = new double[N];
    Arrays.fill(weight, 0.25);
    DeLong plain = DeLong.of(score, outcome, null);
    DeLong weighted = DeLong.of(score, outcome, weight);

    assertArrayEquals(plain.auc(), weighted.auc(), 1e-15);
    for (int m = 0; m < score.length; m++) {
      assertArrayEquals(plain.covariance()[m], weighted.covariance()[m], 1e-15);
    }
  }

  @Test
  void withOneRowOfAnOutcomeThereIsNoVariance() {
    double[][] scores = {{0.1, 0.2, 0.3}};
    DeLong result = DeLong.of(scores, new double[] {0, 1, 0}, null);

    assertEquals(0.5, result.auc()[0]);
    assertEquals(Double.NaN, result.covariance()[0][0]);
    assertEquals(Double.NaN, DeLong.of(scores, new double[3], null).auc()[0]);
  }

  @Test
  void equalModelsHaveNoDifferenceToTest() {
    double[][] same = {score[0], score[0]};

    assertEquals(Double.NaN, DeLong.of(same, outcome, null).z(0, 1));
  }

  /** One model orders all rows right, the other all rows wrong: no row's placement varies. */
  @Test
  void aDifferenceWithoutVarianceIsCertain() {
    double[][] scores = {{1, 2, 3, 4}, {4, 3, 2, 1}};
    DeLong result = DeLong.of(scores, new double[] {0, 0, 1, 1}, null);

    assertEquals(Double.POSITIVE_INFINITY, result.z(0, 1));
    assertEquals(Double.NEGATIVE_INFINITY, result.z(1, 0));
    assertEquals(0, result.standardError(0, 1));
  }

  @Test
  void aScoreOutsideTheDistributionIsRefused() {
    Placements placements = new Placements(Atoms.of(score[0], outcome, null));

    assertThrows(IllegalArgumentException.class, () -> placements.centred(17, true));
  }

  @Test
  void theSumsOfTermsAreEnough() {
    List<Placements> placements = List.of(new Placements(Atoms.of(score[0], outcome, null)));
    double[][] sums = new double[2][DeLong.termCount(1)];
    for (int i = 0; i < N; i++) {
      boolean isPositive = outcome[i] > 0;
      double[] terms =
          DeLong.terms(new double[] {placements.get(0).centred(score[0][i], isPositive)}, 1);
      for (int t = 0; t < terms.length; t++) {
        sums[isPositive ? 1 : 0][t] += terms[t];
      }
    }
    DeLong result = DeLong.of(placements, sums[1], sums[0]);

    assertEquals(placements.get(0).variance(), result.covariance()[0][0], 1e-15);
  }
}
