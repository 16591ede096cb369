// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.testing.SharedSession;

/** What figures are drawn from is what one gets for asking for it by name. */
@ExtendWith(SharedSession.class)
class FiguresEvaluationTest {

  private static final String[] NAMED = {"log_loss", "risk_coverage"};

  /** 500 rows of so many classes, whose labels follow the predictions often enough. */
  private static Dataset<Row> table(SparkSession spark, int classes) {
    return spark
        .range(0, 500, 1, 3)
        .selectExpr(
            "transform(sequence(0, %d), k -> 2 * sin(id * 12.9898 + k * 78.233)) AS z"
                .formatted(classes - 1),
            "id",
            "id % 3 AS part")
        .selectExpr(
            "z",
            "IF(id %% 4 = 0, CAST(id %% %d AS INT), array_position(z, array_max(z)) - 1) AS label"
                .formatted(classes),
            "id",
            "part");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 20})
  void areThoseOfTheClasses(int classes, SparkSession spark) {
    Dataset<Row> table = table(spark, classes);
    Evaluation named = Evaluation.ofLogits("z").metrics(NAMED);
    List<MetricResult> expected = new ArrayList<>(named.run(table).overall().metrics());
    for (MetricSpec figure : Metrics.figures(classes)) {
      // It was asked for and is not evaluated twice.
      if (!figure.name().equals("risk_coverage")) {
        expected.addAll(
            Evaluation.ofLogits("z").metrics(List.of(figure)).run(table).overall().metrics());
      }
    }
    assertEquals(classes == 2 ? 8 : 7, expected.size());

    EvaluationResult found = named.slice("part").figures().run(table);
    assertEquals(expected, found.overall().metrics());
    for (SliceResult slice : found.slices()) {
      assertEquals(List.of(NAMED), slice.metrics().stream().map(MetricResult::name).toList());
    }
    assertEquals(3, found.slices().size());
    assertEquals(
        found.overall(), named.classes(classes).figures().run(table.repartition(7)).overall());
  }

  @Test
  void withIntervals(SparkSession spark) {
    EvaluationResult result =
        Evaluation.ofLogits("z")
            .metrics("accuracy")
            .figures()
            .bootstrap("id")
            .replicates(20)
            .run(table(spark, 2));
    MetricResult bins = result.overall().metric("reliability_diagram");
    assertEquals("positive", bins.parameters().get("of"));
    assertTrue(bins.interval().isPresent());
    assertTrue(bins.reliability().orElseThrow().bins().get(0).interval().isPresent());
    assertTrue(result.overall().metric("roc_curve").interval().isPresent());
    assertTrue(result.overall().metric("precision_recall_curve").interval().isEmpty());
  }

  @Test
  void ofNoRows(SparkSession spark) {
    EvaluationResult result =
        Evaluation.ofLogits("z").figures().run(table(spark, 5).where("id < 0"));
    assertEquals(0, result.classes());
    assertTrue(Double.isNaN(result.value("roc_curve")));
    assertTrue(result.overall().metric("confusion_matrix").numbers().get(0).rows().isEmpty());
  }
}
