// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.report.ComparisonConsole;
import org.sparklosses.report.ComparisonJson;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.JsonReport;
import org.sparklosses.table.Policy;

/**
 * What is run from Python and what the builders give of the same: for each run the keywords of
 * Python and the result.
 */
final class PythonRuns {

  private final SparkSession spark;
  private final Path folder;
  private final List<Map<String, Object>> runs = new ArrayList<>();

  private PythonRuns(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Writes tables {@code rows} and {@code second}, {@code runs.json} and {@code values.json}. */
  static void write(SparkSession spark, Path folder) throws IOException {
    PythonRuns runs = new PythonRuns(spark, folder);
    runs.write();
  }

  private void write() throws IOException {
    // Texts that are numbers to others, that break paths and pages, and NULL.
    spark
        .sql(
            "SELECT id, array(id % 7 / 3D, id % 5 / 2D, id % 3 / 1D) AS logits, array(id % 7 / 4D,"
                + " id % 5 / 1D, id % 3 / 2D) AS other, int(id % 3) AS label, 1 + id % 2 AS w,"
                + " element_at(array('NaN', 'a/b', '\u00dcn\u00efcode \u4e2d <i>', NULL), int(id %"
                + " 4) + 1) AS land, IF(id % 4 = 0, NULL, id % 2) AS device, id % 11 / 1D AS y, id"
                + " % 9 / 1D AS mu, 1.5D AS sigma, array(id % 4 / 1D, id % 4 + 5D) AS span FROM"
                + " range(200)")
        .coalesce(1)
        .write()
        .parquet(path("rows"));
    Dataset<Row> rows = spark.read().parquet(path("rows"));
    rows.where("id >= 20").selectExpr("id", "other").coalesce(1).write().parquet(path("second"));
    evaluations(rows);
    comparisons(rows);
    forecasts(rows);
    JsonFiles.write(folder.resolve("runs.json"), runs);
    rows.createOrReplaceTempView("python_rows");
    Row values =
        spark
            .sql(
                "SELECT avg(focal_loss(logits, label, gamma => 3)),"
                    + " evaluation_metric(state, 'log_loss'), evaluation_metric(state, 'ece(n_bins=10)')"
                    + " FROM (SELECT logits, label FROM python_rows) CROSS JOIN (SELECT"
                    + " evaluation_state(logits, label, 'metrics=log_loss, ece(n_bins=10)')"
                    + " AS state FROM python_rows) GROUP BY state")
            .head();
    JsonFiles.write(
        folder.resolve("values.json"),
        Map.of(
            "focal_loss", values.getDouble(0),
            "log_loss", values.getDouble(1),
            "ece", values.getDouble(2),
            "mean_focal_loss",
                Evaluation.ofLogits("logits")
                    .metrics("focal_loss(gamma=3)")
                    .run(rows)
                    .value("focal_loss")));
  }

  private String path(String table) {
    return folder.resolve(table).toString();
  }

  private void evaluations(Dataset<Row> rows) {
    evaluation(Evaluation.ofLogits("logits").run(rows), settings("logits", "logits"));
    evaluation(
        Evaluation.ofLogits("logits")
            .weight("w")
            .slice("land")
            .slice("land", "device")
            .metrics("log_loss", "ece(n_bins=10)", "roc_auc(of=top_label)", "cox_calibration")
            .bootstrap("id")
            .replicates(50)
            .seed(7)
            .level(0.9)
            .run(rows),
        settings(
            "logits",
            "logits",
            "weight",
            "w",
            "slices",
            List.of("land", List.of("land", "device")),
            "metrics",
            List.of("log_loss", "ece(n_bins=10)", "roc_auc(of=top_label)", "cox_calibration"),
            "bootstrap",
            "id",
            "replicates",
            50,
            "seed",
            7,
            "level",
            0.9));
    Gate gate = Gate.parse("slice(device): brier.ci_high < 0.5");
    Evaluation named =
        Evaluation.ofLogits("logits")
            .key("id")
            .figures()
            .classNames("a", "NaN", "\u4e2d")
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .ignoreIndex(-1)
            .sliceLimit(50)
            .cluster("w")
            .compat("netcal")
            .forGate(gate);
    evaluation(
        named.run(rows).check(List.of(gate)).withoutBins(),
        settings(
            "logits",
            "logits",
            "key",
            "id",
            "figures",
            true,
            "class_names",
            List.of("a", "NaN", "\u4e2d"),
            "policies",
            Map.of("null_label", "drop"),
            "ignore_index",
            -1,
            "slice_limit",
            50,
            "cluster",
            "w",
            "compat",
            "netcal",
            "gates",
            "slice(device): brier.ci_high < 0.5",
            "bins",
            false));
    evaluation(
        Evaluation.ofProbabilities("mu")
            .label("land")
            .positive("NaN")
            .standardErrors()
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .policy(InputCheck.NOT_NORMALISED, Policy.DROP)
            .run(rows),
        settings(
            "probabilities", "mu",
            "label", "land",
            "positive", "NaN",
            "standard_errors", true,
            "policies", Map.of("null_label", "drop", "not_normalised", "drop")));
    evaluation(
        Evaluation.ofProbabilities("logits")
            .renormalise()
            .classes(3)
            .metrics(spark.sql("SELECT array(1D, 2D, 3D) AS weight"), "cross_entropy_loss")
            .policy(InputCheck.NOT_NORMALISED, Policy.DROP)
            .run(rows),
        settings(
            "probabilities",
            "logits",
            "renormalise",
            true,
            "classes",
            3,
            "metrics",
            "cross_entropy_loss",
            "settings",
            "SELECT array(1D, 2D, 3D) AS weight",
            "policies",
            Map.of("not_normalised", "drop")));
  }

  private void comparisons(Dataset<Row> rows) {
    Evaluation judged = Evaluation.ofLogits("logits");
    comparison(
        Comparison.of("old", judged).model("n\u00e9w", "other").run(rows),
        settings("logits", models("old", "logits", "n\u00e9w", "other")));
    comparison(
        Comparison.of("old", judged.slice("land").metrics("log_loss", "ece").bootstrap("id"))
            .model("NaN", "other")
            .model("slice", "logits")
            .run(rows),
        settings(
            "logits",
            models("old", "logits", "NaN", "other", "slice", "logits"),
            "slices",
            "land",
            "metrics",
            List.of("log_loss", "ece"),
            "bootstrap",
            "id"));
    Map<String, Object> two =
        comparison(
            Comparison.of("old", judged.key("id"))
                .model("new", "other")
                .run(rows.drop("other"), spark.read().parquet(path("second")))
                .withoutBins(),
            settings(
                "logits", models("old", "logits", "new", "other"), "key", "id", "bins", false));
    two.put("second", "second");
    two.put("table", "first");
    rows.drop("other").coalesce(1).write().parquet(path("first"));
  }

  private void forecasts(Dataset<Row> rows) {
    forecast(ForecastEvaluation.ofPoint("mu"), rows, "point", "mu");
    forecast(ForecastEvaluation.ofNormal("mu", "sigma"), rows, "mean", "mu", "sigma", "sigma");
    forecast(
        ForecastEvaluation.ofInterval("mu", "id", 0.1).policy(InputCheck.NULL_LABEL, Policy.DROP),
        rows.where("id >= mu"),
        "low",
        "mu",
        "high",
        "id",
        "alpha",
        0.1,
        "policies",
        Map.of("null_label", "drop"));
    forecast(
        ForecastEvaluation.ofQuantiles("span", 0.25, 0.75).slice("land").bootstrap("id").seed(3),
        rows,
        "quantiles",
        "span",
        "levels",
        List.of(0.25, 0.75),
        "slices",
        "land",
        "bootstrap",
        "id",
        "seed",
        3);
    forecast(
        ForecastEvaluation.ofEnsemble("span").weight("w").standardErrors().level(0.8),
        rows,
        "ensemble",
        "span",
        "weight",
        "w",
        "standard_errors",
        true,
        "level",
        0.8);
  }

  private void forecast(ForecastEvaluation builder, Dataset<Row> rows, Object... settings) {
    Map<String, Object> all = settings(settings);
    all.put("label", "y");
    EvaluationResult result = builder.label("y").run(rows);
    add("forecast", all, JsonReport.of(result), ConsoleReport.of(result));
  }

  private void evaluation(EvaluationResult result, Map<String, Object> settings) {
    add("evaluation", settings, JsonReport.of(result), ConsoleReport.of(result));
  }

  private Map<String, Object> comparison(ComparisonResult result, Map<String, Object> settings) {
    return add("comparison", settings, ComparisonJson.of(result), ComparisonConsole.of(result));
  }

  private Map<String, Object> add(
      String kind, Map<String, Object> settings, String json, String console) {
    Map<String, Object> run = settings("kind", kind, "table", "rows", "settings", settings);
    run.put("json", json);
    run.put("console", console);
    runs.add(run);
    return run;
  }

  private static Map<String, Object> models(Object... namesAndColumns) {
    return settings(namesAndColumns);
  }

  private static Map<String, Object> settings(Object... namesAndValues) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }
}
