// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.SharedSession;

/** Corrections of priors in SQL; the values themselves are golden. */
@ExtendWith(SharedSession.class)
class PriorCorrectionSqlTest {

  private final SparkSession spark;

  PriorCorrectionSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  private Object value(String expression) {
    return spark.sql("SELECT " + expression).first().get(0);
  }

  @Test
  void ofSeveralClassesAndOfTwo() {
    List<Double> corrected =
        spark
            .sql(
                "SELECT prior_correction(array(0.7, 0.2, 0.1), trained => array(0.5, 0.25, 0.25),"
                    + " actual => array(0.2, 0.3, 0.5))")
            .first()
            .getList(0);
    // 0.28, 0.24 and 0.2 before they are divided by their sum.
    assertEquals(0.28 / 0.72, corrected.get(0), 1e-15);
    assertEquals(0.24 / 0.72, corrected.get(1), 1e-15);
    assertEquals(0.2 / 0.72, corrected.get(2), 1e-15);
    double odds = 0.7 / 0.3 * (0.02 / 0.98);
    assertEquals(
        odds / (1 + odds),
        (Double) value("prior_correction_binary(0.7, trained => 0.5, actual => 0.02)"),
        1e-15);
    assertEquals(
        0.7,
        (Double)
            value(
                "prior_correction_binary(prior_correction_binary(0.7, trained => 0.5, actual =>"
                    + " 0.02), trained => 0.02, actual => 0.5)"),
        1e-15);
    assertEquals(
        0.05 * 0.7 / (0.05 * 0.7 + 0.3),
        (Double) value("undersampling_correction(0.7, keep_rate => 0.05)"),
        1e-15);
    assertEquals(null, value("prior_correction_binary(NULL, trained => 0.5, actual => 0.02)"));
  }

  @Test
  void mistakesAreExplained() {
    assertMessage(
        "trained = 0.0 is not allowed",
        "prior_correction_binary(0.7, trained => 0.0, actual => 0.5)");
    assertMessage("trained must be given", "prior_correction_binary(0.7, actual => 0.5)");
    assertMessage(
        "class 1 has the prior 0.5 in use and 0 in training",
        "prior_correction(array(0.5, 0.5), trained => array(1.0, 0.0), actual => array(0.5, 0.5))");
    assertMessage(
        "3 probabilities where there are 2 priors",
        "prior_correction(array(0.5, 0.3, 0.2), trained => array(1.0, 1.0),"
            + " actual => array(0.5, 0.5))");
  }

  private void assertMessage(String part, String expression) {
    String message = assertThrows(Exception.class, () -> value(expression)).getMessage();
    assertTrue(message.contains(part), message);
  }
}
