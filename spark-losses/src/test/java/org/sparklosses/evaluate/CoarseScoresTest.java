// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.Difference;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.ml.CalibrationEvaluator;
import org.sparklosses.testing.SharedSession;

/**
 * Half of the logits lie within 1e-4, the other half over thousands: too many cells for the former
 * to be told apart in one pass. What shows no bound must not show the value.
 */
@ExtendWith(SharedSession.class)
class CoarseScoresTest {

  private static final int ROWS = 40_000;

  private final Dataset<Row> table;

  CoarseScoresTest(SparkSession spark) {
    table =
        spark
            .range(ROWS)
            .selectExpr(
                "IF(id % 2 = 0, id / 4e8D, (id - 20000) / 10D) AS z",
                "CAST(IF(id % 2 = 0, pmod(hash(id), 40000) < id, id % 3 = 0) AS INT) AS y");
  }

  /** The share of pairs in order, by ranks; no two scores are equal. */
  private double exact() {
    List<Row> rows = table.orderBy("z").collectAsList();
    double won = 0;
    double negatives = 0;
    for (Row row : rows) {
      won += row.getInt(1) * negatives;
      negatives += 1 - row.getInt(1);
    }
    return won / negatives / (ROWS - negatives);
  }

  private MetricResult onePass(Evaluation evaluation) {
    return evaluation.label("y").metrics("roc_auc").run(table).overall().metrics().get(0);
  }

  @Test
  void theBoundHolds() {
    MetricResult area = onePass(Evaluation.ofLogits("z"));
    assertTrue(area.values().get("error_bound") > 0.01);
    assertEquals(exact(), area.value(), area.values().get("error_bound"));
  }

  @Test
  void evaluatorsTakeASecondPassOrRefuse() {
    CalibrationEvaluator evaluator =
        new CalibrationEvaluator().setRawPredictionCol("z").setLabelCol("y");
    assertEquals(exact(), evaluator.setMetricName("roc_auc").evaluate(table), 1e-12);
    assertEquals(2 * exact() - 1, evaluator.setMetricName("gini").evaluate(table), 1e-12);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> evaluator.setMetricName("roc_curve").evaluate(table))
            .getMessage();
    assertTrue(message.contains("method=exact"), message);
  }

  @Test
  void sqlRefusesTheValueOfAState() {
    Dataset<Row> state =
        table.selectExpr("evaluation_state(array(0D, z), y, 'metrics=roc_auc') AS s");
    String message =
        assertThrows(
                Exception.class,
                () -> state.selectExpr("evaluation_metric(s, 'roc_auc')").collectAsList())
            .getMessage();
    assertTrue(message.contains("evaluation_metric(state, 'roc_auc', 'value')"), message);
    Row row =
        state
            .selectExpr(
                "evaluation_metric(s, 'roc_auc', 'value')",
                "evaluation_metric(s, 'roc_auc', 'error_bound')")
            .head();
    assertEquals(exact(), row.getDouble(0), row.getDouble(1));
  }

  @Test
  void gatesAndIntervalsTakeTheBoundIn() {
    MetricResult plain = onePass(Evaluation.ofLogits("z"));
    double bound = plain.values().get("error_bound");
    double inside = plain.value() - 0.9 * bound;
    for (double limit : new double[] {inside, plain.value() - 1.1 * bound}) {
      Gate gate = Gate.parse("roc_auc < " + limit);
      EvaluationResult result = Evaluation.ofLogits("z").label("y").forGate(gate).run(table);
      assertEquals(
          limit == inside,
          GateOutcome.of(gate, result.overall(), result.slices()).isViolated(),
          "" + limit);
    }
    ConfidenceInterval interval =
        onePass(Evaluation.ofLogits("z").standardErrors()).interval().orElseThrow();
    assertTrue(interval.low() < plain.value() - bound && interval.high() > plain.value() + bound);
  }

  @Test
  void modelsThatDifferWithinTheirBoundsDoNotDiffer() {
    Dataset<Row> two =
        table.selectExpr(
            "*", "IF(z BETWEEN 0 AND 1e-4D, 1e-4D - z, IF(z > 1900, z - 100, z)) AS other");
    ComparisonResult result =
        Comparison.of("first", Evaluation.ofLogits("z").label("y").metrics("roc_auc"))
            .model("turned", "other")
            .run(two);
    Difference difference = result.overall().differences().get(0);
    assertEquals(1, difference.pValue());
    assertFalse(difference.interval().low() > 0 || difference.interval().high() < 0);
  }
}
