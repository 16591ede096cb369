// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.compare.Comparison;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.ml.LossEvaluator;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/**
 * Weights so large or small that their sums would be lost are refused wherever there are weights.
 */
@ExtendWith(SharedSession.class)
class WeightRangeTest {

  private final SparkSession spark;

  WeightRangeTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table(double weight) {
    return spark
        .range(0, 8, 1, 2)
        .selectExpr(
            "id",
            "array(0.25D + id / 16D, 0.75D - id / 16D) AS probability",
            "id / 8D AS mu",
            "1D AS sigma",
            "CAST(id % 2 AS INT) AS label",
            "double('" + weight + "') AS w");
  }

  private static String refusal(Supplier<?> run) {
    Throwable thrown = assertThrows(Exception.class, run::get);
    StringBuilder text = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      text.append(t.getMessage()).append('\n');
    }
    return text.toString();
  }

  @Test
  void everyEntryRefusesThem() {
    for (double weight : new double[] {9e307, 4.9e-324}) {
      Dataset<Row> table = table(weight);
      table.createOrReplaceTempView("extreme");
      Evaluation evaluation = Evaluation.ofProbabilities("probability").weight("w");
      Comparison comparison = Comparison.of("a", evaluation).model("b", "probability");
      for (Supplier<?> run :
          new Supplier<?>[] {
            () -> evaluation.run(table),
            () -> comparison.run(table),
            () -> ForecastEvaluation.ofNormal("mu", "sigma").label("label").weight("w").run(table),
            () -> new LossEvaluator().setLoss("roc_auc").setWeightCol("w").evaluate(table),
            () ->
                spark
                    .sql(
                        "SELECT evaluation_state(probability, label, w, 'input=probabilities')"
                            + " FROM extreme")
                    .collectAsList()
          }) {
        String text = refusal(run);
        assertTrue(text.contains("w': weight is out of range: " + weight), text);
        assertTrue(text.contains("from 1.0E-30 to 1.0E30"), text);
        assertTrue(text.contains("divide all by one number"), text);
      }
      EvaluationResult dropped =
          evaluation.policy(InputCheck.WEIGHT_OUT_OF_RANGE, Policy.DROP).run(table);
      assertEquals(8, dropped.overall().ledger().count(InputCheck.WEIGHT_OUT_OF_RANGE));
    }
  }

  @Test
  void resampledSumsHaveANarrowerRange() {
    Evaluation evaluation =
        Evaluation.ofProbabilities("probability").weight("w").metrics("log_loss").bootstrap("id");
    String text = refusal(() -> evaluation.run(table(2e6)));
    assertTrue(text.contains("from 1.0E-6 to 1000000.0"), text);
    EvaluationResult ones = evaluation.run(table(1));
    for (double weight : new double[] {1e-6, 1e6}) {
      EvaluationResult result = evaluation.run(table(weight));
      assertEquals(ones.value("log_loss"), result.value("log_loss"), 1e-15);
      assertEquals(
          ones.interval("log_loss").orElseThrow().low(),
          result.interval("log_loss").orElseThrow().low(),
          1e-9);
    }
  }

  @Test
  void theEndsOfTheRangeGiveWhatWeightOneGives() {
    for (double weight : new double[] {1e-30, 1e30}) {
      for (String metric : new String[] {"roc_auc", "log_loss", "aurc"}) {
        assertEquals(
            Evaluation.ofProbabilities("probability").metrics(metric).run(table(1)).value(metric),
            Evaluation.ofProbabilities("probability")
                .weight("w")
                .metrics(metric)
                .run(table(weight))
                .value(metric),
            1e-15);
      }
    }
  }
}
