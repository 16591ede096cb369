// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.testing.SharedSession;

/** Losses with class weights: what their mean is over, and where weights come from. */
@ExtendWith(SharedSession.class)
class ClassWeightsTest {

  private static final double[][] LOGITS = {{2, 0.5, -1}, {0, 1, 3}, {1, 1, 1}, {-2, 0, 0.5}};
  private static final int[] LABELS = {0, 1, 2, 2};
  private static final double[] ROW_WEIGHTS = {1, 2, 0.5, 3};
  private static final double[] CLASS_WEIGHTS = {0.5, 1, 4};

  private final SparkSession spark;
  private final Dataset<Row> table;

  ClassWeightsTest(SparkSession spark) {
    this.spark = spark;
    table =
        spark.sql(
            "SELECT * FROM VALUES (array(2D, 0.5D, -1D), 0, 1D), (array(0D, 1D, 3D), 1, 2D),"
                + " (array(1D, 1D, 1D), 2, 0.5D), (array(-2D, 0D, 0.5D), 2, 3D)"
                + " AS t(logits, label, w)");
  }

  private static double crossEntropy(int row) {
    double sum = 0;
    for (double z : LOGITS[row]) {
      sum += Math.exp(z);
    }
    return Math.log(sum) - LOGITS[row][LABELS[row]];
  }

  /** sum w_i W(y_i) loss_i over sum w_i W(y_i), or over sum w_i. */
  private static double expected(boolean isOverWeights, boolean isWeighted) {
    double losses = 0;
    double divisor = 0;
    for (int i = 0; i < LABELS.length; i++) {
      double w = isWeighted ? ROW_WEIGHTS[i] : 1;
      losses += w * CLASS_WEIGHTS[LABELS[i]] * crossEntropy(i);
      divisor += isOverWeights ? w * CLASS_WEIGHTS[LABELS[i]] : w;
    }
    return losses / divisor;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theMeanIsOverRowsOrOverWeightsAsStated(boolean isWeighted) {
    String loss = "cross_entropy_loss(weight=0.5;1;4%s)";
    Evaluation evaluation =
        Evaluation.ofLogits("logits")
            .metrics(
                loss.formatted(""),
                loss.formatted(", average=rows"),
                loss.formatted(", average=weights"));
    EvaluationResult result = (isWeighted ? evaluation.weight("w") : evaluation).run(table);
    double[] values =
        result.overall().metrics().stream().mapToDouble(metric -> metric.value()).toArray();
    assertEquals(expected(false, isWeighted), values[0], 1e-15);
    assertEquals(expected(false, isWeighted), values[1], 1e-15);
    assertEquals(expected(true, isWeighted), values[2], 1e-15);
  }

  @Test
  void settingsComeFromATableOfOneRow() {
    Dataset<Row> settings =
        spark.sql("SELECT array(0.5, 1, 4) AS weight, array(2L, 1L, 1L) AS class_counts");
    EvaluationResult result =
        Evaluation.ofLogits("logits")
            .metrics(
                settings,
                "cross_entropy_loss(average=weights)",
                "balanced_softmax_loss",
                "log_loss")
            .run(table);
    assertEquals(expected(true, false), result.value("cross_entropy_loss"), 1e-15);
    assertEquals(
        Evaluation.ofLogits("logits")
            .metrics("balanced_softmax_loss(class_counts=2;1;1)")
            .run(table)
            .value("balanced_softmax_loss"),
        result.value("balanced_softmax_loss"));
  }

  @Test
  void settingsThatMakeNoSense() {
    Evaluation evaluation = Evaluation.ofLogits("logits");
    assertRefused(
        () -> evaluation.metrics(spark.sql("SELECT array(1, 2) AS weight"), "log_loss"),
        "settings: no metric takes 'weight' without having it");
    Dataset<Row> two = spark.sql("SELECT array(1, 2) AS weight FROM range(2)");
    assertRefused(() -> evaluation.metrics(two, "cross_entropy_loss"), "has more");
    assertRefused(() -> evaluation.metrics(two.where("false"), "cross_entropy_loss"), "has none");
    assertRefused(
        () ->
            evaluation.metrics(
                spark.sql("SELECT CAST(NULL AS ARRAY<INT>) AS weight"), "cross_entropy_loss"),
        "settings: weight is NULL");
    assertRefused(
        () -> evaluation.metrics(spark.sql("SELECT array('1') AS weight"), "cross_entropy_loss"),
        "settings: weight of type ARRAY<STRING> is not allowed; allowed: a number or an array of"
            + " numbers; cast it");
    assertRefused(
        () -> evaluation.metrics("cross_entropy_loss(average=weights)"), "give weight=w0;w1");
    assertRefused(
        () -> evaluation.metrics("cross_entropy_loss(weight=1;2, average=classes)"),
        "cross_entropy_loss: average = 'classes' is not allowed; allowed: rows | weights");
    assertRefused(() -> evaluation.metrics("brier_loss(average=rows)"), "average");
  }

  private static void assertRefused(Runnable call, String message) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
