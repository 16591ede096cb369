// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.BinaryScore;
import org.sparklosses.score.CorpDecomposition;
import org.sparklosses.score.CoxCalibration;
import org.sparklosses.score.Ecce;
import org.sparklosses.score.KsCalibrationError;
import org.sparklosses.score.Mmce;
import org.sparklosses.score.SmoothEce;
import org.sparklosses.score.SmoothEceSigma;

/** Metrics off distributions with more distinct scores than are kept apart. */
class ScoreMetricsTest {

  private static final int ROWS = 30_000;

  private final double[] p = new double[ROWS];
  private final double[] y = new double[ROWS];
  private final MetricState state;

  private static final List<String> ASKED =
      List.of(
          "ks_calibration_error(of=positive)",
          "ecce(of=positive)",
          "smooth_ece(of=positive)",
          "smooth_ece_sigma(of=positive, sigma=0.05)",
          "mmce(of=positive)",
          "corp_decomposition(of=positive)",
          "corp_decomposition(of=positive, score=log)",
          "cox_calibration(of=positive)",
          "hosmer_lemeshow(of=positive)",
          "brier_binary");

  ScoreMetricsTest() {
    Random random = new Random(17);
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    state =
        new MetricState(MetricPlan.of(ASKED.stream().map(ScoreMetricsTest::bind).toList(), false));
    for (int i = 0; i < ROWS; i++) {
      double z = 2.5 * random.nextGaussian();
      p[i] = 1 / (1 + Math.exp(-z));
      y[i] = random.nextDouble() < 1 / (1 + Math.exp(0.3 - 0.7 * z)) ? 1 : 0;
      row.readProbabilities(new double[] {1 - p[i], p[i]}, 2, (int) y[i], 1);
      state.add(row);
    }
  }

  private static BoundMetric bind(String text) {
    return Metrics.bind(MetricSpec.parse(text));
  }

  private Map<String, Double> read(String text) {
    return bind(text).read(state).values();
  }

  /** The value off the grid is within its bound of the exact one, and the bound is of use. */
  private void assertCertified(
      String metric, String part, double largest, Function<Atoms, Map<String, Double>> exact) {
    Map<String, Double> onGrid = read(metric);
    double bound = onGrid.get("error_bound");
    assertTrue(bound >= 0 && bound < largest, metric + " bound " + bound);
    double expected = exact.apply(Atoms.of(p, y, null)).get(part);
    assertEquals(expected, onGrid.get(part), bound + 1e-12, metric);
  }

  @Test
  void boundsHoldOnTheGrid() {
    assertCertified(ASKED.get(0), "value", 2e-3, new KsCalibrationError()::of);
    assertCertified(ASKED.get(1), "mad", 2e-3, new Ecce()::of);
    assertCertified(ASKED.get(2), "value", 1e-3, new SmoothEce()::of);
    assertCertified(ASKED.get(3), "value", 1e-3, new SmoothEceSigma(0.05)::of);
    assertCertified(ASKED.get(4), "value", 1e-3, new Mmce()::of);
    assertCertified(
        ASKED.get(5), "miscalibration", 2e-2, new CorpDecomposition(BinaryScore.BRIER)::of);
    assertCertified(
        ASKED.get(6), "miscalibration", 2e-2, new CorpDecomposition(BinaryScore.LOG)::of);
  }

  @Test
  void logScoreIsExactOnTheGrid() {
    double loss = 0;
    for (int i = 0; i < ROWS; i++) {
      loss -= Math.log(y[i] == 1 ? p[i] : 1 - p[i]) / ROWS;
    }
    assertEquals(loss, read(ASKED.get(6)).get("score"), 1e-12);
  }

  @Test
  void resultsWithoutABoundSayThatTheyAreOffAGrid() {
    double[] logits = Arrays.stream(p).map(x -> Math.log(x / (1 - x))).toArray();
    Map<String, Double> exact = CoxCalibration.of(Atoms.of(logits, y, null));
    Map<String, Double> onGrid = read("cox_calibration(of=positive)");
    assertEquals(0, onGrid.get("exact"));
    assertEquals(exact.get("slope"), onGrid.get("slope"), 1e-3);
    assertEquals(exact.get("intercept"), onGrid.get("intercept"), 1e-3);
    assertEquals(0, read("hosmer_lemeshow(of=positive)").get("exact"));
  }

  @Test
  void curveIsTheKernelMeanAtItsWidth() {
    MetricResult result = bind("smooth_ece(of=positive)").read(state);
    NumberTable curve = result.numbers().get(0);
    assertEquals(List.of("predicted", "observed", "density"), curve.columns());
    assertEquals(101, curve.rows().size());
    double sigma = result.values().get("sigma");
    for (int j : new int[] {0, 20, 50, 99, 100}) {
      double t = j / 100.0;
      double mass = 0;
      double hits = 0;
      for (int i = 0; i < ROWS; i++) {
        double kernel = 0;
        for (double image : new double[] {p[i], -p[i], 2 - p[i]}) {
          double x = (t - image) / sigma;
          kernel += Math.exp(-x * x / 2) / (sigma * Math.sqrt(2 * Math.PI));
        }
        mass += kernel / ROWS;
        hits += y[i] * kernel / ROWS;
      }
      assertEquals(t, curve.rows().get(j).get(0));
      // Cells are 1/3600 wide, sigma is several hundredths.
      assertEquals(hits / mass, curve.rows().get(j).get(1), 1e-4);
      assertEquals(mass, curve.rows().get(j).get(2), 1e-3);
    }
  }

  @Test
  void positiveClassNeedsTwoClasses() {
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    row.readProbabilities(new double[] {0.2, 0.3, 0.5}, 3, 1, 1);
    for (String text : List.of("cox_calibration(of=positive)", "brier_binary")) {
      BoundMetric metric = bind(text);
      MetricState three = new MetricState(MetricPlan.of(List.of(metric), false));
      three.add(row);
      String message =
          assertThrows(IllegalArgumentException.class, () -> metric.read(three)).getMessage();
      assertTrue(message.contains("needs 2 classes, the predictions have 3"), message);
    }
  }

  @Test
  void logOddsOfCertainPredictionsAreFinite() {
    BoundMetric metric = bind("cox_calibration(of=positive)");
    MetricState few = new MetricState(MetricPlan.of(List.of(metric), false));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    double[] scores = {0, 0.2, 0.4, 0.6, 1};
    double[] odds = new double[scores.length];
    double[] outcomes = {0, 1, 0, 1, 1};
    for (int i = 0; i < scores.length; i++) {
      row.readProbabilities(new double[] {1 - scores[i], scores[i]}, 2, (int) outcomes[i], 1);
      few.add(row);
      double q = Math.max(0x1p-53, Math.min(scores[i], 1 - 0x1p-53));
      odds[i] = Math.log(q) - Math.log1p(-q);
    }
    Map<String, Double> expected = CoxCalibration.of(Atoms.of(odds, outcomes, null));
    Map<String, Double> actual = metric.read(few).values();
    assertEquals(1, actual.get("exact"));
    assertEquals(expected.get("slope"), actual.get("slope"), 1e-9);
    assertTrue(expected.get("slope") > 0);
  }
}
