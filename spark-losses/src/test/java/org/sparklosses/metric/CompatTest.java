// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.kernel.RowKernels;

/** What libraries themselves compute, on real data, is what their conventions give here. */
class CompatTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Parameters that the conventions state; bins that are not a library's default are named. */
  private static final Set<String> STATED = Set.of("side", "reduction");

  private static final Map<String, Integer> DEFAULT_BINS = Map.of("torchmetrics", 15, "netcal", 10);

  /** What the peers' table calls the values of other kinds of metric. */
  private static final Set<String> NO_METRIC =
      Set.of("isotonic_calibration", "temperature_scaling");

  @ParameterizedTest
  @CsvSource({
    "real_breast_cancer_lr, 2", "real_breast_cancer_mlp, 2", "real_digits_lr, 10",
    "real_digits_mlp, 10", "real_wine_lr, 3", "real_wine_mlp, 3"
  })
  void isWhatTheLibraryComputes(String name, int classes) throws IOException {
    JsonNode inputs = read("/golden/calibration/" + name + ".json").get("inputs");
    Map<String, Integer> checked = new HashMap<>();
    for (JsonNode entry : read("/golden/calibration_real_peers.json").get(name).get("values")) {
      String library = entry.get("peer").asText().split(" ", -1)[0];
      String[] metric = entry.get("name").asText().split("[ :]", -1)[0].split("\\.", -1);
      Optional<Compat> compat =
          List.of("sklearn", "torchmetrics", "netcal").contains(library)
              ? Optional.of(Compat.of(library))
              : Optional.empty();
      if (compat.isPresent() && !NO_METRIC.contains(metric[0])) {
        MetricSpec spec = compat.get().of(unsaid(metric[0], entry.get("params"), library));
        MetricResult result = evaluate(spec, inputs, classes);
        double actual = metric.length > 1 ? result.values().get(metric[1]) : result.value();
        double tolerance = entry.get("tol").asDouble();
        // Of more distinct scores than a state keeps the value has a bound.
        double bound = isPooled(entry) ? result.values().get("error_bound") : 0;
        assertTrue(bound < 1e-2, spec + " " + bound);
        assertEquals(
            entry.get("value").asDouble(),
            actual,
            Math.max(tolerance, bound),
            library + " " + spec);
        checked.merge(library, 1, Integer::sum);
      }
    }
    assertTrue(checked.get("sklearn") >= 4 && checked.get("torchmetrics") >= 6, name + checked);
    assertTrue(classes == 2 || checked.get("netcal") >= 6, name + checked);
  }

  private static boolean isPooled(JsonNode entry) {
    return entry.get("params").path("average").asText().equals("micro");
  }

  /** The metric as one would ask for it, leaving the library's conventions unsaid. */
  private static MetricSpec unsaid(String metric, JsonNode params, String library) {
    MetricSpec spec = MetricSpec.of(metric);
    for (Map.Entry<String, JsonNode> param : params.properties()) {
      boolean isDefault =
          param.getKey().equals("n_bins")
              && param.getValue().asInt() == DEFAULT_BINS.getOrDefault(library, 0);
      if (!STATED.contains(param.getKey()) && !isDefault) {
        spec = spec.with(param.getKey(), param.getValue().asText());
      }
    }
    return spec;
  }

  private static MetricResult evaluate(MetricSpec spec, JsonNode inputs, int classes) {
    BoundMetric metric = Metrics.bind(spec);
    MetricState state = new MetricState(MetricPlan.of(List.of(metric), false));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-4);
    JsonNode labels = inputs.get("y");
    for (int i = 0; i < labels.size(); i++) {
      double[] p = new double[classes];
      for (int k = 0; k < classes; k++) {
        double positive = classes == 2 ? inputs.get("p").get(i).asDouble() : 0;
        p[k] =
            classes == 2
                ? k == 1 ? positive : 1 - positive
                : inputs.get("probs").get(i).get(k).asDouble();
      }
      row.readProbabilities(p, classes, labels.get(i).asInt(), 1);
      state.add(row);
    }
    return metric.read(state);
  }

  private static JsonNode read(String path) throws IOException {
    try (InputStream in = CompatTest.class.getResourceAsStream(path)) {
      return MAPPER.readTree(in);
    }
  }

  @Test
  void theBrierScoreOfTwoClassesIsHalved() throws IOException {
    String name = "real_breast_cancer_lr";
    JsonNode inputs = read("/golden/calibration/" + name + ".json").get("inputs");
    MetricSpec brier = Compat.SKLEARN.of(MetricSpec.of("brier"));
    for (JsonNode entry : read("/golden/calibration_real_peers.json").get(name).get("values")) {
      if (entry.get("name").asText().equals("brier_binary")) {
        assertEquals(entry.get("value").asDouble(), evaluate(brier, inputs, 2).value(), 1e-12);
      }
    }
  }

  @Test
  void whatIsSaidStays() {
    MetricSpec spec = MetricSpec.parse("ece(n_bins=20, side=right)");
    assertEquals(spec, Compat.TORCHMETRICS.of(spec));
    assertEquals(MetricSpec.of("log_loss"), Compat.MLLIB.of(MetricSpec.of("log_loss")));
    assertEquals(MetricSpec.parse("f1(average=weighted)"), Compat.MLLIB.of(MetricSpec.of("f1")));
    assertEquals(
        MetricSpec.of("roc_auc_multiclass"), Compat.MLLIB.of(MetricSpec.of("roc_auc_multiclass")));
  }

  @Test
  void unknownLibrary() {
    Exception failure = assertThrows(IllegalArgumentException.class, () -> Compat.of("torch"));
    assertEquals(
        "the conventions of 'torch' are not known; those of sklearn, torchmetrics, netcal, mllib"
            + " are",
        failure.getMessage());
  }
}
