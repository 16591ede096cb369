// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.compare.CalibrationSignificance;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.Difference;
import org.sparklosses.inference.BinnedChiSquare;
import org.sparklosses.report.ComparisonConsole;
import org.sparklosses.testing.SharedSession;

/** Predictions of 0 and 1: a wrong one proves what no number of others could. */
@ExtendWith(SharedSession.class)
class CertainPredictionsTest {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final SparkSession spark;

  CertainPredictionsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Says 1 for even numbers and 0 for odd ones. */
  private Dataset<Row> table(String label) {
    return spark
        .range(40)
        .selectExpr(
            "IF(id % 2 = 0, array(0D, 1D), array(1D, 0D)) AS p",
            "IF(id % 2 = 0, array(0.25D, 0.75D), array(0.75D, 0.25D)) AS q",
            "id % 4 AS slice",
            "CAST(" + label + " AS INT) AS label");
  }

  private static Map<String, Double> read(Dataset<Row> table, String metric) {
    return Evaluation.ofProbabilities("p")
        .metrics(metric)
        .run(table)
        .overall()
        .metrics()
        .get(0)
        .values();
  }

  @Test
  void testsOfWrongOnes() {
    // Of those that say 1, and of those that say 0, half are wrong.
    Dataset<Row> halfWrong = table("id % 4 < 2");
    for (String of : List.of("top_label", "positive")) {
      Map<String, Double> hosmer = read(halfWrong, "hosmer_lemeshow(of=" + of + ")");
      assertEquals(INFINITY, hosmer.get("statistic"), of);
      assertEquals(0, hosmer.get("p_value"), of);
    }
    Map<String, Double> z = read(halfWrong, "spiegelhalter_z(of=top_label)");
    assertEquals(INFINITY, z.get("z"));
    assertEquals(0, z.get("p_value"));
    // Ones that are wrong by 1 and zeros that are wrong by 1 both add 1 to the numerator.
    assertEquals(INFINITY, read(halfWrong, "spiegelhalter_z(of=positive)").get("z"));
    Map<String, Double> ecce = read(halfWrong, "ecce(of=top_label)");
    assertEquals(0.5, ecce.get("mad"));
    assertEquals(INFINITY, ecce.get("mad_over_sigma"));
    assertEquals(INFINITY, ecce.get("kuiper_over_sigma"));
  }

  @Test
  void oneWrongGroupIsEnough() {
    // Those that say 0 are right, of those that say 1 half are wrong.
    Map<String, Double> hosmer = read(table("id % 4 = 0"), "hosmer_lemeshow(of=positive)");
    assertEquals(INFINITY, hosmer.get("statistic"));
    assertEquals(0, hosmer.get("p_value"));
    Map<String, Double> large = read(table("id % 4 = 0"), "calibration_in_the_large(of=positive)");
    assertEquals(0.5, large.get("oe_ratio"));
    Map<String, Double> never =
        read(table("1").where("slice % 2 = 1"), "calibration_in_the_large(of=positive)");
    assertEquals(INFINITY, never.get("oe_ratio"));
  }

  @Test
  void testsOfRightOnesAreUndefined() {
    Dataset<Row> right = table("id % 2 = 0");
    assertTrue(Double.isNaN(read(right, "spiegelhalter_z(of=positive)").get("z")));
    assertTrue(Double.isNaN(read(right, "spiegelhalter_z(of=positive)").get("p_value")));
    assertTrue(Double.isNaN(read(right, "hosmer_lemeshow(of=positive)").get("statistic")));
    assertTrue(Double.isNaN(read(right, "hosmer_lemeshow(of=positive)").get("p_value")));
    assertTrue(Double.isNaN(read(right, "ecce(of=positive)").get("mad_over_sigma")));
  }

  @Test
  void comparisonListsThem() {
    Comparison comparison =
        Comparison.of("certain", Evaluation.ofProbabilities("p").slice("slice").metrics("accuracy"))
            .model("careful", "q");
    // Right three times of four, but for the slices 1 and 3, whose rows are all right or wrong.
    ComparisonResult result = comparison.run(table("id % 4 = 0 OR id % 4 = 3"));
    CalibrationSignificance all = result.overall().calibration().get(0);
    assertEquals("certain", all.model());
    assertEquals(INFINITY, all.z());
    assertEquals(0, all.pValue());
    assertEquals(new BinnedChiSquare(INFINITY, 1, 0), all.chiSquare());
    List<String> miscalibrated =
        result.miscalibrated().stream()
            .filter(found -> found.test().model().equals("certain"))
            .map(found -> found.slice().slice().get("slice"))
            .toList();
    assertEquals(List.of("2", "3"), miscalibrated);
    String console = ComparisonConsole.of(result);
    assertTrue(console.contains("slice = 2"), console);
    assertTrue(console.contains("Infinity"), console);
  }

  @Test
  void aDifferenceThatIsTheSameInEveryRowIsCertain() {
    // One model has all rows right, the other has all of them wrong.
    Dataset<Row> table =
        spark.range(10).selectExpr("array(1D, 0D) AS p", "array(0D, 1D) AS q", "0 AS label");
    Difference difference =
        Comparison.of("right", Evaluation.ofProbabilities("p").metrics("accuracy"))
            .model("wrong", "q")
            .run(table)
            .difference("accuracy", "wrong");
    assertEquals(-1, difference.difference());
    assertEquals(0, difference.standardError());
    assertEquals(0, difference.pValue());
  }
}
