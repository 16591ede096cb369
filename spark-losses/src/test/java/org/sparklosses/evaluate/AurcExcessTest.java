// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.SharedSession;

/** The area over that of the best order of the same rows. */
@ExtendWith(SharedSession.class)
class AurcExcessTest {

  private final SparkSession spark;

  AurcExcessTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Rows of confidence p, right or wrong, of weight w. */
  private Dataset<Row> table(double[] p, boolean[] isRight, double[] w) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      rows.add(RowFactory.create(new double[] {p[i], 1 - p[i]}, isRight[i] ? 0 : 1, w[i]));
    }
    return spark
        .createDataFrame(rows, StructType.fromDDL("p array<double>, label int, w double"))
        .repartition(2);
  }

  private static Map<String, Double> aurc(Dataset<Row> table, boolean isWeighted) {
    Evaluation evaluation = Evaluation.ofProbabilities("p").metrics("aurc");
    return (isWeighted ? evaluation.weight("w") : evaluation)
        .run(table)
        .overall()
        .metrics()
        .get(0)
        .values();
  }

  @Test
  void theBestOrderHasNone() {
    Dataset<Row> table =
        table(
            new double[] {0.9, 0.85, 0.8, 0.7, 0.6},
            new boolean[] {true, true, true, false, false},
            new double[] {2, 2, 2, 2, 2});
    for (boolean isWeighted : new boolean[] {false, true}) {
      Map<String, Double> parts = aurc(table, isWeighted);
      assertEquals(0.13, parts.get("step"), 1e-16);
      assertEquals(0, parts.get("excess_step"), 1e-16);
      assertEquals(0, parts.get("excess_trapezoid"), 1e-16);
      // The published formula is of infinitely many rows: 0.4 + 0.6 log 0.6.
      assertEquals(0.13 - 0.4 - 0.6 * Math.log(0.6), parts.get("eaurc_step"), 1e-15);
    }
  }

  @Test
  void tiesCostWhatTheirOrderCouldHaveGained() {
    double[] same = {0.8, 0.8, 0.8, 0.8, 0.8};
    boolean[] isRight = {true, true, true, false, false};
    Map<String, Double> parts = aurc(table(same, isRight, new double[] {1, 1, 1, 1, 1}), false);
    assertEquals(0.4 - 0.13, parts.get("excess_step"), 1e-15);
    // With weights the lighter mistake comes first: 0.5 of 3.5, then 3 of 6.
    Map<String, Double> weighted =
        aurc(table(same, isRight, new double[] {1, 1, 1, 2.5, 0.5}), true);
    double best = (0.5 * 0.5 / 3.5 + 2.5 * 3 / 6) / 6;
    assertEquals(best, weighted.get("best_step"), 1e-15);
    assertEquals(0.5 - best, weighted.get("excess_step"), 1e-15);
  }

  @Test
  void onCellsTheBestOrderIsExact() {
    Dataset<Row> table =
        spark
            .range(0, 30_000, 1, 3)
            .selectExpr(
                "array(0.5D + (id + 1) / 70000D, 0.5D - (id + 1) / 70000D) AS p",
                "CAST(id % 3 = 0 AS INT) AS label",
                "1 + id % 2 AS w");
    Map<String, Double> parts = aurc(table, false);
    double best = 0;
    for (int k = 1; k <= 10_000; k++) {
      best += k / (20_000.0 + k) / 30_000;
    }
    assertTrue(parts.get("error_bound") > 0);
    assertEquals(best, parts.get("best_step"), 1e-14);
    assertEquals(parts.get("step") - best, parts.get("excess_step"), 1e-14);
    // 5,000 mistakes of weight 1, then as many of weight 2.
    double weighted = 0;
    double accepted = 30_000;
    for (int k = 1; k <= 10_000; k++) {
      double w = k <= 5_000 ? 1 : 2;
      accepted += w;
      weighted += w * (1 - 30_000 / accepted) / 45_000;
    }
    assertEquals(weighted, aurc(table, true).get("best_step"), 1e-14);
  }
}
