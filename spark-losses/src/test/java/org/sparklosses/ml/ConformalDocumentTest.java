// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.conformal.ConformityScore;
import org.sparklosses.conformal.ConformityScores;
import org.sparklosses.conformal.CoverageRange;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The tables on the page of conformal prediction. */
@ExtendWith(SharedSession.class)
class ConformalDocumentTest {

  @Test
  void scores() {
    StringBuilder table =
        new StringBuilder(
            "| score | what | of class k | settings | source |\n|---|---|---|---|---|\n");
    for (ConformityScore score : ConformityScores.all()) {
      table.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  score.name(),
                  score.summary(),
                  score.formula().replace("|", "\\|"),
                  score.parameters().stream()
                      .map(p -> "`%s` = %s, %s".formatted(p.name(), p.defaultValue(), p.meaning()))
                      .collect(Collectors.joining("; ")),
                  score.source()));
    }
    new MarkdownPage("conformal.md").check("scores", table.toString());
  }

  @Test
  void example(SparkSession spark) {
    String logits =
        IntStream.range(0, 10).mapToObj(k -> "logit_" + k).collect(Collectors.joining(", "));
    Dataset<Row> digits =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("../jobs/sample/digits.csv")
            .selectExpr(
                "split",
                "label",
                "array(%s) AS logits".formatted(logits),
                "monotonically_increasing_id() AS id")
            .cache();
    Dataset<Row> calibration = digits.where("split = 'calibration'");
    Dataset<Row> others = digits.where("split != 'calibration'");
    assertEquals(540, calibration.count());
    StringBuilder table =
        new StringBuilder(
            "| score | threshold | coverage | 95% interval | mean size | empty | of one class |"
                + " least coverage of a class |\n"
                + "|---|---|---|---|---|---|---|---|\n");
    for (ConformityScore score : ConformityScores.all()) {
      ConformalClassifierModel model =
          new ConformalClassifier()
              .setRawPredictionCol("logits")
              .setScore(score.name())
              .setKeyCol("id")
              .setAlphas(0.05)
              .fit(calibration);
      ConformalReport report =
          new ConformalEvaluator().setAlpha(0.05).report(model.transform(others));
      table.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %.5f | %.3f | %.3f to %.3f | %.3f | %.3f | %.3f | %.3f |\n",
              score.name(),
              model.thresholdsByGroup().get("")[0],
              report.sets().coverage(),
              report.interval().low(),
              report.interval().high(),
              report.sets().meanSize(),
              report.sets().emptyRate(),
              report.sets().singletonRate(),
              report.sets().minClassCoverage()));
    }
    digits.unpersist();
    new MarkdownPage("conformal.md").check("example", table.toString());
  }

  /** What the page says to expect of 1,000 rows. */
  @Test
  void expectedCoverage() {
    CoverageRange range = CoverageRange.of(1000, 0.1, 0.95);
    assertEquals(0.881, range.interval().low(), 5e-4);
    assertEquals(0.918, range.interval().high(), 5e-4);
  }
}
