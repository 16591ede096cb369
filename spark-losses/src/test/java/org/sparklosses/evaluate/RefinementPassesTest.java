// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class RefinementPassesTest {

  private static final double LOSS = 1e-9;
  private static final double PARAMETER = 1e-6;

  private static Golden.Entry refinement(Golden golden) {
    return golden.entries().stream()
        .filter(entry -> entry.name().equals("log_loss_refinement"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mc3", "mc3_weighted", "mc4_all_correct", "mc4_all_wrong", "mc100"})
  void goldens(String name, SparkSession spark) {
    Golden golden = Golden.read(name);
    JsonNode expected = refinement(golden).value();
    Evaluation evaluation = Evaluation.ofLogits("logits").label("y").slice("y");
    Map<String, Double> parts =
        RefinementPasses.of(
            golden.has("w") ? evaluation.weight("w") : evaluation,
            GoldenEvaluationTest.rows(golden, spark).coalesce(1).cache());
    for (String part : List.of("log_loss", "refinement", "calibration")) {
      assertEquals(expected.get(part).asDouble(), parts.get(part), LOSS, part);
    }
    double temperature = expected.get("temperature").asDouble();
    assertEquals(temperature, parts.get("temperature"), PARAMETER * Math.max(1, temperature));
    assertTrue(parts.get("passes") <= 7, "passes " + parts.get("passes"));
  }

  @Test
  void noRowsGiveNaN(SparkSession spark) {
    Map<String, Double> parts =
        RefinementPasses.of(
            Evaluation.ofLogits("z"),
            spark.sql("SELECT array(1.0D, 2.0D) AS z, 0 AS label WHERE false"));
    assertTrue(Double.isNaN(parts.get("refinement")));
  }
}
