// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.metric.ReliabilityTable.Bin;

class EstimatesTest {

  private static final double NAN = Double.NaN;

  @Test
  void rowsOfWeightZeroDoNotExist() {
    MeanEstimate all = MeanEstimate.of(new double[] {1, 2, 9}, new double[] {1, 3, 0});
    assertEquals(MeanEstimate.of(new double[] {1, 2}, new double[] {1, 3}), all);
    assertEquals(2, all.units());
    assertEquals(
        MeanEstimate.ofClusters(new double[] {1, 3}, new double[] {1, 6}),
        MeanEstimate.ofClusters(new double[] {1, 0, 3}, new double[] {1, 0, 6}));
  }

  @Test
  void orderOfRowsDoesNotMatter() {
    double[] x = {1e16, 1, -1e16, 0.1, 0.2, 0.3};
    double[] reversed = {0.3, 0.2, 0.1, -1e16, 1, 1e16};
    assertEquals(MeanEstimate.of(x, null), MeanEstimate.of(reversed, null));
  }

  @Test
  void clustersOfOneRowAreRows() {
    double[] x = {0.5, 2, 3.5, 1};
    double[] w = {1, 2, 0.5, 1};
    double[] weighted = {0.5, 4, 1.75, 1};
    MeanEstimate rows = MeanEstimate.of(x, w);
    MeanEstimate clusters = MeanEstimate.ofClusters(w, weighted);
    assertEquals(rows.mean(), clusters.mean());
    assertEquals(rows.standardError(), clusters.standardError(), 1e-15);
  }

  @Test
  void tooFewUnitsHaveNoStandardError() {
    MeanEstimate one = MeanEstimate.of(new double[] {3}, null);
    assertEquals(3, one.mean());
    assertTrue(Double.isNaN(one.standardError()));
    assertTrue(Double.isNaN(StudentT.of(one).pValue()));
    assertTrue(Double.isNaN(MeanEstimate.of(new double[0], null).mean()));
  }

  @Test
  void differencesThatAreAllTheSameAreCertain() {
    StudentT test = StudentT.paired(new double[] {1, 2}, new double[] {2, 3});
    assertEquals(-1, test.difference());
    assertEquals(0, test.standardError());
    assertEquals(Double.NEGATIVE_INFINITY, test.t());
    assertEquals(0, test.pValue());
    assertEquals(new Interval(-1, -1), test.interval(0.95));
  }

  @Test
  void noDifferenceAnywhereCannotBeTested() {
    StudentT test = StudentT.paired(new double[] {2, 3}, new double[] {2, 3});
    assertEquals(0, test.difference());
    assertTrue(Double.isNaN(test.t()));
    assertTrue(Double.isNaN(test.pValue()));
  }

  @Test
  void replicatesThatAreAllTheSameAreCertain() {
    Replicates replicates = new Replicates(new double[] {2, 2, 2});
    assertEquals(0, replicates.normalPValue(2, 0));
    assertTrue(Double.isNaN(new Replicates(new double[] {0, 0}).normalPValue(0, 0)));
  }

  /** Bins of probability 0 or 1, where nothing but the certain outcome may come. */
  @Test
  void certainBinsThatAreWrong() {
    Bin wrong = new Bin(0.9, 1, 2, 2, 1, 0.5, 0);
    Bin right = new Bin(0.9, 1, 2, 2, 1, 1, 0);
    Bin never = new Bin(0, 0.1, 100, 100, 0, 0.01, 0);
    Bin half = new Bin(0.4, 0.6, 100, 100, 0.5, 0.5, 0.05);
    double infinity = Double.POSITIVE_INFINITY;
    assertEquals(new BinnedChiSquare(infinity, 1, 0), of(wrong));
    assertEquals(new BinnedChiSquare(infinity, 1, 0), of(half, wrong));
    assertEquals(infinity, of(never, half).statistic());
    assertTrue(Double.isNaN(of(right).statistic()));
    assertEquals(1, of(half).pValue());
  }

  private static BinnedChiSquare of(Bin... bins) {
    return BinnedChiSquare.of(new ReliabilityTable("top_label", "right", List.of(bins)));
  }

  @Test
  void modelsThatAgreeOnEveryRow() {
    assertEquals(new McNemar(0, 0, 1, 1, 0, 1), McNemar.of(0, 0));
  }

  /** One head in four throws: 2 (1 + 4) / 16; less 4 / 16; (3 - 1 - 1)^2 / 4. */
  @Test
  void mcnemarByHand() {
    McNemar test = McNemar.of(1, 3);
    assertEquals(10 / 16.0, test.pExact(), 1e-14);
    assertEquals(6 / 16.0, test.pMid(), 1e-14);
    assertEquals(0.25, test.chiSquare());
  }

  /** (0.005 x 5, 0.01 x 4, 0.03 x 3, 0.04 x 2, 0.5), then never less than the one before. */
  @Test
  void holm() {
    assertArrayEquals(
        new double[] {0.04, 0.09, 0.09, NAN, 0.025, 0.5},
        PValues.holm(new double[] {0.01, 0.04, 0.03, NAN, 0.005, 0.5}),
        1e-15);
    assertArrayEquals(new double[] {1, 1}, PValues.holm(new double[] {0.6, 0.7}));
  }

  /** (0.005 x 5, 0.01 x 5/2, 0.03 x 5/3, 0.04 x 5/4, 0.5), then never more than the next. */
  @Test
  void benjaminiHochberg() {
    assertArrayEquals(
        new double[] {0.025, 0.05, 0.05, NAN, 0.025, 0.5},
        PValues.benjaminiHochberg(new double[] {0.01, 0.04, 0.03, NAN, 0.005, 0.5}),
        1e-15);
    assertArrayEquals(
        new double[] {0.04, 0.04}, PValues.benjaminiHochberg(new double[] {0.03, 0.04}), 1e-15);
  }

  @Test
  void quantilesInterpolate() {
    Replicates replicates = new Replicates(new double[] {4, NAN, 1, 3, 2});
    assertEquals(1, replicates.undefined());
    assertEquals(1, replicates.quantile(0));
    assertEquals(1.75, replicates.quantile(0.25));
    assertEquals(4, replicates.quantile(1));
    assertEquals(StrictMath.sqrt(5 / 3.0), replicates.standardError(), 1e-15);
    Interval percentile = replicates.percentile(0.5);
    assertEquals(new Interval(1.75, 3.25), percentile);
    assertEquals(new Interval(2 * 3 - 3.25, 2 * 3 - 1.75), replicates.basic(3, 0.5));
  }

  @Test
  void replicatesThatAreInfinite() {
    double infinity = Double.POSITIVE_INFINITY;
    Replicates replicates = new Replicates(new double[] {infinity, 1, infinity, infinity});
    assertEquals(new Interval(infinity, infinity), replicates.percentile(1 / 3.0));
  }

  @Test
  void noReplicatesTellNothing() {
    Replicates none = new Replicates(new double[] {NAN});
    assertTrue(Double.isNaN(none.quantile(0.5)));
    assertTrue(Double.isNaN(none.standardError()));
    assertTrue(Double.isNaN(none.pValue(0)));
    assertTrue(Double.isNaN(new Replicates(new double[] {1}).standardError()));
  }

  /** Two of nine replicates are at most 0: 2 (2 + 1) / (9 + 1). */
  @Test
  void pValueCountsTheRarerSide() {
    Replicates replicates = new Replicates(new double[] {-1, 0, 1, 2, 3, 4, 5, 6, 7});
    assertEquals(0.6, replicates.pValue(0), 1e-15);
    assertEquals(0.2, replicates.pValue(-2), 1e-15);
    assertEquals(1, replicates.pValue(3));
    Replicates shifted = new Replicates(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
    assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1}, shifted.minus(replicates).values());
  }

  /** At log odds 0 and with z = 1.96 the delta method reaches 1.96 se / (1/4). */
  @Test
  void logOddsKeepWithinBounds() {
    Interval share = new Interval(0, 1);
    double odds = Math.exp(1.959963984540054 * 0.4);
    Interval half = Interval.logit(share, 0.5, 0.1, 0.95);
    assertEquals(1 / (1 + odds), half.low(), 1e-14);
    assertEquals(odds / (1 + odds), half.high(), 1e-14);
    Interval doubled = Interval.logit(new Interval(-1, 1), 0, 0.2, 0.95);
    assertEquals(2 * half.low() - 1, doubled.low(), 1e-14);
    assertEquals(2 * half.high() - 1, doubled.high(), 1e-14);
    assertEquals(share, Interval.logit(share, 1 - 1e-9, 0.5, 0.95));
    Interval none = new Interval(NAN, NAN);
    assertEquals(none, Interval.logit(share, 0, 0.1, 0.95));
    assertEquals(none, Interval.logit(share, 1, 0.1, 0.95));
    assertEquals(none, Interval.logit(share, 0.5, 0, 0.95));
    assertEquals(none, Interval.logit(share, 0.5, NAN, 0.95));
    assertEquals(none, Interval.logit(share, NAN, 0.1, 0.95));
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertMessage(
        "weight of unit 1 is -1.0; weights must be finite and at least 0",
        () -> MeanEstimate.of(new double[] {1, 2}, new double[] {1, -1}));
    assertMessage(
        "level = 95.0 is not allowed; give the probability covered, in (0, 1), as 0.95",
        () -> Interval.normal(0, 1, 95));
    assertMessage(
        "wilson interval: successes = 3.0 is outside [0, trials = 2.0]",
        () -> Interval.wilson(3, 2, 0.95));
    assertMessage("p-value 1.5 is outside [0, 1]", () -> PValues.holm(new double[] {1.5}));
    assertMessage(
        "paired test: 1 values against 2; both models need one value a row",
        () -> StudentT.paired(new double[1], new double[2]));
    assertMessage(
        "buckets = 1000 is not allowed; give a power of 2 from 64 on, as 256",
        () -> new BucketSums(1000, 1));
    assertMessage(
        "2 replicates cannot be paired with 1",
        () -> new Replicates(new double[2]).minus(new Replicates(new double[1])));
  }

  private static void assertMessage(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
