// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.function.Parameter;

class MetricsTest {

  @Test
  void everyMetricBindsWithItsDefaults() {
    for (Metric metric : Metrics.all()) {
      BoundMetric bound = Metrics.bind(MetricSpec.of(metric.id()));
      assertEquals(metric.id(), bound.name());
      assertEquals(metric.parameters().size(), bound.parameters().size());
      assertTrue(!metric.description().isEmpty(), metric.id());
      for (Parameter parameter : metric.parameters()) {
        assertTrue(!parameter.column() && !parameter.required(), metric.id());
        assertTrue(!parameter.meaning().isEmpty(), metric.id() + " " + parameter.name());
      }
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

  @Test
  void whatIsNotSetIsNone() {
    BoundMetric byDefault = Metrics.bind(MetricSpec.of("murphy_decomposition"));
    assertEquals("{of=top_label, n_bins=none, side=right}", byDefault.parameters().toString());
    BoundMetric said = Metrics.bind(MetricSpec.parse("murphy_decomposition(n_bins=None)"));
    assertTrue(byDefault.isSame(said));
    assertFalse(byDefault.isSame(Metrics.bind(MetricSpec.parse("murphy_decomposition(n_bins=5)"))));

    BoundMetric loss = Metrics.bind(MetricSpec.parse("focal_loss(weight=none)"));
    assertTrue(loss.isSame(Metrics.bind(MetricSpec.of("focal_loss"))));
    assertNull(loss.parameters().get("weight"));
  }

  @Test
  void specsWriteValuesAsTheyAreRead() {
    MetricSpec spec =
        MetricSpec.of("cross_entropy_loss")
            .with("weight", List.of(1.0, 9.0))
            .with("average", "rows");
    assertEquals("cross_entropy_loss(weight=1.0;9.0, average=rows)", spec.toString());
    assertEquals(
        List.of(1.0, 9.0),
        Metrics.bind(MetricSpec.parse(spec.toString())).parameters().get("weight"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a(", "a(b)", "a(b=1", "a(b=1))", "a(b=1,)"})
  void malformedText(String text) {
    assertThrows(IllegalArgumentException.class, () -> MetricSpec.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "focal_los | did you mean 'focal_loss'?",
        "nll_loss | nll_loss: log_probs must be given; name its column: nll_loss(log_probs=COLUMN)",
        "softmax | unknown metric 'softmax'",
        "focal_loss(gamma=-1) | focal_loss: gamma = -1.0 is not allowed; allowed: a number in [0,"
            + " inf)",
        "focal_loss(gamma=x) | focal_loss: gamma = 'x' is not allowed; allowed: a number in [0,"
            + " inf)",
        "focal_loss(delta=1) | focal_loss: unknown parameter 'delta'; it takes logits, label,"
            + " gamma, weight",
        "focal_loss(gama=1) | focal_loss: unknown parameter 'gama'; did you mean 'gamma'?",
        "focal_loss(weight=1;x) | focal_loss: weight = '1;x' is not allowed; allowed: an array of"
            + " numbers, written 1;2;3, or none",
        "ldam_loss(class_counts=1;0) | ldam_loss: class_counts[1] = 0.0 is"
            + " not allowed; allowed: an array of numbers in (0, inf), written 1;2;3",
        "dual_focal_loss | dual_focal_loss: gamma must be given; allowed: a number in [0, inf)",
        "kd_loss(teacher_logit=t) | kd_loss: unknown parameter 'teacher_logit'; did you mean"
            + " 'teacher_logits'?",
        "cross_entropy_loss(ignore_index=3) | cross_entropy_loss: the label of rows that are left"
            + " out",
        "cross_entropy_loss(ignore_index=3) | ignoreIndex(n)",
        "cross_entropy_loss(ignore_indx=3) | unknown parameter 'ignore_indx'; it takes logits,"
            + " target, label_smoothing, weight, average",
        "cross_entropy_loss(average=labels) | `cross_entropy_loss: average = 'labels' is not"
            + " allowed; allowed: rows | weights`",
        "ece(bins=5) | ece: unknown parameter 'bins'; it takes n_bins, norm, strategy, side,"
            + " debias",
        "ece(nbins=5) | ece: unknown parameter 'nbins'; did you mean 'n_bins'?",
        "murphy_decomposition(n_bins=0) | allowed: a whole number in [1, 10000], or none",
        "roc_auc(score=energy) | roc_auc: score=energy orders rows by how certain they are",
        "log_lost | did you mean 'log_loss'?",
        "accuracy(k=1) | accuracy: unknown parameter 'k'; it takes none",
        "brier(k=1) | brier: unknown parameter 'k'; it takes reduction",
        "brier(reduction=total) | `brier: reduction = 'total' is not allowed; allowed: sum | mean |"
            + " half | auto`",
        "top_k_accuracy(k=0) | top_k_accuracy: k = 0 is not allowed; allowed: a whole number in [1,"
            + " inf)",
        "top_k_accuracy(k=x) | k = 'x' is not allowed",
        "ece(n_bins=0) | ece: n_bins = 0 is not allowed; allowed: a whole number in [1, 10000]",
        "ece(debias=maybe) | ece: debias = 'maybe' is not allowed; allowed: true or false"
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
