// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.ResultBits;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.ColumnarPass;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/**
 * Forecasts that are read from the batches of a file give the bits and the counts of those that are
 * read row by row, whatever the kind, the faults of the rows and the settings of the session.
 */
@ExtendWith(SharedSession.class)
class ForecastBatchesTest {

  private static final List<InputCheck> FAULTS =
      List.of(
          InputCheck.NULL_PREDICTION,
          InputCheck.EMPTY_PREDICTION,
          InputCheck.LENGTH_MISMATCH,
          InputCheck.NAN,
          InputCheck.NULL_LABEL,
          InputCheck.NULL_WEIGHT,
          InputCheck.INVALID_WEIGHT,
          InputCheck.WEIGHT_OUT_OF_RANGE);

  @TempDir private static Path directory;

  @BeforeAll
  static void writeTable() {
    String mean = "sin(id) * 3";
    String third = "IF(id % 29 = 0, NULL, " + mean + " + 1)";
    String numbers = "array(" + mean + " - 1, " + mean + ", " + third + ")";
    SharedSession.get()
        .range(0, 900, 1, 2)
        .select(
            expr("id"),
            expr("CASE WHEN id % 17 = 0 THEN NULL WHEN id % 19 = 0 THEN DOUBLE('NaN') ELSE "
                    + mean
                    + " END")
                .as("mean"),
            expr("CAST(IF(id % 23 = 0, NULL, 0.5 + id % 7) AS FLOAT)").as("sigma"),
            expr(mean + " - 1 - id % 3").as("low"),
            expr("IF(id % 31 = 0, NULL, " + mean + " + 2)").as("high"),
            expr("CASE WHEN id % 37 = 0 THEN NULL WHEN id % 41 = 0 THEN array() WHEN id % 43 = 0"
                    + " THEN array(1D, 2D) ELSE %s END".formatted(numbers))
                .as("numbers"),
            expr("CAST(CASE WHEN id % 13 = 0 THEN NULL WHEN id % 47 = 0 THEN DOUBLE('Infinity')"
                    + " ELSE cos(id * 7) * 4 END AS FLOAT)")
                .as("truth"),
            expr("CASE id % 53 WHEN 0 THEN NULL WHEN 1 THEN -1D WHEN 2 THEN 0D WHEN 3 THEN 1e300"
                    + " ELSE 0.25 * (1 + id % 4) END")
                .as("weight"),
            expr("CAST(IF(id % 11 = 0, NULL, id) AS INT)").as("number"),
            expr("element_at(array('north', 'south', NULL), CAST(id % 3 AS INT) + 1)").as("site"),
            expr("concat('2020-', id % 12 + 1, '-', id % 9 + 1)").as("day"),
            expr("id % 4").as("hour"))
        .withColumn("floats", expr("CAST(numbers AS ARRAY<FLOAT>)"))
        .write()
        .partitionBy("hour")
        .parquet(directory.resolve("forecasts").toString());
  }

  private static Dataset<Row> table(Map<String, String> settings) {
    SparkSession session = SharedSession.get().newSession();
    settings.forEach(session.conf()::set);
    return session.read().parquet(directory.resolve("forecasts").toString());
  }

  private static ForecastEvaluation dropping(ForecastEvaluation of) {
    ForecastEvaluation evaluation =
        of.label("truth").weight("weight").slice("site").slice("hour").slice("site", "hour");
    for (InputCheck fault : FAULTS) {
      evaluation = evaluation.policy(fault, Policy.DROP);
    }
    return evaluation;
  }

  private static List<ForecastEvaluation> kinds() {
    return Stream.of(
            ForecastEvaluation.ofPoint("mean"),
            ForecastEvaluation.ofPoint("sigma"),
            ForecastEvaluation.ofNormal("mean", "sigma"),
            ForecastEvaluation.ofInterval("low", "high", 0.2),
            ForecastEvaluation.ofQuantiles("numbers", 0.1, 0.5, 0.9),
            ForecastEvaluation.ofQuantiles("floats", 0.1, 0.5, 0.9),
            ForecastEvaluation.ofEnsemble("numbers"),
            ForecastEvaluation.ofEnsemble("floats"),
            ForecastEvaluation.ofPoint("mean").bootstrap("id"),
            ForecastEvaluation.ofQuantiles("numbers", 0.1, 0.5, 0.9).cluster("site"),
            ForecastEvaluation.ofEnsemble("numbers").bootstrap("number"),
            ForecastEvaluation.ofNormal("mean", "sigma").standardErrors())
        .map(ForecastBatchesTest::dropping)
        .toList();
  }

  private static Stream<Arguments> cases() {
    String parsed = "to_date(day, 'yyyy-MM-dd') IS NOT NULL";
    return kinds().stream()
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, Map.of(), "true"),
                    Arguments.of(kind, Map.of(), "hour < 3 AND id % 5 > 0"),
                    Arguments.of(
                        kind, Map.of("spark.sql.legacy.timeParserPolicy", "LEGACY"), parsed),
                    Arguments.of(
                        kind,
                        Map.of(
                            "spark.sql.adaptive.enabled",
                            "false",
                            "spark.sql.parquet.columnarReaderBatchSize",
                            "7"),
                        "id > 5")));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void batchesAreRows(ForecastEvaluation evaluation, Map<String, String> settings, String where) {
    Dataset<Row> stored = table(settings).where(where);
    Dataset<Row> exchanged = stored.repartition(3);
    assertTrue(ColumnarPass.of(evaluation.columns(stored)).isPresent());
    assertFalse(ColumnarPass.of(evaluation.columns(exchanged)).isPresent());
    EvaluationResult byRows = evaluation.run(exchanged);
    EvaluationResult inBatches = evaluation.run(stored);
    assertEquals(ResultBits.of(byRows), ResultBits.of(inBatches));
    assertEquals(byRows, inBatches);
    assertEquals(stored.count(), inBatches.overall().ledger().rowsSeen());
  }

  @Test
  void sumsAreThoseOfSql() {
    Dataset<Row> table = table(Map.of());
    EvaluationResult result = dropping(ForecastEvaluation.ofPoint("mean")).run(table);
    List<Row> groups =
        table
            .where("mean < 9 AND truth < DOUBLE('Infinity') AND weight BETWEEN 1e-30 AND 10")
            .groupBy("site")
            .agg(
                expr("count(*)"),
                expr("sum(weight * abs(mean - truth)) / sum(weight)"),
                expr("sqrt(sum(weight * pow(mean - truth, 2)) / sum(weight))"))
            .collectAsList();
    assertEquals(3, groups.size());
    for (Row group : groups) {
      SliceResult slice = slice(result, Collections.singletonMap("site", group.getString(0)));
      assertEquals(group.getLong(1), slice.ledger().rowsEvaluated());
      assertEquals(group.getDouble(2), slice.metric("mae").value(), 1e-12);
      assertEquals(group.getDouble(3), slice.metric("rmse").value(), 1e-12);
    }
  }

  private static SliceResult slice(EvaluationResult result, Map<String, String> value) {
    return result.slices().stream()
        .filter(slice -> slice.slice().equals(value))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void bothRefuseTheSameRow() {
    Dataset<Row> one = table(Map.of()).where("id = 19");
    ForecastEvaluation evaluation = ForecastEvaluation.ofPoint("mean").label("truth");
    String inBatches =
        assertThrows(InvalidRowException.class, () -> evaluation.run(one)).getMessage();
    String byRows =
        assertThrows(InvalidRowException.class, () -> evaluation.run(one.repartition(1)))
            .getMessage();
    assertEquals(byRows, inBatches);
    assertTrue(inBatches.contains("column 'mean'"), inBatches);
  }
}
