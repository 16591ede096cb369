// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.analysis.interpolation.SplineInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that order and bin scores against their definitions. */
class OrderCalibratorsTest {

  private static BinaryMap map(String name, BinaryTable table, Map<String, ?> settings) {
    return BinaryCalibrators.fit(name, table, settings).map();
  }

  private static RandomScores rows(long seed) {
    return RandomScores.of(seed, 25 + 20 * (int) seed, 1, z -> 0.4 * z * z * z);
  }

  /** The isotonic fit by its formula: the largest of the least means of what is about an atom. */
  private static double[] isotonic(double[] weight, double[] hits) {
    double[] fit = new double[weight.length];
    for (int i = 0; i < fit.length; i++) {
      fit[i] = Double.NEGATIVE_INFINITY;
      for (int a = 0; a <= i; a++) {
        double least = Double.POSITIVE_INFINITY;
        double w = 0;
        double s = 0;
        for (int b = a; b < fit.length; b++) {
          w += weight[b];
          s += hits[b];
          least = b >= i ? Math.min(least, s / w) : least;
        }
        fit[i] = Math.max(fit[i], least);
      }
    }
    return fit;
  }

  private static double[] weights(BinaryPoints groups) {
    double[] weights = new double[groups.size()];
    Arrays.setAll(weights, groups::weight);
    return weights;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void isotonicIsTheLargestOfTheLeastMeans(long seed) {
    BinaryTable table = rows(seed).probabilities();
    BinaryPoints groups = table.groups(InputScale.PROBABILITY);
    BinaryMap map = map("isotonic_calibration", table, Map.of());
    double[] fit = isotonic(weights(groups), groups.positive());
    for (int i = 0; i < fit.length; i++) {
      assertEquals(fit[i], map.probability(groups.score()[i]), 1e-12);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5})
  void vennAbersIsTwoFitsAgainForEveryQuery(long seed) {
    BinaryPoints groups = rows(seed).logits().groups(InputScale.LOGIT);
    VennAbers.Pairs pairs = VennAbers.pairs(groups, InputScale.LOGIT, true);
    for (int i = 0; i < groups.size(); i++) {
      for (double x : new double[] {groups.score()[i], groups.score()[i] + 1e-3, -100, 100}) {
        assertEquals(refitted(groups, x, 0), pairs.p0(x), 1e-12);
        assertEquals(refitted(groups, x, 1), pairs.p1(x), 1e-12);
      }
    }
  }

  private static double refitted(BinaryPoints groups, double x, int label) {
    int found = Arrays.binarySearch(groups.score(), x);
    int at = found >= 0 ? found : -found - 1;
    int moved = found >= 0 ? 0 : 1;
    double[] weight = new double[groups.size() + moved];
    double[] hits = new double[groups.size() + moved];
    for (int i = 0; i < groups.size(); i++) {
      int to = i < at ? i : i + moved;
      weight[to] = groups.weight(i);
      hits[to] = groups.positive()[i];
    }
    weight[at] += 1;
    hits[at] += label;
    return isotonic(weight, hits)[at];
  }

  @Test
  void vennAbersIsNeverCertain() {
    RandomScores rows = rows(4);
    double weight = Arrays.stream(rows.weight()).sum();
    VennAbers.Pairs pairs =
        VennAbers.pairs(rows.logits().groups(InputScale.LOGIT), InputScale.LOGIT, true);
    double before = 0;
    for (double z = -8; z <= 8; z += 0x1p-6) {
      assertTrue(pairs.p0(z) <= pairs.p1(z));
      assertTrue(pairs.p1(z) >= 1 / (weight + 1) - 1e-15);
      assertTrue(pairs.p0(z) <= weight / (weight + 1) + 1e-15);
      assertTrue(pairs.probability(z) > 0 && pairs.probability(z) < 1);
      assertTrue(pairs.probability(z) >= before);
      before = pairs.probability(z);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"isotonic_calibration", "centered_isotonic", "venn_abers"})
  void orderIsKept(String name) {
    for (long seed = 0; seed < 6; seed++) {
      BinaryFit fit = BinaryCalibrators.fit(name, rows(seed).probabilities(), Map.of());
      double before = 0;
      for (double p = 0; p <= 1; p += 0x1p-12) {
        double q = fit.map().probability(p);
        assertTrue(q >= before);
        before = q;
      }
      assertEquals(IncreasingRange.EVERYWHERE, fit.map().increasing());
      assertEquals(0, fit.shareOutside());
    }
  }

  @Test
  void centredIsotonicHasNoStepsWithin() {
    BinaryMap map = map("centered_isotonic", rows(5).probabilities(), Map.of());
    double[] y = map.numbers().array("y");
    double[] x = map.numbers().array("x");
    for (int i = 2; i < y.length - 1; i++) {
      boolean isCertain = y[i] == 0 || y[i] == 1;
      assertTrue(y[i] > y[i - 1] || isCertain, () -> Arrays.toString(x) + Arrays.toString(y));
    }
  }

  @Test
  void constantMapKeepsNoOrder() {
    BinaryTable table =
        BinaryTable.of(InputScale.PROBABILITY, new double[] {0.2, 0.6}, new double[] {1, 0}, null);
    for (String name : List.of("isotonic_calibration", "centered_isotonic")) {
      BinaryFit fit = BinaryCalibrators.fit(name, table, Map.of());
      assertEquals(IncreasingRange.NOWHERE, fit.map().increasing());
      assertEquals(1, fit.shareOutside());
    }
  }

  @Test
  void binsOfEqualWidthTakeTheirEdgeOnTheSideThatIsAskedFor() {
    BinaryTable table =
        BinaryTable.of(
            InputScale.PROBABILITY,
            new double[] {0, 0.2, 0.4, 0.41, 1},
            new double[] {0, 1, 1, 0, 1},
            new double[] {1, 1, 2, 1, 1});
    Map<String, Object> right = Map.of("n_bins", 5);
    Map<String, Object> left = Map.of("n_bins", 5, "side", "left");
    BinaryMap ofRight = map("histogram_binning", table, right);
    BinaryMap ofLeft = map("histogram_binning", table, left);
    assertEquals(0.5, ofRight.probability(0.2));
    assertEquals(1, ofRight.probability(0.4));
    assertEquals(0, ofRight.probability(0.5));
    assertEquals(0.7, ofRight.probability(0.7), 1e-15);
    assertEquals(0, ofLeft.probability(0));
    assertEquals(1, ofLeft.probability(0.2));
    assertEquals(2.0 / 3, ofLeft.probability(0.4), 1e-15);
    assertEquals(IncreasingRange.NOWHERE, ofRight.increasing());
  }

  @Test
  void moreBinsThanScoresAreEmpty() {
    BinaryTable table =
        BinaryTable.of(InputScale.PROBABILITY, new double[] {0.2, 0.6}, new double[] {0, 1}, null);
    for (String name : List.of("histogram_binning", "scaling_binning")) {
      Map<String, Object> settings =
          name.equals("scaling_binning")
              ? Map.of("n_bins", 50)
              : Map.of("n_bins", 50, "strategy", "quantile");
      BinaryMap map = map(name, table, settings);
      assertTrue(map.ofProbability(0.1) < map.ofProbability(0.6), name);
      assertTrue(map.ofProbability(0.2) < 0.5 && map.ofProbability(0.6) > 0.5, name);
    }
  }

  @Test
  void scalingBinningGivesTheMeansOfItsBins() {
    RandomScores rows = rows(5);
    BinaryFit fit = BinaryCalibrators.fit("scaling_binning", rows.logits(), Map.of("n_bins", 4));
    BinaryMap line = map("quadratic_scaling", rows.logits(), Map.of("degree", 1));
    for (double value : Arrays.stream(fit.map().numbers().array("values")).toArray()) {
      double sum = 0;
      double weight = 0;
      for (int i = 0; i < rows.logit().length; i++) {
        if (fit.map().ofLogit(rows.logit()[i]) == value) {
          sum += rows.weight()[i] * line.ofLogit(rows.logit()[i]);
          weight += rows.weight()[i];
        }
      }
      assertEquals(sum / weight, value, 1e-9);
    }
  }

  @Test
  void splineOfFewScoresIsUsable() {
    BinaryTable table =
        BinaryTable.of(
            InputScale.PROBABILITY,
            new double[] {0.2, 0.2, 0.6, 0.6},
            new double[] {0, 0, 1, 0},
            null);
    BinaryFit fit = BinaryCalibrators.fit("spline_calibration", table, Map.of());
    assertEquals(FitStatus.FEW_SCORES, fit.status());
    assertTrue(fit.map().probability(0.2) < fit.map().probability(0.6));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 6, 11})
  void naturalSplineIsThatOfCommonsMath(int knots) {
    double[] x = new double[knots];
    double[] y = new double[knots];
    for (int i = 0; i < knots; i++) {
      x[i] = i / (knots - 1.0);
      y[i] = Math.sin(7 * i) + i % 3;
    }
    NaturalSpline spline = new NaturalSpline(knots);
    PolynomialSplineFunction expected = new SplineInterpolator().interpolate(x, y);
    for (double t = 0; t <= 1; t += 0x1p-7) {
      double value = 0;
      double slope = 0;
      for (int k = 0; k < knots; k++) {
        value += spline.values(t)[k] * y[k];
        slope += spline.slopes(t)[k] * y[k];
      }
      assertEquals(expected.value(t), value, 1e-11);
      assertEquals(expected.derivative().value(t), slope, 1e-9);
    }
  }
}
