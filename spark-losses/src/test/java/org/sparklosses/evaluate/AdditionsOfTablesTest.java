// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.SharedSession;

/** Against numpy, scipy and scikit-learn: {@code src/test/python/goldens/additions.py}. */
@ExtendWith(SharedSession.class)
class AdditionsOfTablesTest {

  private final SparkSession spark;

  AdditionsOfTablesTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> classes(JsonNode golden) {
    double[][] z = GoldenFile.matrix(golden.get("logits"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < z.length; i++) {
      rows.add(
          RowFactory.create(
              i, z[i], golden.get("y").get(i).asInt(), golden.get("w").get(i).asDouble()));
    }
    return spark
        .createDataFrame(
            rows, StructType.fromDDL("id int, logits array<double>, label int, w double"))
        .repartition(3);
  }

  @Test
  void perplexityAndItsInterval() {
    for (JsonNode golden : GoldenFile.additions().get("classes")) {
      Evaluation evaluation = Evaluation.ofLogits("logits").weight("w").metrics("perplexity");
      EvaluationResult result = evaluation.standardErrors().run(classes(golden));
      ConfidenceInterval interval = result.interval("perplexity").orElseThrow();
      assertEquals(golden.get("perplexity").asDouble(), result.value("perplexity"), 1e-13);
      assertEquals(golden.get("perplexity_low").asDouble(), interval.low(), 1e-10);
      assertEquals(golden.get("perplexity_high").asDouble(), interval.high(), 1e-10);
      assertEquals(golden.get("perplexity_se").asDouble(), interval.standardError(), 1e-10);
      EvaluationResult resampled =
          Evaluation.ofLogits("logits")
              .weight("w")
              .metrics("perplexity", "log_loss")
              .bootstrap("id")
              .run(classes(golden));
      assertEquals(
          Math.exp(resampled.interval("log_loss").orElseThrow().low()),
          resampled.interval("perplexity").orElseThrow().low(),
          0.05);
    }
  }

  @Test
  void oneClassInSql() {
    JsonNode golden = GoldenFile.additions().get("classes").get(0);
    classes(golden).createOrReplaceTempView("classes");
    double f1 =
        spark
            .sql(
                "SELECT evaluation_metric(evaluation_state(logits, label, w, 'metrics=f1'),"
                    + " 'f1(class=2)') FROM classes")
            .head()
            .getDouble(0);
    assertEquals(golden.get("f1").get(2).asDouble(), f1, 1e-14);
  }

  @Test
  void pointForecasts() {
    JsonNode golden = GoldenFile.additions().get("forecast").get(1);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < golden.get("y").size(); i++) {
      rows.add(
          RowFactory.create(
              golden.get("forecast").get(i).asDouble(),
              golden.get("y").get(i).asDouble(),
              golden.get("w").get(i).asDouble(),
              i % 2));
    }
    Dataset<Row> table =
        spark.createDataFrame(rows, StructType.fromDDL("f double, y double, w double, half int"));
    EvaluationResult result =
        ForecastEvaluation.ofPoint("f").label("y").weight("w").slice("half").run(table);
    for (String name : List.of("rmse", "mae", "r2")) {
      assertEquals(golden.get(name).asDouble(), result.value(name), 1e-13, name);
    }
    assertEquals(2, result.slices().size());
  }

  /** Of more scores than are kept apart: the second pass gives what the bound allows. */
  @Test
  void rankingsOfManyScores() {
    Dataset<Row> table =
        spark
            .range(0, 30_000, 1, 3)
            .selectExpr(
                "array(1 - (id + 1) / 30001D, (id + 1) / 30001D) AS p",
                "CAST(pmod(hash(id), 30000) < id AS INT) AS label");
    for (String name :
        List.of(
            "rank_correlation",
            "rank_correlation(kind=kendall)",
            "equal_error_rate",
            "tpr_at_fpr")) {
      String exact =
          name.endsWith(")") ? name.replace(")", ", method=exact)") : name + "(method=exact)";
      EvaluationResult result = Evaluation.ofProbabilities("p").metrics(name, exact).run(table);
      Map<String, Double> onCells = result.overall().metrics().get(0).values();
      double value = result.overall().metrics().get(1).value();
      assertTrue(onCells.get("error_bound") > 0, name);
      assertEquals(value, onCells.get("value"), onCells.get("error_bound"), name);
      assertTrue(onCells.get("error_bound") < 1e-2, name + " " + onCells);
    }
  }
}
