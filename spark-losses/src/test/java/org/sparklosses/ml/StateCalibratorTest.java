// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationState;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.sql.LossCatalog;
import org.sparklosses.testing.SharedSession;

/** Calibrators that are fitted from stored states of evaluations. */
@ExtendWith(SharedSession.class)
class StateCalibratorTest {

  private final SparkSession spark;

  StateCalibratorTest(SparkSession spark) {
    this.spark = spark;
    spark
        .range(0, 6000, 1, 5)
        .selectExpr(
            "id",
            "id % 3 AS month",
            "array(sin(id * 7), sin(id * 7) + 5 * sin(id)) AS logits",
            "CAST((id * 0.6180339887498949D) % 1 < 1 / (1 + exp(-(2 + id % 3) * sin(id))) AS INT)"
                + " AS label",
            "0.25D + 0.5D * (id % 4) AS w")
        .createOrReplaceTempView("scored");
    spark
        .sql(
            "SELECT month, evaluation_state(logits, label, w,"
                + " 'metrics=log_loss,recalibration_gain') AS state FROM scored GROUP BY month")
        .createOrReplaceTempView("states");
  }

  private static Stream<String> methods() {
    return ClassCalibrators.namesOfTwo().stream();
  }

  private Dataset<Row> rows(String condition) {
    return spark.table("scored").where(condition);
  }

  private EvaluationState state(String sql) {
    return EvaluationState.of(spark.sql(sql).first().getAs(0));
  }

  private static Calibrator calibrator(String method) {
    return new Calibrator().setRawPredictionCol("logits").setWeightCol("w").setMethod(method);
  }

  /** The map of a month, and of all from the states of the months: those of a scan, to the bit. */
  @ParameterizedTest
  @MethodSource("methods")
  void theMapIsThatOfAScan(String method) {
    EvaluationState month = state("SELECT state FROM states WHERE month = 1");
    EvaluationState all = state("SELECT merge_evaluation_states(state) FROM states");
    ClassFit ofMonth = calibrator(method).fit(rows("month = 1")).summary();
    ClassFit ofAll = calibrator(method).fit(rows("true")).summary();
    CalibratorModel fromMonth = calibrator(method).fit(month);
    CalibratorModel fromAll = calibrator(method).fit(all);
    assertEquals(ofMonth.map().numbers(), fromMonth.map().numbers());
    assertEquals(ofAll.map().numbers(), fromAll.map().numbers());
    assertEquals(0, fromAll.summary().scans());
    assertEquals(ofAll.lossAfter(), fromAll.summary().lossAfter());
    assertEquals(6000, fromAll.summary().rows());
    double after =
        Evaluation.ofProbabilities("calibratedProbability")
            .weight("w")
            .metrics("log_loss")
            .run(fromAll.transform(rows("true")))
            .value("log_loss");
    MetricResult gain = all.metric("recalibration_gain(method=" + method + ")");
    // Methods that bin take the rows of a cell for one score.
    assertEquals(after, gain.values().get("after"), 1e-3);
    assertEquals(all.metric("log_loss").value(), gain.values().get("before"), 1e-7);
    assertEquals(gain.values().get("before") - gain.values().get("after"), gain.value(), 1e-15);
    assertTrue(gain.value() > 0.01, gain.toString());
  }

  /** A calibrator a month, fitted and used by SQL alone: the same probabilities as a stage's. */
  @Test
  void calibratorsOfMonthsInSql() {
    String sql =
        "SELECT id, month, calibrate(%sfit_calibrator(state, 'beta_calibration'), logits) AS p FROM"
            + " scored JOIN states USING (month) ORDER BY id";
    spark.conf().set("spark.sql.catalog.stored", LossCatalog.class.getName());
    List<Row> inSql = spark.sql(sql.formatted("")).collectAsList();
    assertEquals(inSql, spark.sql(sql.formatted("stored.")).collectAsList());
    for (int month = 0; month < 3; month++) {
      CalibratorModel model =
          calibrator("beta_calibration")
              .fit(state("SELECT state FROM states WHERE month = " + month));
      List<Row> byStage =
          model
              .transform(rows("month = " + month))
              .orderBy("id")
              .select("id", "month", "calibratedProbability")
              .collectAsList();
      long of = month;
      assertEquals(byStage, inSql.stream().filter(row -> row.getLong(1) == of).toList());
    }
    assertTrue(
        spark
            .sql("SELECT fit_calibrator(CAST(NULL AS BINARY), 'platt_scaling')")
            .first()
            .isNullAt(0));
    assertTrue(
        spark
            .sql(
                "SELECT fit_calibrator(evaluation_state(logits, label,"
                    + " 'metrics=recalibration_gain'), 'platt_scaling') FROM scored WHERE id < 0")
            .first()
            .isNullAt(0));
  }

  @Test
  void refusalsInSql() {
    assertRefused("no calibrator is named 'plat'", "fit_calibrator(state, 'plat')");
    assertRefused(
        "needs a constant text as method", "fit_calibrator(state, CAST(month AS STRING))");
    assertRefused(
        "fit_calibrator takes a state (BINARY), not BIGINT",
        "fit_calibrator(month, 'platt_scaling')");
    assertRefused(
        "temperature is fitted to rows; from a state there are",
        "fit_calibrator(state, 'temperature')");
  }

  private void assertRefused(String part, String call) {
    Exception e =
        assertThrows(
            Exception.class,
            () -> spark.sql("SELECT " + call + " FROM states").collectAsList(),
            call);
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }

  @Test
  void statesThatCannotBeFittedFrom() {
    EvaluationState without =
        state("SELECT evaluation_state(logits, label, 'metrics=log_loss') FROM scored");
    assertMessage("recalibration_gain", () -> calibrator("platt_scaling").fit(without));
    EvaluationState all = state("SELECT merge_evaluation_states(state) FROM states");
    assertMessage(
        "temperature is fitted to rows; from a state there are quadratic_scaling, platt_scaling,",
        () -> calibrator("temperature").fit(all));
    assertEquals("quadratic_scaling", calibrator("auto").fit(all).map().method());
    EvaluationState three =
        state(
            "SELECT evaluation_state(array(0D, 1D, 2D), label, 'metrics=recalibration_gain') FROM"
                + " scored");
    assertMessage("the state is of 3 classes", () -> calibrator("platt_scaling").fit(three));
    EvaluationState none =
        state(
            "SELECT evaluation_state(logits, label, 'metrics=recalibration_gain') FROM scored WHERE"
                + " id < 0");
    assertMessage("no row of positive weight", () -> calibrator("platt_scaling").fit(none));
    assertTrue(Double.isNaN(three.metric("recalibration_gain").value()));
    assertTrue(Double.isNaN(none.metric("recalibration_gain").value()));
  }

  /** In an evaluation, over slices, as any other metric. */
  @Test
  void slices() {
    Evaluation evaluation =
        Evaluation.ofLogits("logits")
            .slice("month")
            .metrics("recalibration_gain(method=platt_scaling)");
    List<Double> gains =
        evaluation.run(rows("true")).slices().stream()
            .map(slice -> slice.value("recalibration_gain"))
            .toList();
    // The logits are 5 / 2, 5 / 3 and 5 / 4 times the truth.
    assertEquals(3, gains.size());
    assertTrue(gains.get(0) > gains.get(1) && gains.get(1) > gains.get(2), gains.toString());
    for (int month = 0; month < 3; month++) {
      ClassFit fit =
          new Calibrator()
              .setRawPredictionCol("logits")
              .setMethod("platt_scaling")
              .fit(rows("month = " + month))
              .summary();
      assertEquals(fit.lossBefore() - fit.lossAfter(), gains.get(month));
    }
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable run) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
