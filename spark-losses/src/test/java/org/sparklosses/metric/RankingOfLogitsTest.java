// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.kernel.RowKernels;

/** Rows of logits are ranked where their probabilities are all 1, or so small that AUCs suffer. */
class RankingOfLogitsTest {

  private final PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);

  private static BoundMetric bind(String text) {
    return Metrics.bind(MetricSpec.parse(text));
  }

  private static MetricState stateOf(String metric) {
    return new MetricState(MetricPlan.of(List.of(bind(metric)), false));
  }

  private static double value(String metric, MetricState state) {
    Map<String, Double> values = bind(metric).read(state).values();
    assertEquals(0, values.getOrDefault("error_bound", 0.0), metric);
    return bind(metric).read(state).value();
  }

  private double ofBinaryLogits(String metric, double[] z, int[] y) {
    MetricState state = stateOf(metric);
    for (int i = 0; i < z.length; i++) {
      row.readLogits(new double[] {0, z[i]}, 2, y[i], 1);
      state.add(row);
    }
    return value(metric, state);
  }

  private double ofMargins(String metric, double[] margin, int[] y) {
    MetricState state = stateOf(metric);
    for (int i = 0; i < margin.length; i++) {
      float[] z = {(float) -margin[i], (float) margin[i]};
      row.readLogits(z, 2, y[i], 1);
      state.add(row);
    }
    return value(metric, state);
  }

  @ParameterizedTest
  @CsvSource({
    "roc_auc, 1",
    "gini, 1",
    "ks_statistic, 1",
    "average_precision, 1",
    "pr_auc_trapezoid, 1",
    "fpr_at_tpr, 0",
    "detection_error, 0",
    "lift(fraction=0.5), 2",
    "roc_curve, 1",
    "precision_recall_curve, 1",
    "roc_auc_multiclass, 1",
    "roc_auc_multiclass(multi_class=ovo), 1",
    "roc_auc_multiclass(average=micro), 0.75",
    "roc_auc(of=positive_logit), 1"
  })
  void positivesAboveNegativesAreFound(String metric, double expected) {
    double[] z = {50, 40, 60, 45};
    int[] y = {1, 0, 1, 0};
    double[] mirrored = Arrays.stream(z).map(x -> -x).toArray();
    int[] others = Arrays.stream(y).map(label -> 1 - label).toArray();

    assertEquals(expected, ofBinaryLogits(metric, z, y), 1e-15);
    assertEquals(expected, ofBinaryLogits(metric, mirrored, others), 1e-15);
  }

  @Test
  void marginsOfLogisticRegression() {
    double[] margin = {20, 19.5, 25, 22, 18.9};
    int[] y = {1, 0, 1, 1, 0};

    assertEquals(1, ofMargins("roc_auc", margin, y));
    assertEquals(1, ofMargins("average_precision", margin, y));
  }

  /** A class that leads by so much, another that follows by so much, and one far behind. */
  private static double[] logits(int classes, double lead, Random random) {
    double[] z = new double[classes];
    Arrays.fill(z, -lead - 5);
    int first = random.nextInt(classes);
    z[first] = 0;
    z[(first + 1) % classes] = -lead;
    return z;
  }

  /** All scores rank by the lead, which no probability tells from 36 on. */
  @ParameterizedTest
  @ValueSource(strings = {"msp", "neg_entropy", "margin", "logit_margin", "doctor"})
  void mistakesAreThoseOfTheSmallestLead(String score) {
    for (int classes : new int[] {2, 3, 10, 40}) {
      for (double unit : new double[] {1, 10, 100}) {
        for (boolean isFloat : new boolean[] {true, false}) {
          Random random = new Random(classes);
          MetricState mistakes = stateOf("roc_auc(of=mistake, score=" + score + ")");
          MetricState risk = stateOf("aurc(score=" + score + ")");
          double expected = 0;
          int rows = 40;
          for (int i = 1; i <= rows; i++) {
            double[] z = logits(classes, i * unit, random);
            int predicted = argmax(z);
            boolean isRight = i > rows / 4;
            int label = isRight ? predicted : (predicted + 1) % classes;
            if (isFloat) {
              float[] floats = new float[classes];
              for (int j = 0; j < classes; j++) {
                floats[j] = (float) z[j];
              }
              row.readLogits(floats, classes, label, 1);
            } else {
              row.readLogits(z, classes, label, 1);
            }
            mistakes.add(row);
            risk.add(row);
            // Kept are the rows from this one on, whose mistakes are those below a quarter.
            expected += Math.max(0, rows / 4 - i + 1) / (double) (rows - i + 1) / rows;
          }
          String what = score + " " + classes + " " + unit + " " + isFloat;
          assertEquals(1, value("roc_auc(of=mistake, score=" + score + ")", mistakes), 1e-15, what);
          assertEquals(expected, value("aurc(score=" + score + ")", risk), 1e-14, what);
        }
      }
    }
  }

  private static int argmax(double[] z) {
    int largest = 0;
    for (int j = 1; j < z.length; j++) {
      largest = z[j] > z[largest] ? j : largest;
    }
    return largest;
  }

  /** Log odds of a class by log1p and exp of differences, which lose nothing. */
  @Test
  void logOddsOfEveryClass() {
    Random random = new Random(3);
    for (double scale : new double[] {1, 20, 200, 5000}) {
      for (int i = 0; i < 200; i++) {
        double[] z = random.doubles(3).map(u -> scale * (u - 0.5)).toArray();
        float[] floats = {(float) z[0], (float) z[1], (float) z[2]};
        for (int k = 0; k < 3; k++) {
          row.readLogits(z, 3, 0, 1);
          double double_ = logOdds(z[k], z[(k + 1) % 3], z[(k + 2) % 3]);
          assertEquals(double_, row.logOdds(k), 1e-12 * Math.max(1, Math.abs(double_)));
          row.readLogits(floats, 3, 0, 1);
          double float_ = logOdds(floats[k], floats[(k + 1) % 3], floats[(k + 2) % 3]);
          assertEquals(float_, row.logOdds(k), 2e-6 * Math.max(1, Math.abs(float_)));
        }
      }
    }
  }

  private static double logOdds(double own, double a, double b) {
    return own - Math.max(a, b) - Math.log1p(Math.exp(-Math.abs(a - b)));
  }

  @Test
  void logOddsOfMarginSquaresAndEntropy() {
    Random random = new Random(4);
    for (double lead : new double[] {0.3, 3, 25}) {
      for (int i = 0; i < 50; i++) {
        double[] z = {lead + random.nextDouble(), random.nextDouble() / 4, -random.nextDouble()};
        double[] e = Arrays.stream(z).map(x -> Math.exp(x - z[0])).toArray();
        double rest = e[1] + e[2];
        row.readLogits(z, 3, 0, 1);
        assertEquals(
            Math.log((1 - e[1]) / (rest + e[1])), row.marginLogOdds(), 1e-12 * lead + 1e-12);
        assertEquals(
            Math.log((1 + e[1] * e[1] + e[2] * e[2]) / (2 * rest + 2 * e[1] * e[2])),
            row.squaresLogOdds(),
            1e-12 * lead + 1e-12);
        double entropy =
            Math.log1p(rest) + (e[1] * (z[0] - z[1]) + e[2] * (z[0] - z[2])) / (1 + rest);
        assertEquals(-Math.log(entropy), row.negativeLogEntropy(), 1e-12 * lead + 1e-12);
      }
    }
  }

  @Test
  void infiniteLogits() {
    double infinity = Double.POSITIVE_INFINITY;
    row.readLogits(new double[] {1, -infinity, -infinity}, 3, 0, 1);
    assertEquals(infinity, row.logOdds(0));
    assertEquals(-infinity, row.logOdds(1));
    assertEquals(infinity, row.marginLogOdds());
    assertEquals(infinity, row.squaresLogOdds());
    assertEquals(infinity, row.negativeLogEntropy());
    row.readLogits(new float[] {-Float.POSITIVE_INFINITY, 3}, 2, 0, 1);
    assertEquals(-infinity, row.logOdds(0));
    assertEquals(infinity, row.logOdds(1));
  }

  private static final int ROWS = 60_000;

  /**
   * Scores of one positive in twenty, their log odds around that of the rate: the rate of the
   * outcome only moves them, which is all that a grid knows of it.
   */
  @ParameterizedTest
  @CsvSource({
    "1e-6, 0.5",
    "1e-6, 2",
    "1e-5, 1",
    "5e-4, 1",
    "5e-4, 3",
    "0.01, 2",
    "0.5, 2",
    "0.99, 2",
    "0.9995, 1",
    "0.99999, 1",
    "0.999999, 0.5",
    "0.999999, 2"
  })
  void rareEvents(double rate, double spread) {
    Random random = new Random(Double.hashCode(rate + spread));
    double[] logOdds = new double[ROWS];
    int[] y = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      y[i] = i % 20 == 0 ? 1 : 0;
      logOdds[i] =
          Math.log(rate / (1 - rate)) + spread * (random.nextGaussian() + (y[i] == 1 ? 1 : 0));
    }
    double exact = area(logOdds, y);
    MetricState ofLogits = stateOf("roc_auc");
    MetricState ofProbabilities = stateOf("roc_auc");
    MetricState withBins =
        new MetricState(
            MetricPlan.of(
                List.of(bind("roc_auc"), bind("ks_calibration_error(of=positive)")), false));
    for (int i = 0; i < ROWS; i++) {
      row.readLogits(new double[] {0, logOdds[i]}, 2, y[i], 1);
      ofLogits.add(row);
      withBins.add(row);
      double e = Math.exp(logOdds[i]);
      row.readProbabilities(new double[] {1 / (1 + e), e / (1 + e)}, 2, y[i], 1);
      ofProbabilities.add(row);
    }
    for (MetricState state : List.of(ofLogits, ofProbabilities, withBins)) {
      Map<String, Double> values = bind("roc_auc").read(state).values();
      double bound = values.get("error_bound");
      assertTrue(bound > 0 && bound < 5e-4, "bound " + bound);
      assertEquals(exact, values.get("value"), bound);
    }
  }

  /** The share of pairs in order, by ranks. */
  private static double area(double[] score, int[] y) {
    Integer[] order = new Integer[score.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(score[a], score[b]));
    double won = 0;
    double negatives = 0;
    for (int i : order) {
      won += y[i] * negatives;
      negatives += 1 - y[i];
    }
    return won / negatives / (score.length - negatives);
  }
}
