// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Ranking, selective prediction and confusion figures against their expected values. */
class RankingGoldenTest {

  private static final double TOLERANCE = 1e-12;
  private static final int[] STRETCHES = {1, 2, 7};
  private static final int ALL_POINTS = Integer.MAX_VALUE;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> NAMES =
      Set.of(
          "roc_auc",
          "gini",
          "ks_statistic",
          "average_precision",
          "pr_auc_trapezoid",
          "fpr_at_tpr",
          "detection_error",
          "lift",
          "binned_auc",
          "binned_average_precision",
          "delong",
          "risk_coverage",
          "aurc",
          "coverage_at_risk",
          "risk_at_coverage",
          "roc_auc_multiclass",
          "confusion_matrix",
          "classification_report");

  @TestFactory
  Stream<DynamicTest> goldens() throws IOException {
    return cases().stream()
        .flatMap(
            file ->
                golden(file).stream()
                    .map(
                        golden ->
                            dynamicTest(
                                file.path("case").asText() + " " + call(golden),
                                () -> check(golden, file.path("inputs")))));
  }

  /** What scikit-learn and roc_comparison give on real sets. */
  @TestFactory
  Stream<DynamicTest> peers() throws IOException {
    JsonNode sets;
    try (InputStream in =
        RankingGoldenTest.class.getResourceAsStream("/golden/calibration_real_peers.json")) {
      sets = JSON.readTree(in);
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode file : cases()) {
      for (JsonNode peer : sets.path(file.path("case").asText()).path("values")) {
        String name = peer.path("name").asText();
        String metric = name.replaceFirst("\\..*", "");
        if (NAMES.contains(metric)) {
          tests.add(
              dynamicTest(
                  file.path("case").asText() + " " + name + peer.path("params"),
                  () -> checkPeer(metric, name, peer, file.path("inputs"))));
        }
      }
    }
    assertEquals(46, tests.size());
    return tests.stream();
  }

  private static void checkPeer(String metric, String name, JsonNode peer, JsonNode inputs) {
    JsonNode args =
        JSON.valueToTree(
            inputs.has("p") ? Map.of("s", "p", "y", "y") : Map.of("P", "probs", "y", "y"));
    double expected = peer.path("value").asDouble();
    double tolerance = peer.path("tol").asDouble();
    Call call = new Call(args, peer.path("params"), inputs);
    if (metric.equals("delong")) {
      double variance = new Placements(call.atoms("s", "y")).variance();
      assertEquals(expected, variance, tolerance * expected);
      return;
    }
    Map<String, Object> parts =
        metric.equals("classification_report")
            ? Map.copyOf(ConfusionMatrix.of(call.confusion()).report(1))
            : parts(metric, call, 1);
    String part = name.contains(".") ? name.substring(name.indexOf('.') + 1) : "";
    assertEquals(expected, (Double) parts.get(part), tolerance);
  }

  /** The test would pass if the files were empty. */
  @Test
  void everyNameIsExpectedSomewhere() throws IOException {
    Set<String> found = new HashSet<>();
    int count = 0;
    for (JsonNode file : cases()) {
      for (JsonNode golden : golden(file)) {
        found.add(golden.path("name").asText());
        count++;
      }
    }
    assertEquals(NAMES, found);
    assertTrue(count >= 558, "expected values: " + count);
  }

  private static String call(JsonNode golden) {
    return golden.path("name").asText() + golden.path("args") + golden.path("params");
  }

  private static List<JsonNode> golden(JsonNode file) {
    List<JsonNode> goldens = new ArrayList<>();
    for (JsonNode golden : file.path("golden")) {
      if (NAMES.contains(golden.path("name").asText())) {
        goldens.add(golden);
      }
    }
    return goldens;
  }

  private static List<JsonNode> cases() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of(RankingGoldenTest.class.getResource("/golden/calibration").toURI()))) {
      return files.sorted().map(RankingGoldenTest::read).toList();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(JsonNode golden, JsonNode inputs) {
    Call call = new Call(golden.path("args"), golden.path("params"), inputs);
    JsonNode expected = golden.path("value");
    String name = golden.path("name").asText();
    for (int stretches : STRETCHES) {
      for (Map.Entry<String, Object> part : parts(name, call, stretches).entrySet()) {
        JsonNode value = part.getKey().isEmpty() ? expected : expected.path(part.getKey());
        assertSame(value, part.getValue(), call(golden) + " " + part.getKey());
      }
    }
  }

  private static void assertSame(JsonNode expected, Object actual, String what) {
    if (actual instanceof double[][] rows) {
      assertEquals(expected.size(), rows.length, what);
      for (int i = 0; i < rows.length; i++) {
        assertSame(expected.get(i), rows[i], what);
      }
    } else if (actual instanceof double[] values) {
      assertEquals(expected.size(), values.length, what);
      for (int i = 0; i < values.length; i++) {
        assertSame(expected.get(i), values[i], what);
      }
    } else {
      double value = number(expected);
      if (Double.isNaN(value)) {
        assertEquals(value, actual, what);
      } else {
        assertEquals(value, (Double) actual, TOLERANCE * Math.max(1, Math.abs(value)), what);
      }
    }
  }

  private static double number(JsonNode node) {
    assertTrue(node.isNumber() || node.isTextual(), "not a number: " + node);
    return node.isNumber() ? node.asDouble() : Double.parseDouble(node.asText());
  }

  /** What is compared with the parts of the expected value; with the value itself if "". */
  private static Map<String, Object> parts(String name, Call call, int stretches) {
    return switch (name) {
      case "delong" -> delong(call);
      case "risk_coverage" -> riskCoverage(call.atoms("conf", "loss"));
      case "confusion_matrix" -> Map.of("", call.confusion());
      case "classification_report" ->
          Map.copyOf(ConfusionMatrix.of(call.confusion()).report(call.number("beta")));
      case "roc_auc_multiclass" -> Map.of("", call.multiclassAuc());
      case "aurc" -> aurc(Stretches.scan(new Aurc(), call.atoms("conf", "loss"), stretches));
      case "coverage_at_risk", "risk_at_coverage" ->
          value(Stretches.scan(scan(name, call), call.atoms("conf", "loss"), stretches));
      case "binned_auc" -> {
        Map<String, Double> auc = Stretches.scan(new RocAuc(), call.cells(), stretches);
        yield Map.of("auc", auc.get("value"), "bound", auc.get("error_bound"));
      }
      case "binned_average_precision" -> {
        Map<String, Double> ap = Stretches.scan(new AveragePrecision(), call.cells(), stretches);
        yield Map.of("value", ap.get("value"), "low", ap.get("low"), "high", ap.get("high"));
      }
      default -> value(Stretches.scan(scan(name, call), call.atoms("s", "y"), stretches));
    };
  }

  private static Scan scan(String name, Call call) {
    return switch (name) {
      case "roc_auc" ->
          new RocAuc(
              call.has("max_fpr") ? call.number("max_fpr") : 1,
              call.params.path("standardized").asBoolean(true));
      case "gini" -> new Gini();
      case "ks_statistic" -> new KsStatistic();
      case "average_precision" -> new AveragePrecision();
      case "pr_auc_trapezoid" -> new PrAucTrapezoid();
      case "fpr_at_tpr" -> new FprAtTpr(call.has("tpr") ? call.number("tpr") : 0.95);
      case "detection_error" ->
          call.has("tpr") ? new DetectionErrorAtTpr(call.number("tpr")) : new DetectionError();
      case "lift" -> new Lift(call.number("fraction"));
      case "coverage_at_risk" -> new CoverageAtRisk(call.number("risk"));
      case "risk_at_coverage" -> new RiskAtCoverage(call.number("coverage"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The value; that of an exact distribution is certain. */
  private static Map<String, Object> value(Map<String, Double> parts) {
    double value = parts.get("value");
    assertEquals(Double.isNaN(value) ? Double.NaN : 0, parts.get("error_bound"), TOLERANCE);
    return Map.of("", value);
  }

  private static Map<String, Object> aurc(Map<String, Double> parts) {
    Map<String, Object> compared = new LinkedHashMap<>(parts);
    for (String area : List.of("step", "trapezoid", "augrc")) {
      assertEquals(0.0, compared.remove(area + "_error_bound"));
    }
    return compared;
  }

  private static Map<String, Object> riskCoverage(Atoms atoms) {
    Curve risk = Curve.riskCoverage(atoms, ALL_POINTS);
    Curve generalized = Curve.generalizedRiskCoverage(atoms, ALL_POINTS);
    return Map.of(
        "coverage", risk.x(),
        "selective_risk", risk.y(),
        "generalized_risk", generalized.y(),
        "threshold", risk.threshold());
  }

  private static Map<String, Object> delong(Call call) {
    DeLong result = DeLong.of(call.matrix("S"), call.vector("y"), call.weight());
    double z = result.z(0, 1);
    return Map.of(
        "auc", result.auc(),
        "cov", result.covariance(),
        "z", z,
        "p_value", Erf.erfc(Math.abs(z) / Math.sqrt(2)));
  }

  /** The arguments of one call. */
  private record Call(JsonNode args, JsonNode params, JsonNode inputs) {

    boolean has(String parameter) {
      return params.has(parameter);
    }

    double number(String parameter) {
      return RankingGoldenTest.number(params.path(parameter));
    }

    double[] vector(String argument) {
      return vectorOf(inputs.path(args.path(argument).asText()));
    }

    double[][] matrix(String argument) {
      JsonNode rows = inputs.path(args.path(argument).asText());
      double[][] matrix = new double[rows.size()][];
      Arrays.setAll(matrix, i -> vectorOf(rows.get(i)));
      return matrix;
    }

    private static double[] vectorOf(JsonNode node) {
      double[] values = new double[node.size()];
      Arrays.setAll(values, i -> RankingGoldenTest.number(node.get(i)));
      return values;
    }

    double[] weight() {
      return args.has("w") ? vector("w") : null;
    }

    Atoms atoms(String score, String outcome) {
      return Atoms.of(vector(score), vector(outcome), weight());
    }

    Atoms cells() {
      int bins = (int) number("n_bins");
      return Atoms.inCells(
          vector("s"),
          vector("y"),
          weight(),
          s -> (int) Math.max(0, Math.min(bins - 1, Math.floor(s * bins))));
    }

    double[][] confusion() {
      double[][] probabilities = matrix("P");
      double[] label = vector("y");
      double[] weight = weight();
      int classes = probabilities[0].length;
      double[][] matrix = new double[classes][classes];
      for (int i = 0; i < label.length; i++) {
        int predicted = 0;
        for (int k = 1; k < classes; k++) {
          predicted = probabilities[i][k] > probabilities[i][predicted] ? k : predicted;
        }
        matrix[(int) label[i]][predicted] += weight == null ? 1 : weight[i];
      }
      return matrix;
    }

    double multiclassAuc() {
      double[][] probabilities = matrix("P");
      double[] label = vector("y");
      int classes = probabilities[0].length;
      String average = params.path("average").asText();
      if (params.path("multi_class").asText().equals("ovo")) {
        List<Scanned> pairs = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
          for (int j = 0; j < classes; j++) {
            pairs.add(area(ofClass(probabilities, label, i, new HashSet<>(List.of(i, j)))));
          }
        }
        return MulticlassAuc.oneVersusOne(pairs, averaging(average)).get("value");
      }
      Set<Integer> all = Set.copyOf(IntStream.range(0, classes).boxed().toList());
      List<Atoms> ofClass =
          IntStream.range(0, classes).mapToObj(k -> ofClass(probabilities, label, k, all)).toList();
      return average.equals("micro")
          ? new RocAuc().of(Atoms.union(ofClass)).get("value")
          : MulticlassAuc.oneVersusRest(
                  ofClass.stream().map(Call::area).toList(), averaging(average))
              .get("value");
    }

    private static Scanned area(Atoms atoms) {
      return Scanned.of(new RocAuc(), atoms);
    }

    private static MulticlassAuc.Averaging averaging(String name) {
      return name.equals("macro")
          ? MulticlassAuc.Averaging.MACRO
          : MulticlassAuc.Averaging.WEIGHTED;
    }

    private Atoms ofClass(
        double[][] probabilities, double[] label, int k, Collection<Integer> among) {
      double[] weight = weight();
      int[] rows =
          IntStream.range(0, label.length).filter(i -> among.contains((int) label[i])).toArray();
      return Atoms.of(
          Arrays.stream(rows).mapToDouble(i -> probabilities[i][k]).toArray(),
          Arrays.stream(rows).mapToDouble(i -> label[i] == k ? 1 : 0).toArray(),
          Arrays.stream(rows).mapToDouble(i -> weight == null ? 1 : weight[i]).toArray());
    }
  }
}
