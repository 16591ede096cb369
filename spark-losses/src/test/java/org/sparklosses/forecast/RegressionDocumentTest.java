// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The page on forecasts of a number shows what its example prints. */
@ExtendWith(SharedSession.class)
class RegressionDocumentTest {

  private final MarkdownPage page = new MarkdownPage("regression.md");

  @Test
  void examplePrintsWhatThePageShows(SparkSession spark) {
    createTable(spark);
    EvaluationResult result =
        ForecastEvaluation.ofNormal("mu", "sigma")
            .label("y")
            .slice("site")
            .run(spark.table("forecasts"));
    StringBuilder output = new StringBuilder("```text\n");
    for (MetricResult metric : result.overall().metrics()) {
      output.append(metric.name()).append(' ').append(metric.values()).append('\n');
    }
    for (SliceResult slice : result.slices()) {
      output.append(slice.slice()).append(" crps_gaussian ");
      output.append(slice.value("crps_gaussian")).append('\n');
    }
    page.check("output", output.append("```\n").toString());
  }

  private void createTable(SparkSession spark) {
    spark.sql(page.part("table").replace("```sql\n", "").replace("```\n", ""));
  }

  @Test
  void intervalsAndStatesPrintWhatThePageShows(SparkSession spark) {
    createTable(spark);
    ForecastEvaluation evaluation =
        ForecastEvaluation.ofNormal("mu", "sigma").label("y").bootstrap("id");
    EvaluationResult sure = evaluation.run(spark.table("forecasts"));
    StringBuilder intervals = new StringBuilder("```text\n");
    for (MetricResult metric : sure.overall().metrics()) {
      intervals.append(metric.name()).append(' ').append(metric.intervals()).append('\n');
    }
    page.check("intervals", intervals.append("```\n").toString());
    byte[] morning = evaluation.state(spark.table("forecasts").where("id < 120")).toBytes();
    byte[] evening = evaluation.state(spark.table("forecasts").where("id >= 120")).toBytes();
    ForecastEvaluationState day =
        ForecastEvaluationState.of(morning).merge(ForecastEvaluationState.of(evening));
    boolean isSame = day.result().overall().equals(sure.overall());
    assertTrue(isSame);
    page.check(
        "states",
        "```text\n%s\n%s\n%s\n```\n"
            .formatted(
                day.declaration(),
                isSame,
                day.level(0.5).result().interval("crps_gaussian").orElseThrow()));
  }
}
