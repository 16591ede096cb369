package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

  @Test
  void everyMetricBindsWithItsDefaults() {
    for (Metric metric : Metrics.all()) {
      BoundMetric bound = Metrics.bind(MetricSpec.of(metric.id()));
      assertEquals(metric.id(), bound.name());
      assertEquals(metric.parameters().size(), bound.parameters().size());
      assertTrue(!metric.description().isEmpty(), metric.id());
    }
  }

  @Test
  void everyMetricOfNoRowsIsNaN() {
    for (Metric metric : Metrics.all()) {
      BoundMetric bound = Metrics.bind(MetricSpec.of(metric.id()));
      MetricState state = new MetricState(MetricPlan.of(List.of(bound), false));
      bound.read(state).values().values().forEach(v -> assertTrue(Double.isNaN(v), metric.id()));
    }
  }

  @Test
  void parametersAreParsed() {
    MetricSpec spec = MetricSpec.parse(" top_label_calibration_error( n_bins = 10,norm=L2 ) ");
    assertEquals("top_label_calibration_error(n_bins=10, norm=L2)", spec.toString());
    assertEquals(
        Map.of("n_bins", 10, "norm", "l2", "strategy", "uniform", "side", "right", "debias", false),
        Metrics.bind(spec).parameters());
    assertEquals(MetricSpec.of("accuracy"), MetricSpec.parse("accuracy()"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a(", "a(b)", "a(b=1", "a(b=1))", "a(b=1,)"})
  void malformedText(String text) {
    assertThrows(IllegalArgumentException.class, () -> MetricSpec.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "focal_los | did you mean 'focal_loss'?",
        "nll_loss | metric 'nll_loss' needs to know the column of log_probs: nll_loss(log_probs=COLUMN)",
        "softmax | unknown metric 'softmax'",
        "focal_loss(gamma=-1) | gamma = -1.0 is not allowed",
        "focal_loss(gamma=x) | parameter 'gamma' is DOUBLE, got 'x'",
        "focal_loss(delta=1) | no setting named delta",
        "cross_entropy_loss(ignore_index=3) | ignoreIndex(n)",
        "log_lost | did you mean 'log_loss'?",
        "accuracy(k=1) | has no parameter 'k'; it has none",
        "brier(k=1) | has no parameter 'k'; it has reduction",
        "brier(reduction=total) | parameter 'reduction' is sum|mean|half, got 'total'",
        "top_k_accuracy(k=0) | parameter 'k' is an integer in [1,",
        "top_k_accuracy(k=x) | got 'x'",
        "ece(n_bins=0) | parameter 'n_bins' is an integer in [1, 10000], got '0'",
        "ece(debias=maybe) | parameter 'debias' is true|false, got 'maybe'"
      })
  void impossibleSpecs(String spec, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Metrics.bind(MetricSpec.parse(spec)));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void equalComponentsAreKeptOnce() {
    MetricPlan plan = MetricPlan.of(Metrics.defaults().stream().map(Metrics::bind).toList(), false);
    assertEquals(2, plan.components().size());
    assertEquals(6, plan.means().size());
  }
}
