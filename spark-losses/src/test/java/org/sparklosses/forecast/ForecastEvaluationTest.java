// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.ResultBits;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.JsonReport;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.SharedSession;

/** Forecasts of a number over tables: expected values, slices, refusals. */
@ExtendWith(SharedSession.class)
class ForecastEvaluationTest {

  private static Dataset<Row> table(GoldenFile golden, SparkSession spark) {
    JsonNode in = golden.inputs();
    StructType schema =
        new StructType()
            .add("mu", DataTypes.DoubleType)
            .add("sigma", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("w", DataTypes.DoubleType)
            .add("lo", DataTypes.DoubleType)
            .add("hi", DataTypes.DoubleType)
            .add("ens", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("site", DataTypes.StringType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < in.get("y").size(); i++) {
      rows.add(
          RowFactory.create(
              in.get("mu").get(i).asDouble(),
              in.get("sigma").get(i).asDouble(),
              in.get("y").get(i).asDouble(),
              in.has("w") ? in.get("w").get(i).asDouble() : 1.0,
              in.get("lo").get(i).asDouble(),
              in.get("hi").get(i).asDouble(),
              GoldenFile.doubles(in.get("ens").get(i)),
              i % 3 == 0 ? null : "site " + i % 3));
    }
    return spark.createDataFrame(rows, schema).repartition(3).cache();
  }

  private static void assertGolden(GoldenFile golden, String name, int entry, MetricResult actual) {
    GoldenFile.Entry expected = golden.of(name).get(entry);
    if (expected.value().isObject()) {
      expected
          .value()
          .properties()
          .forEach(
              part ->
                  assertClose(
                      part.getValue().asDouble(), actual.values().get(part.getKey()), name));
    } else {
      assertClose(expected.value().asDouble(), actual.value(), name);
    }
  }

  private static void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)), what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"regression", "regression_weighted"})
  void goldens(String name, SparkSession spark) {
    GoldenFile golden = GoldenFile.calibration(name);
    Dataset<Row> table = table(golden, spark);
    SliceResult normal = run(ForecastEvaluation.ofNormal("mu", "sigma"), golden, table);
    for (String metric :
        List.of(
            "gaussian_nll",
            "crps_gaussian",
            "regression_sharpness",
            "ence",
            "quantile_calibration_error",
            "interval_calibration_error")) {
      assertGolden(golden, metric, 0, normal.metric(metric));
    }
    double[] histogram = GoldenFile.doubles(golden.of("pit_histogram").get(0).value());
    for (int b = 0; b < histogram.length; b++) {
      List<Double> bin = normal.metric("pit_histogram").numbers().get(0).rows().get(b);
      assertClose(histogram[b], bin.get(2), "bin " + b);
    }
    SliceResult interval = run(ForecastEvaluation.ofInterval("lo", "hi", 0.2), golden, table);
    assertGolden(golden, "interval_score", 0, interval.metric("interval_score"));
    assertGolden(golden, "interval_coverage", 0, interval.metric("interval_coverage"));
    SliceResult ensemble = run(ForecastEvaluation.ofEnsemble("ens"), golden, table);
    SliceResult quantiles =
        run(
            ForecastEvaluation.ofQuantiles("quantiles", 0.1, 0.5, 0.9),
            golden,
            table.selectExpr("*", "array(hi, hi, hi) AS quantiles"));
    for (int i = 0; i < 2; i++) {
      assertGolden(golden, "crps_ensemble", i, ensemble.metrics().get(i));
    }
    for (int i = 0; i < 3; i++) {
      assertGolden(golden, "pinball_loss", i, quantiles.metrics().get(i));
    }
  }

  private static SliceResult run(
      ForecastEvaluation evaluation, GoldenFile golden, Dataset<Row> table) {
    ForecastEvaluation labelled = evaluation.label("y");
    return (golden.inputs().has("w") ? labelled.weight("w") : labelled).run(table).overall();
  }

  @Test
  void slicesAreEvaluationsOfTheirRows(SparkSession spark) {
    Dataset<Row> table = table(GoldenFile.calibration("regression_weighted"), spark);
    ForecastEvaluation evaluation =
        ForecastEvaluation.ofNormal("mu", "sigma").label("y").weight("w");
    EvaluationResult result = evaluation.slice("site").run(table);
    assertEquals(3, result.slices().size());
    for (SliceResult slice : result.slices()) {
      String site = slice.slice().get("site");
      String where = site == null ? "site IS NULL" : "site = '" + site + "'";
      SliceResult alone = evaluation.run(table.where(where).coalesce(1)).overall();
      assertEquals(alone.metrics(), slice.metrics());
      assertEquals(alone.ledger(), slice.ledger());
    }
    assertTrue(JsonReport.of(result).contains("\"crps_gaussian\""));
    assertTrue(ConsoleReport.of(result).contains("crps_gaussian"));
  }

  @Test
  void slicesOfLongTextAndOfAnyNumberOfPartitions(SparkSession spark) {
    Dataset<Row> table =
        spark
            .range(0, 600, 1, 40)
            .selectExpr(
                "id",
                "repeat('\u00e9', 40000 + CAST(id % 3 AS INT)) AS site",
                "CAST(id AS DOUBLE) AS m",
                "2D AS s",
                "id + 1D AS y");
    ForecastEvaluation evaluation =
        ForecastEvaluation.ofNormal("m", "s").label("y").slice("site").slice("site", "s");
    EvaluationResult result = evaluation.run(table);
    assertEquals(6, result.slices().size());
    for (int i = 0; i < 6; i++) {
      SliceResult slice = result.slices().get(i);
      assertEquals(40_000 + i % 3, slice.slice().get("site").length());
      assertEquals(200, slice.ledger().rowsEvaluated());
      // z = 1/2 in every row.
      assertEquals(
          Math.log(2 * Math.sqrt(2 * Math.PI)) + 0.125, slice.value("gaussian_nll"), 1e-15);
    }
    assertEquals(600, result.overall().ledger().rowsEvaluated());
    EvaluationResult none = evaluation.run(table.where("id < 0"));
    assertEquals(0, none.overall().ledger().rowsSeen());
    assertTrue(none.slices().isEmpty());
    EvaluationException tooMany =
        assertThrows(EvaluationException.class, () -> evaluation.sliceLimit(2).run(table));
    assertTrue(tooMany.getMessage().contains("has more than 2 values"), tooMany.getMessage());
  }

  @Test
  void faultsEndItUnlessDropped(SparkSession spark) {
    Dataset<Row> table =
        spark.sql(
            "SELECT * FROM VALUES (0.0D, 1.0D, 0.5D, 1.0D), (NULL, 1.0D, 0.5D, 1.0D),"
                + " (0.0D, double('NaN'), 0.5D, 1.0D), (0.0D, 1.0D, NULL, 1.0D),"
                + " (0.0D, 1.0D, 0.5D, -1.0D), (0.0D, 1.0D, 0.5D, 0.0D) AS t(m, s, y, w)");
    ForecastEvaluation evaluation = ForecastEvaluation.ofNormal("m", "s").label("y").weight("w");
    InvalidRowException refused =
        assertThrows(
            InvalidRowException.class, () -> evaluation.run(table.where("y IS NULL").coalesce(1)));
    assertTrue(refused.getMessage().contains("column 'y'"), refused.getMessage());
    assertTrue(
        refused.getMessage().contains("policy(InputCheck.NULL_LABEL, Policy.DROP)"),
        refused.getMessage());
    EvaluationResult result =
        evaluation
            .policy(InputCheck.NULL_PREDICTION, Policy.DROP)
            .policy(InputCheck.NAN, Policy.DROP)
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .policy(InputCheck.INVALID_WEIGHT, Policy.DROP)
            .run(table);
    assertEquals(6, result.overall().ledger().rowsSeen());
    assertEquals(1, result.overall().ledger().rowsEvaluated());
    assertEquals(1, result.overall().ledger().count(InputCheck.ZERO_WEIGHT));
    assertEquals(1, result.overall().ledger().count(InputCheck.NAN));
    // -log phi(0.5)
    assertEquals(0.5 * Math.log(2 * Math.PI) + 0.125, result.value("gaussian_nll"), 1e-15);
  }

  @Test
  void errorsNameTheColumn(SparkSession spark) {
    Dataset<Row> table =
        spark.sql(
            "SELECT 0.0D AS m, 0.0D AS s, 1.0D AS y, array(1.0D, 2.0D) AS q, 'x' AS t, 3.0D AS lo");
    ForecastEvaluation normal = ForecastEvaluation.ofNormal("m", "s").label("y");
    assertRefused(normal, table, "column 's': the standard deviation 0.0 is not above 0");
    assertRefused(
        ForecastEvaluation.ofInterval("lo", "m", 0.1).label("y"),
        table,
        "column 'lo': the lower end 3.0 is above the upper end 0.0 of column 'm'");
    assertRefused(
        ForecastEvaluation.ofQuantiles("q", 0.1, 0.5, 0.9).label("y"),
        table,
        "column 'q': the forecast does not hold 3 numbers");
    assertRefused(normal.label("truth"), table, "no column 'truth' (label) in the table");
    assertRefused(normal.weight("t"), table, "column 't' (weight) is STRING, wanted a number");
    assertRefused(
        ForecastEvaluation.ofEnsemble("m").label("y"),
        table,
        "column 'm' (forecast) is DOUBLE, wanted an ARRAY of numbers");
    assertRefused(
        normal,
        table.selectExpr("double('NaN') AS m", "1.0D AS s", "y"),
        "column 'm', 's' or 'y': a number is not finite");
  }

  private static void assertRefused(
      ForecastEvaluation evaluation, Dataset<Row> table, String message) {
    RuntimeException refused = assertThrows(RuntimeException.class, () -> evaluation.run(table));
    assertTrue(
        refused instanceof IllegalArgumentException || refused instanceof EvaluationException,
        refused.toString());
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 200})
  void sameBitsInAnyPartitioningAndOrder(int partitions, SparkSession spark) {
    Dataset<Row> table = table(GoldenFile.calibration("regression_weighted"), spark);
    for (ForecastEvaluation evaluation :
        List.of(
            ForecastEvaluation.ofNormal("mu", "sigma"),
            ForecastEvaluation.ofInterval("lo", "hi", 0.2),
            ForecastEvaluation.ofEnsemble("ens"))) {
      ForecastEvaluation sliced = evaluation.label("y").weight("w").slice("site");
      EvaluationResult expected = sliced.run(table.coalesce(1));
      EvaluationResult actual =
          sliced.run(table.orderBy(functions.rand(partitions)).repartition(partitions));
      assertEquals(ResultBits.of(expected), ResultBits.of(actual));
    }
  }

  @Test
  void noRowsGiveNaN(SparkSession spark) {
    EvaluationResult result =
        ForecastEvaluation.ofEnsemble("x")
            .run(spark.sql("SELECT array(1.0D) AS x, 1.0D AS label WHERE false"));
    assertTrue(Double.isNaN(result.value("crps_ensemble")));
    assertEquals(0, result.overall().ledger().rowsSeen());
  }

  @Test
  void wrongParametersAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> ForecastEvaluation.ofInterval("lo", "hi", 1));
    assertThrows(
        IllegalArgumentException.class, () -> ForecastEvaluation.ofQuantiles("q", 0.9, 0.1));
  }

  @Test
  void crossingQuantilesAreCounted(SparkSession spark) {
    Dataset<Row> table =
        spark.sql(
            "SELECT * FROM VALUES (array(1D, 2D, 3D), 2D, 'a'), (array(1D, 3D, 2D), 2D, 'b'),"
                + " (array(2D, 1D, 3D), 2D, 'b'), (array(2D, 2D, 2D), 2D, 'a') AS t(q, y, s)");
    EvaluationResult result =
        ForecastEvaluation.ofQuantiles("q", 0.1, 0.5, 0.9).label("y").slice("s").run(table);
    assertEquals(4, result.overall().ledger().rowsEvaluated());
    assertEquals(2, result.overall().ledger().count(InputCheck.CROSSING_QUANTILES));
    assertEquals(2, result.slices().get(1).ledger().count(InputCheck.CROSSING_QUANTILES));
    assertEquals(0, result.slices().get(0).ledger().count(InputCheck.CROSSING_QUANTILES));
    assertThrows(
        IllegalArgumentException.class,
        () -> ForecastEvaluation.ofEnsemble("x").policy(InputCheck.ZERO_WEIGHT, Policy.DROP));
    assertThrows(IllegalArgumentException.class, () -> ForecastEvaluation.ofEnsemble("x").slice());
  }
}
