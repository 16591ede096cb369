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
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.Heaps;
import org.sparklosses.table.SliceMemory;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class SliceMemoryTest {

  private static final long MB = 1L << 20;

  private static Dataset<Row> table(SparkSession spark) {
    return spark
        .range(0, 3000, 1, 2)
        .selectExpr(
            "id",
            "id % 1000 AS slice",
            "array(id % 7 / 3D, id % 5 / 2D, 0D) AS logits",
            "id % 3 AS label");
  }

  @Test
  void oneHeapHoldsTwoCopiesOfTheDriverAndThreeOfEachTask() {
    Heaps local = new Heaps(1000 * MB, 1000 * MB, 2, true);
    assertTrue(local.hold(100 * MB, 100 * MB));
    assertFalse(local.hold(101 * MB, 100 * MB));
    Heaps cluster = new Heaps(1000 * MB, 300 * MB, 4, false);
    assertTrue(cluster.hold(400 * MB, 20 * MB));
    assertFalse(cluster.hold(401 * MB, 20 * MB));
    assertFalse(cluster.hold(400 * MB, 21 * MB));
  }

  @Test
  void whatDoesNotFitIsToldBeforeTheRun(SparkSession spark) {
    long heap = Runtime.getRuntime().maxMemory();
    SliceMemory memory =
        new SliceMemory(
            List.of(List.of("slice")), 10_000, 0, (rows, classes) -> heap / 4000 * classes, 0);
    EvaluationException e =
        assertThrows(EvaluationException.class, () -> memory.check(table(spark), () -> 4));
    assertTrue(e.getMessage().contains("values of the slices [[slice]] take"), e.getMessage());
    assertTrue(e.getMessage().contains("--driver-memory"), e.getMessage());
    assertTrue(e.getMessage().contains("--bootstrap"), e.getMessage());
    // Ten slices of it fit.
    memory.check(table(spark).where("slice < 10"), () -> 4);
  }

  /** The bytes of a state are no more than twice what is estimated, and no less than a quarter. */
  @Test
  void statesAreAboutAsLargeAsEstimated(SparkSession spark) {
    Evaluation bootstrap = Evaluation.ofLogits("logits").bootstrap("id");
    for (Evaluation evaluation :
        List.of(
            bootstrap,
            bootstrap.metrics("roc_auc(of=top_label)", "log_loss"),
            Evaluation.ofLogits("logits").metrics("roc_auc(of=top_label)", "confusion_matrix"))) {
      Dataset<Row> distinct =
          table(spark).selectExpr("id", "transform(logits, z -> z + rand(5)) AS logits", "label");
      byte[] state = evaluation.aggregate(distinct).head().getAs(0);
      MetricPlan plan = evaluation.spec().plan();
      double share = (double) state.length / plan.bytes(3000, 3);
      assertTrue(share > 0.25 && share < 2, evaluation.spec().metrics() + ": " + share);
    }
  }

  @Test
  void aStateGrowsAsRowsDoThatAreNew() {
    MetricPlan ranks = Evaluation.ofLogits("z").metrics("roc_auc(of=top_label)").spec().plan();
    assertTrue(ranks.bytes(100, 3) < 20_000);
    assertEquals(ranks.bytes(10_000, 3), ranks.bytes(1_000_000, 3));
  }
}
