// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.conformal.ConformityScores;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.metric.Compat;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The names on the page of other tools are there, and some values are those of the others. */
@ExtendWith(SharedSession.class)
class NamesDocumentTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| (.+?) \\| (.+?) \\|(.*)\\|$", Pattern.MULTILINE);

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static final Pattern FORECAST =
      Pattern.compile("`ForecastEvaluation\\.(\\w+)` (`\\w+`(?:, `\\w+`)*)");

  private static final Pattern KIND =
      Pattern.compile("\\((function|calibrator|score|Java|SQL|setting)\\)");

  private final MarkdownPage page = new MarkdownPage("names.md");

  private final SparkSession spark;

  NamesDocumentTest(SparkSession spark) {
    this.spark = spark;
  }

  private List<String[]> rows(String part) {
    List<String[]> rows = new ArrayList<>();
    Matcher row = ROW.matcher(page.part(part));
    while (row.find()) {
      if (row.group(1).contains("`") || row.group(2).contains("`")) {
        rows.add(new String[] {row.group(1), row.group(2), row.group(3)});
      }
    }
    return rows;
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mllib",
        "sklearn",
        "torchmetrics",
        "netcal",
        "tfma",
        "pytorch",
        "conformal",
        "toolbox"
      })
  void oursAreThere(String part) {
    List<String[]> rows = rows(part);
    assertTrue(rows.size() >= 6, part);
    for (String[] row : rows) {
      String cell = row[1];
      assertTrue(cell.contains("`"), () -> Arrays.toString(row));
      Matcher forecast = FORECAST.matcher(cell);
      if (forecast.find()) {
        Set<String> known = forecastMetrics(forecast.group(1));
        assertTrue(known.containsAll(codes(forecast.group(2))), () -> known + " of " + cell);
        continue;
      }
      Matcher kind = KIND.matcher(cell);
      String what = kind.find() ? kind.group(1) : "metric";
      codes(cell).forEach(name -> assertExists(what, name));
      for (String code : codes(row[2])) {
        if (code.matches("set[A-Z]\\w*")) {
          assertTrue(setters(codes(cell)).contains(code), () -> code + " of " + cell);
        }
      }
    }
  }

  private static Set<String> setters(List<String> stages) {
    return stages.stream()
        .flatMap(stage -> Arrays.stream(stage(stage).getMethods()))
        .map(method -> method.getName())
        .collect(Collectors.toSet());
  }

  private static Class<?> stage(String name) {
    return assertDoesNotThrow(() -> Class.forName("org.sparklosses.ml." + name));
  }

  private void assertExists(String what, String name) {
    switch (what) {
      case "metric" -> assertDoesNotThrow(() -> Metrics.bind(MetricSpec.parse(name)), name);
      case "function" -> assertTrue(RowFunctions.find(name).isPresent(), name);
      case "calibrator" ->
          assertTrue(ClassCalibrators.all().stream().anyMatch(c -> c.name().equals(name)), name);
      case "score" ->
          assertTrue(ConformityScores.all().stream().anyMatch(s -> s.name().equals(name)), name);
      case "SQL" -> assertTrue(spark.catalog().functionExists(name), name);
      case "setting" ->
          assertTrue(
              RowFunctions.find("cross_entropy_loss").orElseThrow().parameters().stream()
                  .anyMatch(parameter -> parameter.name().equals(name)),
              name);
      default -> stage(name);
    }
  }

  private Set<String> forecastMetrics(String kind) {
    Dataset<Row> table = spark.range(9).selectExpr("double(id) AS y", "1D AS s", "id + 3D AS h");
    ForecastEvaluation evaluation =
        switch (kind) {
          case "ofPoint" -> ForecastEvaluation.ofPoint("s");
          case "ofNormal" -> ForecastEvaluation.ofNormal("y", "s");
          case "ofInterval" -> ForecastEvaluation.ofInterval("y", "h", 0.1);
          default -> throw new IllegalArgumentException(kind);
        };
    return evaluation.label("y").run(table).overall().metrics().stream()
        .map(metric -> metric.name())
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void namesOfMllibAreThere() {
    int checked = 0;
    for (String[] row : rows("mllib")) {
      List<String> names = codes(row[0]);
      switch (names.get(0)) {
        case "MulticlassClassificationEvaluator" ->
            new MulticlassClassificationEvaluator().setMetricName(names.get(1));
        case "BinaryClassificationEvaluator" ->
            new BinaryClassificationEvaluator().setMetricName(names.get(1));
        case "RegressionEvaluator" -> new RegressionEvaluator().setMetricName(names.get(1));
        default -> checked--;
      }
      checked++;
    }
    assertEquals(12, checked);
  }

  @Test
  void conventionsAreThoseOfCompat() {
    List<String[]> rows = new ArrayList<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\d+) \\| (\\w+)[^|]*\\|([^|]*)\\| (\\w+)")
            .matcher(page.part("compat"));
    while (row.find()) {
      rows.add(new String[] {row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)});
    }
    assertEquals(
        Arrays.stream(Compat.values())
            .map(c -> c.name().toLowerCase(java.util.Locale.ROOT))
            .toList(),
        rows.stream().map(r -> r[0]).toList());
    for (String[] r : rows) {
      Compat compat = Compat.of(r[0]);
      Map<String, String> ece = compat.of(MetricSpec.parse("ece")).parameters();
      assertEquals(r[1], ece.getOrDefault("n_bins", "15"));
      assertTrue(ece.getOrDefault("side", "right").matches(r[2] + "|" + r[0]), ece.toString());
      String brier =
          compat.of(MetricSpec.parse("brier")).parameters().getOrDefault("reduction", "sum");
      assertEquals(brier.equals("auto"), r[3].contains("halved"));
      assertEquals(
          r[4],
          compat.of(MetricSpec.parse("precision")).parameters().getOrDefault("average", "macro"));
    }
  }

  /**
   * What scikit-learn 1.9.1, TorchMetrics 1.9.0 and torch 2.15 give for the sample, of softmax and
   * logits in double precision. TorchMetrics computes the last three in float.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sklearn | log_loss | 0.12589204266745052 | 1e-12",
        "sklearn | brier | 0.05148910027316066 | 1e-12",
        "sklearn | accuracy | 0.9675625579240037 | 1e-12",
        "sklearn | balanced_accuracy | 0.9674229378247043 | 1e-12",
        "sklearn | top_k_accuracy(k=3) | 0.9925857275254866 | 1e-12",
        "sklearn | mcc | 0.9639820726114313 | 1e-12",
        "sklearn | cohen_kappa | 0.9639572316023451 | 1e-12",
        "sklearn | f_beta | 0.9674856638284126 | 1e-12",
        "mllib | f_beta | 0.967604969716423 | 1e-12",
        "sklearn | roc_auc_multiclass(multi_class=ovr) | 0.9983139064907156 | 1e-12",
        "sklearn | roc_auc_multiclass(multi_class=ovo) | 0.9983097116045138 | 1e-12",
        "torchmetrics | perplexity | 1.1341597208154486 | 1e-12",
        "torchmetrics | cross_entropy_loss(label_smoothing=0.1) | 1.0859806514571004 | 1e-12",
        "torchmetrics | cross_entropy_loss(weight=1;2;3;4;5;6;7;8;9;10, average=weights)"
            + " | 0.14249319468953084 | 1e-12",
        "torchmetrics | ece | 0.013405675999820232 | 1e-6",
        "torchmetrics | ece(norm=max) | 0.4427494406700134 | 1e-6",
        "torchmetrics | balanced_accuracy | 0.9674230217933655 | 1e-6",
      })
  void valuesAreThoseOfTheOthers(String library, String metric, double value, double tolerance) {
    Dataset<Row> digits =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("sample/digits.csv")
            .selectExpr(
                "label",
                "array(logit_0, logit_1, logit_2, logit_3, logit_4, logit_5, logit_6, logit_7,"
                    + " logit_8, logit_9) AS logits");
    EvaluationResult result =
        Evaluation.ofLogits("logits").metrics(metric).compat(library).run(digits);
    assertEquals(
        value, result.overall().metrics().get(0).values().values().iterator().next(), tolerance);
  }
}
