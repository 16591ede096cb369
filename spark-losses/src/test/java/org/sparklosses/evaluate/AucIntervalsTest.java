// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.PredictionRow;

/** Intervals of areas under ROC curves, of rows in memory. */
class AucIntervalsTest {

  private static final IntervalSettings ANALYTIC = IntervalSettings.NONE.analytic();
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /** A table of two classes. */
  private static final class Rows {

    private final double[] p;
    private final int[] y;
    private final double[] w;

    Rows(double[] p, int[] y, double[] w) {
      this.p = p;
      this.y = y;
      this.w = w;
    }

    /** Random scores, many of them tied; labels that follow them by half. */
    static Rows tied(int n, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] p = new double[n];
      int[] y = new int[n];
      for (int i = 0; i < n; i++) {
        p[i] = (1 + random.nextInt(40)) / 42.3;
        y[i] = random.nextDouble() < 0.25 + p[i] / 2 ? 1 : 0;
      }
      return new Rows(p, y, ones(n));
    }

    /** Scores normal with variance 1 about 0 and, of positive rows, about {@code shift}. */
    static Rows normal(int n, double shift, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      double[] p = new double[n];
      int[] y = new int[n];
      for (int i = 0; i < n; i++) {
        y[i] = random.nextDouble() < 0.4 ? 1 : 0;
        double score = shift * y[i] + NORMAL.inverseCumulativeProbability(random.nextDouble());
        p[i] = 1 / (1 + Math.exp(-score));
      }
      return new Rows(p, y, ones(n));
    }

    private static double[] ones(int n) {
      double[] ones = new double[n];
      Arrays.fill(ones, 1);
      return ones;
    }

    boolean isWeighted() {
      return Arrays.stream(w).anyMatch(weight -> weight != 1);
    }
  }

  private static MetricResult read(Rows rows, IntervalSettings settings, String name) {
    BoundMetric metric = Metrics.bind(MetricSpec.parse(name));
    MetricPlan plan = MetricPlan.of(List.of(metric), rows.isWeighted());
    Intervals intervals = new Intervals(settings, plan);
    MetricState state = new MetricState(intervals.extended(plan));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    for (int i = 0; i < rows.p.length; i++) {
      row.readProbabilities(new double[] {1 - rows.p[i], rows.p[i]}, 2, rows.y[i], rows.w[i]);
      state.add(row);
    }
    MetricResult result = intervals.read(state, List.of(metric)).get(0);
    assertEquals(intervals.gives(metric), !result.intervals().isEmpty());
    return result;
  }

  private static ConfidenceInterval interval(Rows rows, String name) {
    return read(rows, ANALYTIC, name).interval().orElseThrow();
  }

  /** The AUC and its standard error by all pairs of rows, as the paper defines them. */
  private record ByPairs(double auc, double standardError) {

    static ByPairs of(double[] score, boolean[] isPositive) {
      double[] positive = pick(score, isPositive, true);
      double[] negative = pick(score, isPositive, false);
      double[] ofPositive = new double[positive.length];
      double[] ofNegative = new double[negative.length];
      for (int i = 0; i < positive.length; i++) {
        for (int j = 0; j < negative.length; j++) {
          double psi = positive[i] > negative[j] ? 1 : positive[i] == negative[j] ? 0.5 : 0;
          ofPositive[i] += psi / negative.length;
          ofNegative[j] += psi / positive.length;
        }
      }
      double variance =
          variance(ofPositive) / positive.length + variance(ofNegative) / negative.length;
      return new ByPairs(Arrays.stream(ofPositive).average().orElseThrow(), Math.sqrt(variance));
    }

    private static double[] pick(double[] score, boolean[] isPositive, boolean wanted) {
      return IntStream.range(0, score.length)
          .filter(i -> isPositive[i] == wanted)
          .mapToDouble(i -> score[i])
          .toArray();
    }

    private static double variance(double[] x) {
      double mean = Arrays.stream(x).average().orElseThrow();
      return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
    }

    /** An end of the interval: {@code side} is 1 or -1. */
    double end(int side, double level) {
      double z = NORMAL.inverseCumulativeProbability(0.5 + level / 2);
      double logit = Math.log(auc) - Math.log(1 - auc);
      double odds = Math.exp(logit + side * z * standardError / auc / (1 - auc));
      return odds / (1 + odds);
    }
  }

  private static ByPairs ofLabels(Rows rows) {
    boolean[] isPositive = new boolean[rows.p.length];
    for (int i = 0; i < isPositive.length; i++) {
      isPositive[i] = rows.y[i] == 1;
    }
    return ByPairs.of(rows.p, isPositive);
  }

  private static void assertInterval(ByPairs expected, double level, ConfidenceInterval actual) {
    assertEquals(expected.standardError, actual.standardError(), 1e-14);
    assertEquals(expected.end(-1, level), actual.low(), 1e-12);
    assertEquals(expected.end(1, level), actual.high(), 1e-12);
    assertEquals(level, actual.level());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"roc_auc", "auc(of=positive_logit)", "roc_curve", "roc_auc(method=exact)"})
  void areThoseOfTheDefinition(String metric) {
    for (long seed = 0; seed < 20; seed++) {
      Rows rows = Rows.tied(60, seed);
      ByPairs expected = ofLabels(rows);
      assertEquals(expected.auc, read(rows, ANALYTIC, metric).value(), 1e-14);
      assertInterval(expected, 0.95, interval(rows, metric));
    }
  }

  @Test
  void atAnotherLevel() {
    Rows rows = Rows.tied(60, 1);
    MetricResult result = read(rows, ANALYTIC.withLevel(0.8), "roc_auc");
    assertInterval(ofLabels(rows), 0.8, result.interval().orElseThrow());
  }

  /** Rows that are told apart by whether the larger probability is that of the label. */
  @ParameterizedTest
  @ValueSource(strings = {"top_label", "mistake"})
  void ofRightAndWrongPredictions(String of) {
    Rows rows = Rows.tied(90, 5);
    double[] score = new double[90];
    boolean[] isFound = new boolean[90];
    for (int i = 0; i < 90; i++) {
      double confidence = Math.max(rows.p[i], 1 - rows.p[i]);
      boolean isRight = rows.p[i] > 0.5 == (rows.y[i] == 1);
      score[i] = of.equals("mistake") ? -confidence : confidence;
      isFound[i] = of.equals("mistake") != isRight;
    }
    assertInterval(
        ByPairs.of(score, isFound), 0.95, interval(rows, "roc_auc(of=" + of + ", score=msp)"));
  }

  /** It is 2 AUC - 1, and so are its ends. */
  @Test
  void ofGini() {
    Rows rows = Rows.tied(60, 2);
    ByPairs area = ofLabels(rows);
    ConfidenceInterval interval = interval(rows, "gini");
    assertEquals(2 * area.standardError, interval.standardError(), 1e-14);
    assertEquals(2 * area.end(-1, 0.95) - 1, interval.low(), 1e-12);
    assertEquals(2 * area.end(1, 0.95) - 1, interval.high(), 1e-12);
  }

  /** The bootstrap cannot resample a distribution: the formula gives the interval then too. */
  @Test
  void bootstrapChangesNothing() {
    Rows rows = Rows.tied(60, 3);
    BoundMetric metric = Metrics.bind(MetricSpec.parse("roc_auc"));
    MetricPlan plan = MetricPlan.of(List.of(metric), false);
    IntervalSettings bootstrap = IntervalSettings.NONE.withKey("id", false);
    assertTrue(new Intervals(bootstrap, plan).gives(metric));
    assertFalse(new Intervals(bootstrap, plan).isResampled(metric));
    assertEquals(
        read(rows, ANALYTIC, "roc_auc").intervals(), read(rows, bootstrap, "roc_auc").intervals());
    assertTrue(read(rows, IntervalSettings.NONE, "roc_auc").intervals().isEmpty());
  }

  @Test
  void ofRowsThatDependOnEachOtherThereIsNone() {
    Rows rows = Rows.tied(60, 3);
    IntervalSettings cluster = IntervalSettings.NONE.withKey("user", true);
    assertTrue(read(rows, cluster, "roc_auc").intervals().isEmpty());
    assertTrue(read(rows, cluster.analytic(), "roc_auc").intervals().isEmpty());
    assertTrue(read(rows, cluster.analytic(), "log_loss").interval().isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "roc_auc(max_fpr=0.5)",
        "roc_auc_multiclass",
        "roc_auc_multiclass(average=micro)",
        "ks_statistic",
        "average_precision",
        "aurc"
      })
  void otherRankingMetricsHaveNone(String metric) {
    assertTrue(read(Rows.tied(60, 3), ANALYTIC, metric).intervals().isEmpty());
  }

  /** Every positive row above every negative one, or below; in weights that are rounded. */
  @ParameterizedTest
  @CsvSource({"0.9, 1", "0.9, 0.1", "0.1, 1", "0.1, 0.1"})
  void perfectSeparationHasNoEnds(double p, double weight) {
    int n = 33;
    Rows rows = new Rows(new double[n], new int[n], new double[n]);
    for (int i = 0; i < n; i++) {
      rows.y[i] = i % 3 == 0 ? 1 : 0;
      rows.p[i] = (rows.y[i] == 1 ? p : 1 - p) + i * 1e-3;
      rows.w[i] = weight == 1 ? 1 : weight + i / 7.0;
    }
    MetricResult result = read(rows, ANALYTIC, "roc_auc");
    assertEquals(p > 0.5 ? 1 : 0, result.value(), 1e-15);
    assertNoEnds(0, result.interval());
  }

  @Test
  void constantScoresHaveNoEnds() {
    double[] p = new double[9];
    Arrays.fill(p, 0.3);
    int[] y = {0, 1, 0, 0, 1, 1, 0, 1, 0};
    for (double weight : new double[] {0, 0.1}) {
      double[] w = IntStream.range(0, 9).mapToDouble(i -> 1 + weight * i).toArray();
      MetricResult result = read(new Rows(p, y, w), ANALYTIC, "roc_auc");
      assertEquals(0.5, result.value(), 1e-15);
      assertNoEnds(0, result.interval());
    }
  }

  @Test
  void tooFewRowsHaveNone() {
    double[] p = {0.2, 0.4, 0.3, 0.7};
    for (int[] y : new int[][] {{0, 0, 0, 0}, {0, 1, 0, 0}, {1, 1, 0, 1}, {1, 1, 1, 1}}) {
      Rows rows = new Rows(p, y, Rows.ones(4));
      assertNoEnds(Double.NaN, read(rows, ANALYTIC, "roc_auc").interval());
    }
  }

  private static void assertNoEnds(double error, Optional<ConfidenceInterval> interval) {
    assertEquals(Double.NaN, interval.orElseThrow().low());
    assertEquals(Double.NaN, interval.orElseThrow().high());
    assertEquals(error, interval.orElseThrow().standardError(), 1e-15);
  }

  /** Normal scores that are {@code shift} apart have the area P(Z < shift / sqrt 2). */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2})
  void coverTheTruth(double shift) {
    double truth = NORMAL.cumulativeProbability(shift / Math.sqrt(2));
    int tables = 400;
    double covered = 0;
    for (int table = 0; table < tables; table++) {
      Rows rows = Rows.normal(200, shift, 1000 * (long) shift + table);
      ConfidenceInterval interval = interval(rows, "roc_auc");
      assertTrue(0 < interval.low() && interval.high() < 1, interval::toString);
      covered += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }
    // Three standard deviations of the share of so many tables are 0.033.
    assertEquals(0.95, covered / tables, 0.033);
  }
}
