// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.evaluate.ResultBits;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.forecast.ForecastRows.Kind;
import org.sparklosses.inference.PoissonCounts;
import org.sparklosses.inference.RowHash;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.testing.SharedSession;

/** Intervals of metrics of forecasts against the formula and against draws of the rows. */
@ExtendWith(SharedSession.class)
class ForecastIntervalsTest {

  /** The 0.975-quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  private static final int REPLICATES = 60;
  private static final double TOLERANCE = 1e-11;

  private final ForecastRows rows = new ForecastRows(600, 5);

  /** By name, parameters and part. */
  private static Map<String, ConfidenceInterval> intervals(SliceResult result) {
    Map<String, ConfidenceInterval> intervals = new LinkedHashMap<>();
    for (MetricResult metric : result.metrics()) {
      metric
          .intervals()
          .forEach(
              (part, interval) ->
                  intervals.put(metric.name() + metric.parameters() + " " + part, interval));
    }
    return intervals;
  }

  private static void assertClose(double expected, double actual, String what) {
    assertEquals(expected, actual, TOLERANCE * Math.max(1, Math.abs(expected)), what);
  }

  @ParameterizedTest
  @EnumSource
  void standardErrorsAreThoseOfTheFormula(Kind kind, SparkSession spark) {
    ForecastEvaluation evaluation = ForecastRows.evaluation(kind).standardErrors();
    double[] ones = new double[rows.size];
    Arrays.fill(ones, 1);
    assertFormula(kind, ones, evaluation.run(rows.table(spark)).overall());
    assertFormula(kind, rows.w, evaluation.weight("w").run(rows.table(spark)).overall());
  }

  private void assertFormula(Kind kind, double[] w, SliceResult result) {
    Map<String, ConfidenceInterval> actual = intervals(result);
    rows.means(kind)
        .forEach(
            (name, x) -> {
              double mean = rows.mean(w, x);
              double error = error(w, x);
              ConfidenceInterval interval = actual.remove(name);
              assertClose(mean - Z * error, interval.low(), name);
              assertClose(mean + Z * error, interval.high(), name);
              assertClose(error, interval.standardError(), name);
              assertEquals(0.95, interval.level());
            });
    rows.squares(kind)
        .forEach(
            (name, x) -> {
              double mean = rows.mean(w, x);
              double error = error(w, x);
              ConfidenceInterval interval = actual.remove(name);
              assertClose(Math.sqrt(mean - Z * error), interval.low(), name);
              assertClose(Math.sqrt(mean + Z * error), interval.high(), name);
              assertClose(error / (2 * Math.sqrt(mean)), interval.standardError(), name);
            });
    assertEquals(Map.of(), actual);
  }

  /** The root of {@code n / (n - 1) sum w^2 (x - mean)^2 / (sum w)^2}. */
  private double error(double[] w, IntToDoubleFunction x) {
    double mean = rows.mean(w, x);
    double squares = 0;
    for (int i = 0; i < rows.size; i++) {
      squares += Math.pow(w[i] * (x.applyAsDouble(i) - mean), 2);
    }
    double n = rows.size;
    return Math.sqrt(n / (n - 1) * squares) / Arrays.stream(w).sum();
  }

  @ParameterizedTest
  @EnumSource
  void bootstrapDrawsTheRows(Kind kind, SparkSession spark) {
    ForecastEvaluation evaluation =
        ForecastRows.evaluation(kind).weight("w").replicates(REPLICATES).seed(7).level(0.9);
    Dataset<Row> table = rows.table(spark);
    assertDraws(
        kind,
        i -> RowHash.of(i, RowHash.DEFAULT_SEED),
        i -> true,
        evaluation.bootstrap("id").run(table).overall());
    // An interval by bootstrap takes precedence over one by formula.
    assertDraws(
        kind,
        i -> RowHash.of(ForecastRows.user(i), RowHash.DEFAULT_SEED),
        i -> true,
        evaluation.standardErrors().cluster("user").run(table).overall());
    EvaluationResult sliced = evaluation.bootstrap("id").slice("site").run(table);
    assertEquals(3, sliced.slices().size());
    for (SliceResult slice : sliced.slices()) {
      String site = slice.slice().get("site");
      assertDraws(
          kind,
          i -> RowHash.of(i, RowHash.DEFAULT_SEED),
          i -> String.valueOf(site).equals(String.valueOf(ForecastRows.site(i))),
          slice);
    }
  }

  /** Every row as often as its bucket, told by the leading 8 bits of the hash of its key. */
  private void assertDraws(
      Kind kind, IntToLongFunction hash, IntPredicate isThere, SliceResult result) {
    Map<String, ConfidenceInterval> actual = intervals(result);
    PoissonCounts counts = new PoissonCounts(7);
    for (Map.Entry<String, ToDoubleFunction<double[]>> figure : rows.figures(kind).entrySet()) {
      double[] values = new double[REPLICATES];
      for (int r = 0; r < REPLICATES; r++) {
        double[] drawn = new double[rows.size];
        for (int i = 0; i < rows.size; i++) {
          int bucket = (int) (hash.applyAsLong(i) >>> 56);
          drawn[i] = isThere.test(i) ? rows.w[i] * counts.count(r, bucket) : 0;
        }
        values[r] = figure.getValue().applyAsDouble(drawn);
      }
      ConfidenceInterval interval = actual.remove(figure.getKey());
      Arrays.sort(values);
      assertClose(quantile(values, 0.05), interval.low(), figure.getKey());
      assertClose(quantile(values, 0.95), interval.high(), figure.getKey());
      assertClose(deviation(values), interval.standardError(), figure.getKey());
      assertEquals(0.9, interval.level());
    }
    assertEquals(Map.of(), actual);
  }

  private static double quantile(double[] ascending, double q) {
    double place = q * (ascending.length - 1);
    int below = (int) place;
    return ascending[below] + (place - below) * (ascending[below + 1] - ascending[below]);
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 200})
  void sameBitsHoweverTheTableIsPartedAndOrdered(int partitions, SparkSession spark) {
    Dataset<Row> table = rows.table(spark);
    Dataset<Row> shuffled = table.orderBy(functions.rand(partitions)).repartition(partitions);
    for (Kind kind : Kind.values()) {
      ForecastEvaluation evaluation = ForecastRows.evaluation(kind).weight("w").slice("site");
      for (ForecastEvaluation sure :
          List.of(evaluation.standardErrors(), evaluation.cluster("user"))) {
        assertEquals(ResultBits.of(sure.run(table)), ResultBits.of(sure.run(shuffled)));
      }
    }
  }

  /** The share of a truth is drawn as the same truth is by an evaluation of classes. */
  @Test
  void replicatesArePairedWithThoseOfClasses(SparkSession spark) {
    Dataset<Row> table =
        rows.table(spark)
            .selectExpr(
                "CAST(id AS INT) AS id",
                "y",
                "lo",
                "hi",
                "IF(y BETWEEN lo AND hi, 0.75D, 0.25D) AS p",
                "1 AS label");
    ConfidenceInterval ofClasses =
        Evaluation.ofProbabilities("p")
            .metrics("accuracy")
            .bootstrap("id")
            .run(table)
            .interval("accuracy")
            .orElseThrow();
    ConfidenceInterval ofForecasts =
        ForecastRows.evaluation(Kind.INTERVAL)
            .bootstrap("id")
            .run(table)
            .interval("interval_coverage")
            .orElseThrow();
    assertClose(ofClasses.low(), ofForecasts.low(), "low");
    assertClose(ofClasses.high(), ofForecasts.high(), "high");
    assertClose(ofClasses.standardError(), ofForecasts.standardError(), "error");
    assertNotEquals(
        ofForecasts,
        ForecastRows.evaluation(Kind.INTERVAL)
            .bootstrap("id")
            .seed(43)
            .run(table)
            .interval("interval_coverage")
            .orElseThrow());
  }

  /** By a power of two, so that nothing is rounded. */
  @ParameterizedTest
  @ValueSource(doubles = {0x1p70, 0x1p-70})
  void numbersMayHaveAnyUnitAndWeightsAnyScale(double unit, SparkSession spark) {
    Dataset<Row> table = rows.table(spark);
    Dataset<Row> scaled =
        table.selectExpr(
            "id", "%s * y AS y".formatted(unit), unit + " * mu AS mu", unit + " * w AS w");
    ForecastEvaluation evaluation = ForecastRows.evaluation(Kind.POINT).weight("w");
    for (ForecastEvaluation sure :
        List.of(evaluation.bootstrap("id"), evaluation.standardErrors())) {
      EvaluationResult one = sure.run(table);
      EvaluationResult other = sure.run(scaled);
      for (String metric : List.of("rmse", "mae")) {
        ConfidenceInterval expected = one.interval(metric).orElseThrow();
        ConfidenceInterval actual = other.interval(metric).orElseThrow();
        assertEquals(unit * expected.low(), actual.low(), metric);
        assertEquals(unit * expected.high(), actual.high(), metric);
        assertClose(unit * expected.standardError(), actual.standardError(), metric);
      }
      assertEquals(one.interval("r2"), other.interval("r2"));
    }
  }

  /** Multiples of 1/64, so that a shift by 2^40 is exact. */
  @Test
  void varianceIsThatOfNumbersFarFromZeroToo(SparkSession spark) {
    Dataset<Row> near =
        spark
            .range(500)
            .selectExpr("id", "id % 37 / 64D AS y", "id % 37 / 64D + (id % 11 - 5) / 64D AS mu");
    Dataset<Row> far =
        near.selectExpr("id", "y + 1099511627776D AS y", "mu + 1099511627776D AS mu");
    ForecastEvaluation evaluation = ForecastRows.evaluation(Kind.POINT).bootstrap("id");
    assertEquals(evaluation.run(near).interval("r2"), evaluation.run(far).interval("r2"));
  }

  @ParameterizedTest
  @EnumSource
  void noRowsAndOneAreNotSure(Kind kind, SparkSession spark) {
    Dataset<Row> table = rows.table(spark);
    for (String where : List.of("id < 0", "id = 5")) {
      EvaluationResult result =
          ForecastRows.evaluation(kind).standardErrors().run(table.where(where));
      intervals(result.overall())
          .forEach((name, interval) -> assertTrue(Double.isNaN(interval.high()), name));
    }
    EvaluationResult none =
        ForecastRows.evaluation(kind).bootstrap("id").run(table.where("id < 0"));
    Map<String, ConfidenceInterval> intervals = intervals(none.overall());
    assertEquals(rows.figures(kind).keySet(), intervals.keySet());
    intervals.forEach((name, interval) -> assertTrue(Double.isNaN(interval.low()), name));
  }

  /** No error varies, and so nothing does that is a mean of them. */
  @Test
  void perfectForecastsAreSure(SparkSession spark) {
    Dataset<Row> table = rows.table(spark).selectExpr("id", "y", "y AS mu");
    ForecastEvaluation evaluation = ForecastRows.evaluation(Kind.POINT);
    for (ForecastEvaluation sure :
        List.of(evaluation.bootstrap("id"), evaluation.standardErrors())) {
      for (String metric : List.of("rmse", "mae")) {
        assertEquals(
            new ConfidenceInterval(0, 0, 0.95, 0),
            sure.run(table).interval(metric).orElseThrow(),
            metric);
      }
    }
  }

  @Test
  void settingsTellTheBootstrap(SparkSession spark) {
    Map<String, String> settings =
        ForecastRows.evaluation(Kind.POINT)
            .cluster("user")
            .replicates(20)
            .run(rows.table(spark))
            .settings();
    assertEquals("user", settings.get("cluster"));
    assertEquals("20", settings.get("replicates"));
    assertEquals("42", settings.get("seed"));
    assertEquals("0.95", settings.get("level"));
  }

  @Test
  void gates(SparkSession spark) {
    ForecastEvaluation normal = ForecastRows.evaluation(Kind.NORMAL).bootstrap("id");
    Gate gate = Gate.parse("slice(site): crps_gaussian.ci_high > 1e9");
    EvaluationResult result = normal.forGate(gate).run(rows.table(spark)).check(List.of(gate));
    assertEquals(3, result.slices().size());
    assertEquals(List.of(), result.gates().get(0).violations());
    Gate violated = Gate.parse("regression_sharpness.se > 0");
    double error =
        normal
            .run(rows.table(spark))
            .check(List.of(violated))
            .gates()
            .get(0)
            .violations()
            .get(0)
            .value();
    assertTrue(error > 0 && error < 0.05, "" + error);
  }

  @Test
  void gatesOnIntervalsThatThereAreNot() {
    ForecastEvaluation normal = ForecastRows.evaluation(Kind.NORMAL);
    ForecastEvaluation point = ForecastRows.evaluation(Kind.POINT);
    String none = "metric 'ence' has none, compare its value";
    assertRefused(normal, "ence.ci_high > 1", none);
    assertRefused(normal.bootstrap("id").standardErrors(), "ence.ci_high > 1", none);
    assertRefused(
        normal.bootstrap("id"), "pit_histogram.se > 1", "metric 'pit_histogram' has none");
    assertRefused(
        normal.bootstrap("id"),
        "quantile_calibration_error.rms.se > 1",
        "metric 'quantile_calibration_error' has none");
    String ask = "ask for one by bootstrap(key), on the command line --bootstrap KEY";
    assertRefused(point, "rmse.ci_low < 1", ask);
    assertRefused(point.standardErrors(), "r2.ci_low < 1", ask);
    assertEquals(point.standardErrors().getClass(), gated(point.standardErrors(), "rmse.se > 1"));
    assertEquals(point.getClass(), gated(point.cluster("user"), "r2.ci_low < 0"));
  }

  private static Class<?> gated(ForecastEvaluation evaluation, String gate) {
    return evaluation.forGate(Gate.parse(gate)).getClass();
  }

  private static void assertRefused(ForecastEvaluation evaluation, String gate, String message) {
    Gate parsed = Gate.parse(gate);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> evaluation.forGate(parsed));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }

  @Test
  void wrongSettingsAreRefused(SparkSession spark) {
    ForecastEvaluation point = ForecastRows.evaluation(Kind.POINT);
    assertThrows(IllegalArgumentException.class, () -> point.replicates(1));
    assertThrows(IllegalArgumentException.class, () -> point.level(95));
    Dataset<Row> table = rows.table(spark);
    IllegalArgumentException missing =
        assertThrows(IllegalArgumentException.class, () -> point.bootstrap("key").run(table));
    assertTrue(missing.getMessage().contains("no column 'key' (bootstrap)"), missing.getMessage());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> point.cluster("key").run(table))
            .getMessage()
            .contains("(cluster)"));
  }

  /** As those of classes are. */
  @ParameterizedTest
  @EnumSource
  void statesAreAboutAsLargeAsEstimated(Kind kind, SparkSession spark) {
    int numbers =
        switch (kind) {
          case POINT -> 5;
          case NORMAL, INTERVAL -> 3;
          case QUANTILES -> 6;
          case ENSEMBLE -> 2;
        };
    Dataset<Row> table = new ForecastRows(3000, 9).table(spark);
    ForecastEvaluation evaluation = ForecastRows.evaluation(kind).weight("w");
    long plain = evaluation.state(table).toBytes().length;
    ForecastEvaluation bootstrap = evaluation.bootstrap("id");
    double share =
        (double) (bootstrap.state(table).toBytes().length - plain)
            / ForecastSpread.bytes(bootstrap.spec().intervals(), numbers, 3000);
    assertTrue(share > 0.25 && share < 2, kind + ": " + share);
    ForecastEvaluation formula = evaluation.standardErrors();
    double ofFormula =
        (double) (formula.state(table).toBytes().length - plain)
            / ForecastSpread.bytes(formula.spec().intervals(), numbers, 3000);
    assertTrue(ofFormula > 0.25 && ofFormula < 2, kind + ": " + ofFormula);
  }

  /** Of 399 levels a bucket takes 52 kB, and the 256 of a slice 13 MB. */
  @Test
  void whatDoesNotFitIsToldBeforeTheRun(SparkSession spark) {
    Dataset<Row> table =
        spark
            .range(0, 600_000, 1, 2)
            .selectExpr("id", "id % 2000 AS site", "1D AS y", "array_repeat(1D, 399) AS q");
    double[] levels = IntStream.rangeClosed(1, 399).mapToDouble(j -> j / 400.0).toArray();
    ForecastEvaluation evaluation =
        ForecastEvaluation.ofQuantiles("q", levels).label("y").slice("site").bootstrap("id");
    EvaluationException tooMuch =
        assertThrows(EvaluationException.class, () -> evaluation.run(table));
    assertTrue(tooMuch.getMessage().contains("leave the bootstrap out"), tooMuch.getMessage());
    assertEquals(2, evaluation.run(table.where("site < 2")).slices().size());
  }
}
