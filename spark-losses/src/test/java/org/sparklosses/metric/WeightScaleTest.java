// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.score.WeightRange;
import org.sparklosses.testing.EveryMetric;

/** Only the ratios of weights matter. */
class WeightScaleTest {

  private static final int ROWS = 60;

  /** They take a weight for so many rows. */
  private static final Map<String, Set<String>> OF_COUNTS =
      Map.of(
          "hosmer_lemeshow", Set.of("statistic", "p_value"),
          "cox_calibration", Set.of("se_slope", "se_intercept"));

  private static List<BoundMetric> metrics(int classes) {
    List<MetricSpec> specs = new ArrayList<>(EveryMetric.byDefault(classes));
    specs.addAll(EveryMetric.byOtherParameters(classes));
    return specs.stream().map(Metrics::bind).toList();
  }

  private static MetricState state(List<BoundMetric> metrics, int classes, double[] weights) {
    MetricState state = new MetricState(MetricPlan.of(metrics, true));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    Random random = new Random(8);
    for (int i = 0; i < ROWS; i++) {
      double[] logits = new double[classes];
      for (int k = 0; k < classes; k++) {
        logits[k] = Math.rint(8 * random.nextGaussian()) / 4;
      }
      row.readLogits(logits, classes, random.nextInt(classes), weights[i]);
      row.setKey(random.nextLong());
      state.add(row);
    }
    return state;
  }

  private static double[] weights(double scale, boolean areEqual) {
    double[] weights = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      weights[i] = areEqual ? scale : scale * (1 + i % 3);
    }
    return weights;
  }

  private static void assertSame(int classes, double[] weights, double[] others, double tolerance) {
    List<BoundMetric> metrics = metrics(classes);
    MetricState expected = state(metrics, classes, weights);
    MetricState actual = state(metrics, classes, others);
    for (BoundMetric metric : metrics) {
      Map<String, Double> values = metric.read(actual).values();
      metric
          .read(expected)
          .values()
          .forEach(
              (part, value) -> {
                if (!OF_COUNTS.getOrDefault(metric.name(), Set.of()).contains(part)) {
                  assertEquals(
                      value,
                      values.get(part),
                      Double.isNaN(value) ? 0 : tolerance * Math.max(1, Math.abs(value)),
                      metric.name() + metric.parameters() + " " + part);
                }
              });
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0x1p-99, 0x1p-40, 0x1p97})
  void powersOfTwoChangeNothing(double scale) {
    for (int classes = 2; classes <= 3; classes++) {
      assertSame(classes, weights(1, false), weights(scale, false), 0);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 3e-17, 1e30})
  void equalWeightsGiveWhatWeightOneGives(double weight) {
    for (int classes = 2; classes <= 3; classes++) {
      assertSame(classes, weights(1, true), weights(weight, true), 1e-11);
    }
  }

  @Test
  void theRange() {
    assertTrue(WeightRange.ALL.contains(1e-30) && WeightRange.ALL.contains(1e30));
    for (double outside : new double[] {9e307, 1e200, 1e-200, 4.9e-324, 0, -1, Double.NaN}) {
      assertTrue(!WeightRange.ALL.contains(outside), "weight " + outside);
      assertTrue(!WeightRange.RESAMPLED.contains(outside), "weight " + outside);
    }
  }
}
