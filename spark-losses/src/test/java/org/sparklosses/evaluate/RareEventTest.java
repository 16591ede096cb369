// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.testing.SharedSession;

/** An event of one row in two thousand, its probabilities all within one of 3600 equal cells. */
@ExtendWith(SharedSession.class)
class RareEventTest {

  /** By ranks, outside of Spark. */
  private static final double AREA = 0.6713577223795267;

  private final Dataset<Row> table;

  RareEventTest(SparkSession spark) {
    table =
        spark
            .range(1, 40_001)
            .selectExpr(
                "2.7e-4D * id / 40000 AS p",
                "CAST(pmod(hash(id), 1000) < id / 400 AS INT) AS y",
                "array(1 - 2.7e-4D * id / 40000, 2.7e-4D * id / 40000) AS both");
  }

  @Test
  void areasAreOfUseInOnePass() {
    for (String column : new String[] {"p", "both"}) {
      MetricResult area =
          Evaluation.ofProbabilities(column)
              .label("y")
              .metrics("roc_auc")
              .run(table)
              .overall()
              .metrics()
              .get(0);
      double bound = area.values().get("error_bound");
      assertTrue(bound > 0 && bound < 5e-4, bound + "");
      assertEquals(AREA, area.value(), bound);
    }
  }

  @Test
  void areasAreExactInTwo() {
    EvaluationResult result =
        Evaluation.ofProbabilities("p")
            .label("y")
            .metrics("roc_auc(method=exact)", "roc_auc_multiclass(method=exact)")
            .run(table);
    assertEquals(AREA, result.overall().metrics().get(0).value(), 1e-14);
    assertEquals(AREA, result.overall().metrics().get(1).value(), 1e-14);
  }
}
