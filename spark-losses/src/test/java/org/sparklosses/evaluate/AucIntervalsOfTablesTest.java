// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.Difference;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.testing.SharedSession;

/** Intervals of areas under ROC curves, of tables. */
@ExtendWith(SharedSession.class)
class AucIntervalsOfTablesTest {

  private static final Evaluation EVALUATION =
      Evaluation.ofProbabilities("p").label("y").metrics("roc_auc", "log_loss", "gini");

  private final SparkSession spark;

  AucIntervalsOfTablesTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table(int rows) {
    return spark
        .range(rows)
        .selectExpr(
            "id",
            "id % 3 AS s",
            "1 + id % 5 / 7D AS w",
            "0.5D + 0.49D * sin(id * 1.3D) AS p",
            "CAST(1 + sin(id * 1.3D) > 2 * abs(cos(id * 2.9D)) AS INT) AS y");
  }

  private static ConfidenceInterval interval(EvaluationResult result) {
    return result.interval("roc_auc").orElseThrow();
  }

  @Test
  void bothModesGiveTheSame() {
    Dataset<Row> table = table(500);
    EvaluationResult formula = EVALUATION.slice("s").standardErrors().run(table);
    EvaluationResult bootstrap = EVALUATION.slice("s").bootstrap("id").replicates(20).run(table);
    ConfidenceInterval interval = interval(formula);
    assertTrue(interval.low() < formula.value("roc_auc"), interval::toString);
    assertTrue(interval.high() > formula.value("roc_auc"), interval::toString);
    for (String metric : List.of("roc_auc", "gini")) {
      assertEquals(formula.overall().metric(metric), bootstrap.overall().metric(metric), metric);
      for (int s = 0; s < 3; s++) {
        MetricResult slice = formula.slices().get(s).metric(metric);
        assertTrue(slice.interval().orElseThrow().standardError() > interval.standardError());
        assertEquals(slice, bootstrap.slices().get(s).metric(metric));
      }
    }
  }

  @Test
  void clustersGiveNone() {
    EvaluationResult result = EVALUATION.standardErrors().cluster("s").run(table(500));
    assertFalse(result.interval("roc_auc").isPresent());
    assertFalse(result.interval("gini").isPresent());
    assertTrue(result.interval("log_loss").isPresent());
    assertEquals("s", result.settings().get("cluster"));
    assertFalse(result.settings().containsKey("bootstrap"));
  }

  /** Neither do they test differences of areas. */
  @Test
  void clustersTestNone() {
    Dataset<Row> table = table(500).withColumn("q", functions.expr("p * p"));
    Evaluation evaluation =
        Evaluation.ofProbabilities("p").label("y").metrics("roc_auc", "log_loss");
    ComparisonResult rows =
        Comparison.of("p", evaluation.bootstrap("id")).model("q", "q").run(table);
    assertEquals(Difference.Test.DELONG, rows.difference("roc_auc", "q").test());
    assertTrue(rows.overall().models().get(1).metric("roc_auc").interval().isPresent());
    ComparisonResult groups =
        Comparison.of("p", evaluation.cluster("s")).model("q", "q").run(table);
    assertEquals(Difference.Test.NONE, groups.difference("roc_auc", "q").test());
    assertEquals(Difference.Test.BOOTSTRAP, groups.difference("log_loss", "q").test());
    assertFalse(groups.overall().models().get(1).metric("roc_auc").interval().isPresent());
  }

  /** Also of weighted rows, and of more distinct scores than are kept apart. */
  @Test
  void sameBitsInAnyPartitioning() {
    Dataset<Row> table = table(12_000);
    Evaluation evaluation = EVALUATION.weight("w").slice("s").standardErrors();
    Map<String, Long> expected = ResultBits.of(evaluation.run(table.coalesce(1)));
    for (int partitions : new int[] {7, 200}) {
      Dataset<Row> parted = table.repartition(partitions, functions.expr("hash(id)"));
      assertEquals(expected, ResultBits.of(evaluation.run(parted)), partitions + " partitions");
    }
  }

  /** Off cells the error is that of tied rows, with which there is less to tell. */
  @Test
  void ofAGridAndAroundTheExactArea() {
    Dataset<Row> table = table(12_000);
    EvaluationResult result =
        EVALUATION.metrics("roc_auc", "roc_auc(method=exact)").standardErrors().run(table);
    MetricResult grid = result.overall().metrics().get(0);
    MetricResult exact = result.overall().metrics().get(1);
    double bound = grid.values().get("error_bound");
    assertTrue(bound > 0);
    assertEquals(0, exact.values().get("error_bound"));
    ConfidenceInterval onGrid = grid.interval().orElseThrow();
    ConfidenceInterval around = exact.interval().orElseThrow();
    assertEquals(onGrid.standardError(), around.standardError());
    assertEquals(exact.value() - grid.value(), around.low() - onGrid.low() - bound, 1e-8);
    assertEquals(exact.value() - grid.value(), around.high() - onGrid.high() + bound, 1e-8);
    // Distinct scores rounded to few digits are kept apart: nearly the same scores, no grid.
    MetricResult rounded =
        EVALUATION
            .standardErrors()
            .run(table.withColumn("p", functions.expr("round(p, 3)")))
            .overall()
            .metric("roc_auc");
    assertEquals(0, rounded.values().get("error_bound"));
    assertEquals(rounded.interval().get().standardError(), onGrid.standardError(), 1e-5);
  }

  @Test
  void gates() {
    Evaluation evaluation = EVALUATION.metrics("log_loss").standardErrors();
    ConfidenceInterval interval = interval(EVALUATION.standardErrors().run(table(500)));
    for (double margin : new double[] {-1e-9, 1e-9}) {
      Gate gate = Gate.parse("roc_auc.ci_low < " + (interval.low() + margin));
      EvaluationResult checked = evaluation.forGate(gate).run(table(500)).check(List.of(gate));
      assertEquals(margin > 0, checked.gates().get(0).isViolated());
    }
    Gate gate = Gate.parse("roc_auc.se > 0.1");
    assertThrows(
        IllegalArgumentException.class,
        () -> EVALUATION.cluster("s").forGate(gate),
        "there is no interval to check");
  }

  @Test
  void ofNoRows() {
    ConfidenceInterval interval = interval(EVALUATION.standardErrors().run(table(0)));
    assertEquals(Double.NaN, interval.low());
    assertEquals(Double.NaN, interval.standardError());
  }
}
