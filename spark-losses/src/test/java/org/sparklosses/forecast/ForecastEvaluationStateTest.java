// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.EvaluationState;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.evaluate.ResultBits;
import org.sparklosses.forecast.ForecastRows.Kind;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.HtmlReport;
import org.sparklosses.report.JsonReport;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/** States of forecasts that are stored and merged give the bits of an evaluation of all rows. */
@ExtendWith(SharedSession.class)
class ForecastEvaluationStateTest {

  private final Dataset<Row> table;

  ForecastEvaluationStateTest(SparkSession spark) {
    table = new ForecastRows(700, 11).table(spark);
  }

  private static void assertSame(EvaluationResult expected, EvaluationResult actual) {
    assertEquals(ResultBits.of(expected), ResultBits.of(actual));
    assertEquals(expected.overall(), actual.overall());
    assertEquals(expected.slices(), actual.slices());
  }

  @ParameterizedTest
  @EnumSource
  void hoursRollUpToTheDay(ForecastStates sample) {
    ForecastEvaluation evaluation = sample.evaluation();
    EvaluationResult expected = evaluation.run(table);
    List<ForecastEvaluationState> hours = new ArrayList<>();
    for (int hour = 0; hour < 5; hour++) {
      // The second has no rows.
      String where = hour == 1 ? "false" : hour == 0 ? "id % 5 < 2" : "id % 5 = " + hour;
      byte[] stored = evaluation.state(table.where(where).repartition(3)).toBytes();
      hours.add(ForecastEvaluationState.of(stored));
    }
    for (int order = 0; order < 3; order++) {
      Collections.shuffle(hours, new Random(order));
      ForecastEvaluationState left = hours.get(0).merge(hours.get(1)).merge(hours.get(2));
      ForecastEvaluationState day = left.merge(hours.get(3).merge(hours.get(4)));
      assertSame(expected, day.result());
      assertSame(expected, ForecastEvaluationState.of(day.toBytes()).result());
      assertArrayEquals(evaluation.state(table).toBytes(), day.toBytes());
      assertEquals(700, day.ledger().rowsEvaluated());
    }
  }

  @Test
  void mergingLeavesBothAsTheyWere() {
    ForecastEvaluationState a = ForecastStates.BOOTSTRAP.evaluation().state(table.limit(100));
    ForecastEvaluationState b = ForecastStates.BOOTSTRAP.evaluation().state(table.limit(50));
    byte[] bytesOfA = a.toBytes();
    byte[] bytesOfB = b.toBytes();
    EvaluationResult twice = a.merge(b).merge(b).result();
    assertEquals(200, twice.overall().ledger().rowsEvaluated());
    assertArrayEquals(bytesOfA, a.toBytes());
    assertArrayEquals(bytesOfB, b.toBytes());
  }

  @Test
  void whatIsLeftOutIsCounted(SparkSession spark) {
    Dataset<Row> rows =
        spark.sql("SELECT * FROM VALUES (1D, 2D), (NULL, 2D), (1D, NULL), (1D, 1D) AS t(mu, y)");
    ForecastEvaluation evaluation =
        ForecastRows.evaluation(Kind.POINT)
            .policy(InputCheck.NULL_PREDICTION, Policy.DROP)
            .policy(InputCheck.NULL_LABEL, Policy.DROP);
    byte[] stored = evaluation.state(rows).toBytes();
    ForecastEvaluationState twice =
        ForecastEvaluationState.of(stored).merge(ForecastEvaluationState.of(stored));
    assertEquals(8, twice.ledger().rowsSeen());
    assertEquals(4, twice.ledger().rowsEvaluated());
    assertEquals(2, twice.ledger().count(InputCheck.NULL_LABEL));
    assertEquals(0.5, twice.result().value("mae"));
  }

  /** They are read off the buckets, and so no part of the bytes. */
  @Test
  void intervalsOfAnyReplicatesSeedAndLevel() {
    ForecastEvaluation evaluation = ForecastRows.evaluation(Kind.POINT).bootstrap("id");
    ForecastEvaluation other = evaluation.replicates(30).seed(3).level(0.8);
    byte[] stored = evaluation.state(table).toBytes();
    assertArrayEquals(stored, other.state(table).toBytes());
    ForecastEvaluationState state = ForecastEvaluationState.of(stored);
    assertSame(evaluation.run(table), state.result());
    assertSame(other.run(table), state.replicates(30).seed(3).level(0.8).result());
    assertSame(other.run(table), other.state(table).result());
    assertNotEquals(state.result().interval("mae"), state.seed(3).result().interval("mae"));
    assertThrows(IllegalArgumentException.class, () -> state.replicates(1));
  }

  @Test
  void declarationsSayWhatTheyAreOf() {
    assertEquals(
        List.of(
            "forecasts=quantiles",
            "level=0.1",
            "level=0.5",
            "level=0.9",
            "weighted=false",
            "cluster=user"),
        ForecastEvaluationState.of(ForecastStates.CLUSTER.bytes(table)).declaration());
    EvaluationResult result =
        ForecastEvaluationState.of(ForecastStates.STANDARD_ERRORS.bytes(table)).result();
    assertEquals("interval", result.settings().get("forecasts"));
    assertEquals("0.2", result.settings().get("alpha"));
    assertEquals("true", result.settings().get("weighted"));
    assertEquals("site", result.settings().get("slices"));
    assertEquals("by formula", result.settings().get("standard_errors"));
  }

  @Test
  void resultsHaveGatesAndReports() {
    Gate gate = Gate.parse("slice(site): mpiw.ci_low < 0");
    EvaluationResult result =
        ForecastEvaluationState.of(ForecastStates.STANDARD_ERRORS.bytes(table)).result();
    Gate coverage = Gate.parse("slice(site): interval_coverage.mpiw.ci_low > 0");
    assertThrows(IllegalArgumentException.class, () -> result.check(List.of(gate)));
    assertEquals(3, result.check(List.of(coverage)).gates().get(0).violations().size());
    assertTrue(ConsoleReport.of(result).contains("mpiw"));
    assertTrue(JsonReport.of(result).contains("standard_error"));
    assertTrue(HtmlReport.of(result, "day").contains("mpiw"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POINT | NORMAL | one is of [forecasts=point], the other of [forecasts=normal]",
        "POINT | BOOTSTRAP | one is of [weighted=false], the other of [weighted=true,"
            + " bootstrap=id,",
        "QUANTILES | CLUSTER | one is of [], the other of [cluster=user]",
      })
  void statesOfOtherForecastsAreNotMerged(
      ForecastStates one, ForecastStates other, String message) {
    ForecastEvaluationState a = one.evaluation().state(table);
    ForecastEvaluationState b = ForecastEvaluationState.of(other.bytes(table));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> a.merge(b));
    assertTrue(refused.getMessage().contains("cannot be merged"), refused.getMessage());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void intervalsOfAnotherAlphaAreOtherForecasts() {
    ForecastEvaluationState a = ForecastRows.evaluation(Kind.INTERVAL).state(table);
    ForecastEvaluationState b =
        ForecastEvaluation.ofInterval("lo", "hi", 0.1).label("y").state(table);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> a.merge(b));
    assertTrue(
        refused.getMessage().endsWith("one is of [alpha=0.2], the other of [alpha=0.1]"),
        refused.getMessage());
  }

  /** Two tables may call the same columns by other names. */
  @Test
  void columnsMayBeNamedOtherwise() {
    ForecastEvaluationState a = ForecastRows.evaluation(Kind.POINT).state(table);
    ForecastEvaluationState b =
        ForecastEvaluation.ofPoint("f")
            .label("truth")
            .state(table.selectExpr("mu AS f", "y AS truth"));
    assertSame(a.merge(a).result(), a.merge(b).result());
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(IllegalArgumentException.class, () -> ForecastEvaluationState.of(bytes))
        .getMessage();
  }

  @Test
  void otherBytesAreRefused(SparkSession spark) {
    byte[] stored = ForecastStates.NORMAL.bytes(table);
    assertTrue(refusal(new byte[0]).contains("they end too early"));
    assertTrue(refusal(Arrays.copyOf(stored, stored.length - 1)).contains("checksum is wrong"));
    byte[] damaged = stored.clone();
    damaged[stored.length / 2] ^= 1;
    assertTrue(refusal(damaged).contains("checksum is wrong"));
    byte[] newer = stored.clone();
    newer[4] = 77;
    assertTrue(refusal(newer).contains("layout 77, of spark-losses 0.1.0, is too new"));
    byte[] older = stored.clone();
    older[4] = 5;
    assertTrue(refusal(older).contains("is too old"), refusal(older));
    byte[] ofClasses =
        spark.sql("SELECT evaluation_state(array(1D, 2D), 1) AS state").head().getAs(0);
    assertTrue(refusal(ofClasses).contains("the state is of no forecasts of a number: [input="));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> EvaluationState.of(stored))
            .getMessage()
            .contains("of forecasts of a number"));
  }
}
