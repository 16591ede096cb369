package org.sparklosses.forecast;

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
    spark.sql(page.part("table").replace("```sql\n", "").replace("```\n", ""));
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
}
