// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.EqualErrorRate;
import org.sparklosses.score.RankCorrelation;
import org.sparklosses.score.Scan;
import org.sparklosses.score.TprAtFpr;
import org.sparklosses.testing.GoldenFile;

/** Against scipy and scikit-learn: {@code src/test/python/goldens/additions.py}. */
class AdditionsTest {

  private static final JsonNode GOLDEN = GoldenFile.additions();

  private static double read(MetricState state, String metric) {
    return Metrics.bind(MetricSpec.parse(metric)).read(state).value();
  }

  private static MetricState state(List<String> metrics, boolean isWeighted) {
    return new MetricState(
        MetricPlan.of(
            metrics.stream().map(MetricSpec::parse).map(Metrics::bind).toList(), isWeighted));
  }

  @Test
  void rankings() {
    List<String> metrics =
        List.of(
            "rank_correlation",
            "rank_correlation(kind=kendall)",
            "rank_correlation(kind=pearson)",
            "equal_error_rate",
            "tpr_at_fpr");
    for (JsonNode golden : GOLDEN.get("ranking")) {
      double[] p = GoldenFile.doubles(golden.get("p"));
      MetricState state = state(metrics, false);
      PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
      for (int i = 0; i < p.length; i++) {
        row.readProbabilities(new double[] {1 - p[i], p[i]}, 2, golden.get("y").get(i).asInt(), 1);
        state.add(row);
      }
      assertEquals(golden.get("spearman").asDouble(), read(state, metrics.get(0)), 1e-13);
      assertEquals(golden.get("kendall").asDouble(), read(state, metrics.get(1)), 1e-13);
      assertEquals(golden.get("pearson").asDouble(), read(state, metrics.get(2)), 1e-13);
      assertEquals(golden.get("equal_error_rate").asDouble(), read(state, metrics.get(3)), 1e-15);
      golden
          .get("tpr_at_fpr")
          .properties()
          .forEach(
              rate ->
                  assertEquals(
                      rate.getValue().asDouble(),
                      read(state, "tpr_at_fpr(fpr=" + rate.getKey() + ")"),
                      1e-15));
    }
  }

  @Test
  void oneOutcomeOrOneScoreIsUndefined() {
    Atoms oneOutcome = Atoms.of(new double[] {0.1, 0.2}, new double[] {1, 1}, null);
    Atoms oneScore = Atoms.of(new double[] {0.1, 0.1}, new double[] {1, 0}, null);
    for (boolean isKendall : new boolean[] {false, true}) {
      RankCorrelation correlation = new RankCorrelation(isKendall);
      assertEquals(Double.NaN, correlation.of(oneOutcome).get("value"));
      assertEquals(Double.NaN, correlation.of(oneScore).get("value"));
    }
    assertEquals(Double.NaN, new EqualErrorRate().of(oneOutcome).get("value"));
    assertEquals(Double.NaN, new TprAtFpr(0.1).of(oneOutcome).get("value"));
    assertEquals(0, new TprAtFpr(0.1).of(oneScore).get("value"));
    assertEquals(0.5, new EqualErrorRate().of(oneScore).get("value"));
    assertThrows(IllegalArgumentException.class, () -> new TprAtFpr(0));
  }

  /** On cells the exact figure lies between the bounds. */
  @Test
  void boundsHold() {
    Random random = new Random(5);
    for (int set = 0; set < 30; set++) {
      int n = 300;
      double[] s = new double[n];
      double[] y = new double[n];
      double[] w = new double[n];
      for (int i = 0; i < n; i++) {
        s[i] = random.nextDouble();
        y[i] = random.nextDouble() < 0.1 + 0.8 * s[i] ? 1 : 0;
        w[i] = set % 2 == 0 ? 1 : 0.5 + random.nextDouble();
      }
      for (Scan scan :
          List.of(
              new RankCorrelation(false),
              new RankCorrelation(true),
              new EqualErrorRate(),
              new TprAtFpr(0.1))) {
        double exact = scan.of(Atoms.of(s, y, w)).get("value");
        Map<String, Double> cells = scan.of(Atoms.onGrid(s, y, w, 20));
        assertTrue(cells.get("low") <= exact + 1e-12 && exact <= cells.get("high") + 1e-12);
        assertTrue(cells.get("error_bound") < 0.5, scan + " " + cells);
        assertEquals(0, scan.of(Atoms.of(s, y, w)).get("error_bound"));
      }
    }
  }

  @Test
  void figuresOfAllClasses() {
    for (JsonNode golden : GOLDEN.get("classes")) {
      Map<String, JsonNode> figures = new LinkedHashMap<>();
      golden.get("figures").properties().forEach(f -> figures.put(f.getKey(), f.getValue()));
      MetricState state = rows(golden, List.copyOf(figures.keySet()));
      figures.forEach(
          (figure, expected) -> {
            Map<String, Double> parts = Metrics.bind(MetricSpec.parse(figure)).read(state).values();
            if (expected.isNumber()) {
              assertEquals(expected.asDouble(), parts.get("value"), 1e-14, figure);
            } else {
              assertEquals(expected.size(), parts.size(), figure);
              parts.forEach(
                  (part, value) ->
                      assertEquals(expected.get(part).asDouble(), value, 1e-14, figure));
            }
          });
    }
  }

  /** The state of weighted rows of logits. */
  private static MetricState rows(JsonNode golden, List<String> metrics) {
    double[][] z = GoldenFile.matrix(golden.get("logits"));
    MetricState state = state(metrics, true);
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    for (int i = 0; i < z.length; i++) {
      row.readLogits(
          z[i], z[i].length, golden.get("y").get(i).asInt(), golden.get("w").get(i).asDouble());
      state.add(row);
    }
    return state;
  }

  @Test
  void figuresOfOneClass() {
    List<String> metrics = List.of("f1", "perplexity");
    for (JsonNode golden : GOLDEN.get("classes")) {
      MetricState state = rows(golden, metrics);
      int classes = golden.get("logits").get(0).size();
      assertEquals(golden.get("perplexity").asDouble(), read(state, "perplexity"), 1e-13);
      for (int k = 0; k < classes; k++) {
        for (String name : List.of("precision", "recall", "f1")) {
          assertEquals(
              golden.get(name).get(k).asDouble(),
              read(state, name + "(class=" + k + ")"),
              1e-14,
              name);
        }
        assertEquals(
            golden.get("f2").get(k).asDouble(),
            read(state, "f_beta(class=" + k + ", beta=2)"),
            1e-14);
      }
      double macro = Arrays.stream(GoldenFile.doubles(golden.get("f1"))).average().orElseThrow();
      assertEquals(macro, read(state, "f1"), 1e-14);
      assertEquals(Double.NaN, read(state, "f1(class=" + classes + ")"));
    }
    assertThrows(
        IllegalArgumentException.class, () -> Metrics.bind(MetricSpec.parse("f1(class=-1)")));
  }
}
