// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;

/** Where there is little or nothing to measure, and where others err. */
class CalibrationEdgeTest {

  private static final List<Scan> SCANS =
      List.of(
          new Ecce(),
          new KsCalibrationError(),
          new Mmce(),
          new SmoothEce(),
          new SmoothEceSigma(0.1),
          new SmoothEceBinned(0.1, 256),
          new HosmerLemeshow(10, 2),
          new CorpDecomposition(BinaryScore.BRIER),
          new CorpDecomposition(BinaryScore.LOG),
          new LogLossDecomposition());

  private static final List<Function<Atoms, Map<String, Double>>> FUNCTIONS =
      List.of(new EceSweep(false, true)::of, new EceSweep(true, false)::of, CoxCalibration::of);

  private static List<Function<Atoms, Map<String, Double>>> all() {
    return Stream.concat(
            SCANS.stream().map(scan -> (Function<Atoms, Map<String, Double>>) scan::of),
            FUNCTIONS.stream())
        .toList();
  }

  private static void assertSame(Map<String, Double> expected, Map<String, Double> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach(
        (part, value) -> {
          if (Double.isFinite(value)) {
            assertEquals(value, actual.get(part), 1e-10 * (1 + Math.abs(value)), part);
          } else {
            assertEquals(value, actual.get(part), part);
          }
        });
  }

  @Test
  void noRowsGiveNaN() {
    Atoms none = Atoms.of(new double[0], new double[0], null);
    for (Function<Atoms, Map<String, Double>> metric : all()) {
      metric.apply(none).forEach((part, value) -> assertEquals(Double.NaN, value, part));
    }
    for (Scan scan : SCANS) {
      Stretches.scan(scan, none, 3).forEach((part, value) -> assertEquals(Double.NaN, value, part));
    }
    assertEquals(Double.NaN, new KdeEce(0.1, 1).binary(new double[] {0.5}, new double[] {1}));
    assertEquals(Double.NaN, new Skce(1).of(new double[0][], new int[0]).get("biased"));
  }

  /** Of one row everything is known in closed form. */
  @Test
  void oneRow() {
    Atoms one = Atoms.of(new double[] {0.8}, new double[] {0}, new double[] {3});
    assertEquals(0.8, new Ecce().of(one).get("mad"), 1e-15);
    assertEquals(0.8, new Ecce().of(one).get("kuiper"), 1e-15);
    assertEquals(0.4, new Ecce().of(one).get("sigma"), 1e-15);
    assertEquals(0.8, new Mmce().of(one).get("value"), 1e-15);
    assertEquals(0.8, new SmoothEce().of(one).get("value"), 1e-8);
    assertEquals(0.8, new SmoothEceSigma(1e-3).of(one).get("value"), 1e-11);
    assertEquals(0.8, new EceSweep(false, true).of(one).get("value"), 1e-15);
    Map<String, Double> corp = new CorpDecomposition(BinaryScore.BRIER).of(one);
    assertEquals(0.64, corp.get("miscalibration"), 1e-15);
    assertEquals(0, corp.get("discrimination"));
    assertEquals(0, corp.get("uncertainty"));
    assertEquals(-Math.log(0.2), new LogLossDecomposition().of(one).get("reliability"), 1e-15);
  }

  @Test
  void oneOutcomeOnlyHasNoRecalibration() {
    Atoms hits = Atoms.of(new double[] {-1, 0.5, 2}, new double[] {1, 1, 1}, null);
    CoxCalibration.of(hits).forEach((part, value) -> assertEquals(Double.NaN, value, part));
  }

  @Test
  void separableOutcomesHaveNoSlope() {
    double[] z = {-2, -1, -1, 0.5, 3};
    for (double[] y : new double[][] {{0, 0, 0, 1, 1}, {0, 0, 1, 1, 1}, {1, 1, 0, 0, 0}}) {
      Map<String, Double> cox = CoxCalibration.of(Atoms.of(z, y, null));
      assertEquals(Double.NaN, cox.get("slope"));
      assertEquals(Double.NaN, cox.get("intercept"));
      assertTrue(Double.isFinite(cox.get("intercept_slope1")));
    }
    Map<String, Double> mixed = CoxCalibration.of(Atoms.of(z, new double[] {0, 1, 0, 0, 1}, null));
    assertTrue(Double.isFinite(mixed.get("slope")));
  }

  /** At the fit residuals neither correlate with z nor with a constant. */
  @Test
  void recalibrationSolvesItsEquations() {
    for (long seed = 0; seed < 200; seed++) {
      RandomRows rows = RandomRows.of(seed, 100);
      double[] z = Arrays.stream(rows.p()).map(p -> 20 * (p - 0.3)).toArray();
      Map<String, Double> cox = CoxCalibration.of(Atoms.of(z, rows.y(), rows.w()));
      if (Double.isNaN(cox.get("slope"))) {
        continue;
      }
      double constant = 0;
      double linear = 0;
      for (int i = 0; i < z.length; i++) {
        double eta = cox.get("intercept") + cox.get("slope") * z[i];
        double residual = rows.w()[i] * (1 / (1 + Math.exp(-eta)) - rows.y()[i]);
        constant += residual;
        linear += residual * z[i];
      }
      assertEquals(0, constant, 1e-9 * rows.weight());
      assertEquals(0, linear, 1e-8 * rows.weight());
    }
  }

  @Test
  void rowsWithoutWeightDoNotExist() {
    RandomRows.sets(100, 100)
        .filter(rows -> Arrays.stream(rows.w()).anyMatch(w -> w == 0))
        .forEach(
            rows -> {
              int[] kept =
                  IntStream.range(0, rows.p().length).filter(i -> rows.w()[i] > 0).toArray();
              Atoms without =
                  Atoms.of(
                      Arrays.stream(kept).mapToDouble(i -> rows.p()[i]).toArray(),
                      Arrays.stream(kept).mapToDouble(i -> rows.y()[i]).toArray(),
                      Arrays.stream(kept).mapToDouble(i -> rows.w()[i]).toArray());
              for (Function<Atoms, Map<String, Double>> metric : all()) {
                assertEquals(metric.apply(without), metric.apply(rows.exact()));
              }
            });
  }

  /** Where no effective number of rows is involved. */
  @Test
  void aWeightIsARepetition() {
    SplittableRandom random = new SplittableRandom(3);
    for (int set = 0; set < 50; set++) {
      int n = 2 + random.nextInt(40);
      double[] p = random.doubles(n).map(u -> Math.rint(16 * u) / 16).toArray();
      double[] y = random.doubles(n).map(u -> u < 0.6 ? 1 : 0).toArray();
      int[] w = random.ints(n, 1, 5).toArray();
      int[] repeated =
          IntStream.range(0, n).flatMap(i -> IntStream.generate(() -> i).limit(w[i])).toArray();
      Atoms weighted = Atoms.of(p, y, Arrays.stream(w).asDoubleStream().toArray());
      Atoms rows =
          Atoms.of(
              Arrays.stream(repeated).mapToDouble(i -> p[i]).toArray(),
              Arrays.stream(repeated).mapToDouble(i -> y[i]).toArray(),
              null);
      for (Function<Atoms, Map<String, Double>> metric : all()) {
        Map<String, Double> expected = metric.apply(rows);
        Map<String, Double> actual = metric.apply(weighted);
        expected.keySet().removeIf(part -> part.contains("sigma") && expected.containsKey("mad"));
        actual.keySet().retainAll(expected.keySet());
        assertSame(expected, actual);
      }
    }
  }

  @Test
  void stretchesAgree() {
    RandomRows.sets(200, 100)
        .forEach(
            rows -> {
              for (Atoms atoms : List.of(rows.exact(), rows.onGrid(60))) {
                for (Scan scan : SCANS) {
                  Map<String, Double> whole = scan.of(atoms);
                  for (int pieces : new int[] {1, 2, 7}) {
                    assertSame(whole, Stretches.scan(scan, atoms, pieces));
                  }
                }
              }
            });
  }

  /** A tie group is not split: implementations that sort rows give what the order of ties says. */
  @Test
  void tiesDoNotDependOnTheOrderOfRows() {
    double[] p = {0.5, 0.5, 0.5, 0.5};
    Atoms atoms = Atoms.of(p, new double[] {1, 1, 0, 0}, null);
    Atoms reversed = Atoms.of(p, new double[] {0, 0, 1, 1}, null);
    assertEquals(0, new KsCalibrationError().of(atoms).get("value"));
    assertEquals(0, new KsCalibrationError().of(reversed).get("value"));
    for (Function<Atoms, Map<String, Double>> metric : all()) {
      assertEquals(metric.apply(atoms), metric.apply(reversed));
    }
  }

  /** The range of C includes the 0 it starts from; MAPIE's does not. */
  @Test
  void kuiperStartsAtZero() {
    Atoms atoms = Atoms.of(new double[] {0.25, 0.5, 0.75}, new double[] {1, 1, 1}, null);
    Map<String, Double> ecce = new Ecce().of(atoms);
    assertEquals((0.75 + 0.5 + 0.25) / 3, ecce.get("kuiper"), 1e-15);
  }

  /** relplot halves the weight of rows near 0 and 1 and has 0.0256 here. */
  @Test
  void smoothErrorCountsRowsAtTheEndsInFull() {
    GoldenFile file = GoldenFile.calibration("real_breast_cancer_mlp");
    RandomRows rows =
        RandomRows.unweighted(
            GoldenFile.doubles(file.inputs().get("p")), GoldenFile.doubles(file.inputs().get("y")));
    Map<String, Double> smooth = new SmoothEce().of(rows.exact());
    assertEquals(0.0220, smooth.get("value"), 5e-5);
    assertEquals(smooth.get("sigma"), smooth.get("value"), 1e-7);
    assertEquals(smooth.get("value"), NaiveSmoothEce.of(rows, smooth.get("sigma")), 1e-5);
    double residual = 0;
    for (int i = 0; i < rows.p().length; i++) {
      residual += rows.p()[i] - rows.y()[i];
    }
    // Fully smoothed only the mean residual is left.
    assertEquals(
        Math.abs(residual) / rows.p().length,
        new SmoothEceSigma(1).of(rows.exact()).get("value"),
        1e-2);
  }

  /** The result of a sweep depends on ties alone, not on how they are sorted. */
  @Test
  void sweepKeepsTiesTogether() {
    double[] p = {0.2, 0.2, 0.2, 0.2, 0.8, 0.8};
    double[] y = {0, 1, 0, 0, 1, 1};
    double[] other = {0, 0, 0, 1, 1, 1};
    EceSweep sweep = new EceSweep(false, true);
    assertEquals(sweep.of(Atoms.of(p, y, null)), sweep.of(Atoms.of(p, other, null)));
    assertTrue(!sweep.of(p, y).equals(sweep.of(p, other)));
  }

  @Test
  void massEdgesAreInvertedQuantiles() {
    RandomRows.sets(200, 100)
        .forEach(
            rows -> {
              int bins = 7;
              double[] edges = new EqualMassBins(bins).edges(rows.exact());
              double[] scores = Arrays.stream(rows.p()).map(p -> p + 0.0).sorted().toArray();
              for (int j = 1; j < bins; j++) {
                double wanted = j / (double) bins * rows.weight() * (1 - 1e-12);
                double edge =
                    Arrays.stream(scores)
                        .filter(t -> weightUpTo(rows, t) >= wanted)
                        .findFirst()
                        .orElseThrow();
                assertEquals(edge, edges[j - 1]);
              }
            });
  }

  private static double weightUpTo(RandomRows rows, double t) {
    double sum = 0;
    for (int i = 0; i < rows.p().length; i++) {
      sum += rows.p()[i] <= t ? rows.w()[i] : 0;
    }
    return sum;
  }

  @Test
  void wrongParametersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Mmce(0));
    assertThrows(IllegalArgumentException.class, () -> new SmoothEceSigma(1e-4));
    assertThrows(IllegalArgumentException.class, () -> new SmoothEceBinned(0.1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SmoothEceBinned(2, 10));
    assertThrows(IllegalArgumentException.class, () -> new HosmerLemeshow(0, 2));
    assertThrows(IllegalArgumentException.class, () -> new EqualMassBins(0));
    assertThrows(IllegalArgumentException.class, () -> new KdeEce(0, 1));
    assertThrows(IllegalArgumentException.class, () -> new Skce(-1));
  }
}
