// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

/** Functions of a row against the values of the catalogue of calibration. */
class GoldenScoresTest {

  private static final Map<String, String> CONFIDENCE =
      Map.of(
          "msp", "confidence",
          "max_logit", "max_logit",
          "neg_entropy", "neg_entropy",
          "energy", "energy",
          "margin", "margin",
          "logit_margin", "logit_margin",
          "doctor", "doctor");

  private static final Map<String, String> UNCERTAINTY =
      Map.of(
          "entropy", "predictive_entropy",
          "normalized_entropy", "normalized_entropy",
          "least_confidence", "least_confidence",
          "margin", "margin",
          "ratio", "confidence_ratio",
          "gini_impurity", "gini_impurity");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ood",
        "mc3_tiny1",
        "mc3_tiny2",
        "mc3_tiny3",
        "mc3_tiny4",
        "mc3_tiny5",
        "mc4_all_correct",
        "mc4_all_wrong"
      })
  void scoresOfConfidence(String name) {
    for (Entry golden : GoldenFile.calibration(name).of("confidence_scores")) {
      double[][] logits = golden.matrix("logits");
      JsonNode t = golden.params().get("temperature");
      CONFIDENCE.forEach(
          (part, function) -> {
            boolean hasTemperature = part.equals("energy") && t != null;
            Map<String, Object> settings =
                hasTemperature ? Map.of("temperature", t.asDouble()) : Map.of();
            check(golden.value().get(part), logits, bound(function, settings));
          });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mc3_tiny1",
        "mc3_tiny2",
        "mc3_tiny3",
        "mc3_tiny4",
        "mc3_tiny5",
        "mc4_all_correct",
        "mc4_all_wrong"
      })
  void uncertaintyOfARow(String name) {
    for (Entry golden : GoldenFile.calibration(name).of("uncertainty")) {
      double[][] logits = logarithms(golden.matrix("P"));
      UNCERTAINTY.forEach(
          (part, function) -> check(golden.value().get(part), logits, bound(function, Map.of())));
    }
  }

  private static void check(JsonNode expected, double[][] logits, BoundFunction function) {
    assertEquals(expected.size(), logits.length);
    for (int i = 0; i < logits.length; i++) {
      double value = value(function, logits[i], RowStatistics.NO_LABEL);
      assertClose(expected.get(i).asDouble(), value, function + " of row " + i);
    }
  }

  @Test
  void uncertaintyOfAnEnsemble() {
    GoldenFile file = GoldenFile.calibration("ensemble");
    JsonNode members = file.inputs().get("E");
    Entry golden = file.of("ensemble_uncertainty").get(0);
    for (var part : golden.value().properties()) {
      BoundFunction function = bound("ensemble_uncertainty", Map.of("part", part.getKey()));
      for (int i = 0; i < part.getValue().size(); i++) {
        double[][] probabilities = new double[members.size()][];
        for (int m = 0; m < probabilities.length; m++) {
          probabilities[m] = GoldenFile.doubles(members.get(m).get(i));
        }
        double value =
            function.apply(
                new Row(
                    new Object[] {logarithms(probabilities)},
                    new double[0],
                    RowStatistics.NO_LABEL,
                    null));
        assertClose(part.getValue().get(i).asDouble(), value, part.getKey() + " of row " + i);
      }
    }
  }

  @Test
  void ensembleOfOne() {
    Row row =
        new Row(
            new Object[] {new double[][] {{1, 0, -1}}},
            new double[0],
            RowStatistics.NO_LABEL,
            null);
    for (String part : List.of("mutual_information", "epkl", "variation_ratio", "disagreement")) {
      double value = bound("ensemble_uncertainty", Map.of("part", part)).apply(row);
      assertEquals(0, value, 1e-15, part);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mc3",
        "mc3_ties",
        "mc3_weighted",
        "mc3_tiny1",
        "mc3_tiny2",
        "mc3_tiny3",
        "mc3_tiny4",
        "mc3_tiny5",
        "mc4_all_correct",
        "mc4_all_wrong",
        "mc10",
        "mc100",
        "real_digits_lr",
        "real_digits_mlp",
        "real_wine_lr",
        "real_wine_mlp"
      })
  void scoringRules(String name) {
    GoldenFile file = GoldenFile.calibration(name);
    for (String rule : List.of("spherical_score", "rps", "crps_discrete", "excess_confidence")) {
      for (Entry golden : file.of(rule)) {
        Map<String, Object> settings = new HashMap<>();
        golden
            .params()
            .properties()
            .forEach(
                p ->
                    settings.put(
                        p.getKey(),
                        p.getValue().isArray()
                            ? GoldenFile.doubles(p.getValue())
                            : p.getValue().asBoolean()));
        BoundFunction function = bound(rule, settings);
        double[][] logits =
            golden.args().has("P") ? logarithms(golden.matrix("P")) : golden.matrix("logits");
        double[] y = golden.vector("y");
        double[] w = golden.vector("w");
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < y.length; i++) {
          sum += (w == null ? 1 : w[i]) * value(function, logits[i], (int) y[i]);
          weight += w == null ? 1 : w[i];
        }
        assertClose(golden.value().asDouble(), sum / weight, rule + settings);
      }
    }
  }

  private static BoundFunction bound(String function, Map<String, Object> settings) {
    return RowFunctions.named(function).bind(settings);
  }

  private static double value(BoundFunction function, double[] logits, int label) {
    RowStatistics s = RowKernels.get().statistics(logits, 0, logits.length, label);
    return function.needsRow() ? function.apply(Row.of(logits, s)) : function.apply(s);
  }

  private static double[][] logarithms(double[][] probabilities) {
    double[][] logits = new double[probabilities.length][];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = new double[probabilities[i].length];
      for (int k = 0; k < logits[i].length; k++) {
        logits[i][k] = Math.log(probabilities[i][k]);
      }
    }
    return logits;
  }

  /** Sums: 1e-12 of the value; what has cancelled, 1e-12 of what it was cancelled from. */
  private static void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)), what);
  }
}
