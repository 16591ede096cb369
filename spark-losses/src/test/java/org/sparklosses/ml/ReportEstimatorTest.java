// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.HtmlReport;
import org.sparklosses.report.JsonReport;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class ReportEstimatorTest {

  private final Dataset<Row> table;

  ReportEstimatorTest(SparkSession spark) {
    table =
        spark.sql(
            "SELECT array(id % 7 / 3D, id % 5 / 2D) AS logits, id % 2 AS label FROM range(60)");
  }

  /** The texts that a model gives as a table. */
  private static Map<String, String> texts(Dataset<Row> pieces) {
    Map<String, String> texts = new HashMap<>();
    for (Row piece : pieces.orderBy("document", "piece").collectAsList()) {
      texts.merge(piece.getString(0), piece.getString(2), String::concat);
    }
    return texts;
  }

  @Test
  void givesTheTextsOfTheResult() {
    EvaluationResult expected = Evaluation.ofLogits("logits").metrics("log_loss", "ece").run(table);
    ReportModel model =
        new ReportEstimator()
            .setKind("evaluation")
            .setSpec("{\"logits\": \"logits\", \"metrics\": [\"log_loss\", \"ece\"]}")
            .fit(table);
    assertEquals(JsonReport.of(expected), model.getJson());
    assertEquals(HtmlReport.of(expected, "predictions"), model.getHtml());
    assertEquals(ConsoleReport.of(expected), model.getConsole());
    Dataset<Row> pieces = model.transform(table.sparkSession().range(1));
    assertEquals(ReportModel.SCHEMA, pieces.schema());
    assertEquals(
        Map.of("json", model.getJson(), "html", model.getHtml(), "console", model.getConsole()),
        texts(pieces));
  }

  @Test
  void textsOfAnyLengthPassInPieces() {
    String text = "a\ud83d\ude00".repeat(ReportModel.PIECE);
    ReportModel model = new ReportModel().setJson(text).setHtml("").setConsole("\u00e9");
    Dataset<Row> pieces = model.transform(table);
    assertTrue(pieces.count() >= 4);
    assertEquals(Map.of("json", text, "console", "\u00e9"), texts(pieces));
    assertEquals(List.of("ab", "\ud83d\ude00", "c"), ReportModel.pieces("ab\ud83d\ude00c", 2));
    assertEquals(List.of("a", "\ud83d\ude00"), ReportModel.pieces("a\ud83d\ude00", 2));
  }

  @Test
  void isSavedAndLoaded(@TempDir Path folder) throws IOException {
    ReportEstimator estimator =
        new ReportEstimator().setKind("forecast").setSpec("{\"point\": \"label\"}");
    estimator.write().save(folder.resolve("estimator").toString());
    ReportEstimator loaded = ReportEstimator.load(folder.resolve("estimator").toString());
    assertEquals("forecast", loaded.getKind());
    assertEquals(estimator.getSpec(), loaded.getSpec());
    ReportModel model = loaded.fit(table);
    model.write().save(folder.resolve("model").toString());
    ReportModel read = ReportModel.load(folder.resolve("model").toString());
    assertEquals(texts(model.transform(table)), texts(read.transform(table)));
    assertEquals(
        texts(model.transform(table)), texts(model.copy(ParamMap.empty()).transform(table)));
  }

  /** Spark Connect's server finds estimators, and models that it has put aside, so. */
  @Test
  void isFoundByName() {
    assertTrue(isFound(Estimator.class, ReportEstimator.class));
    assertTrue(isFound(Transformer.class, ReportModel.class));
  }

  private static boolean isFound(Class<?> kind, Class<?> type) {
    return ServiceLoader.load(kind).stream().anyMatch(found -> found.type() == type);
  }

  @Test
  void refusesInOneLine() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ReportEstimator().setSpec("{\"logit\": \"logits\"}").fit(table));
    assertEquals(
        "evaluation: unknown parameter 'logit'; did you mean 'logits'?", refusal.getMessage());
  }
}
