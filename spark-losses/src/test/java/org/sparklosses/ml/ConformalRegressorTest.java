// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.conformal.ConformalQuantile;
import org.sparklosses.conformal.IntervalScores;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.SharedSession;

/** Intervals as a stage. */
@ExtendWith(SharedSession.class)
class ConformalRegressorTest {

  private final SparkSession spark;

  @TempDir private Path folder;

  ConformalRegressorTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table(int rows) {
    return spark
        .range(0, rows, 1, 3)
        .selectExpr(
            "id",
            "10 * sin(id) AS prediction",
            "10 * sin(id) - 1 - id % 2 AS lo",
            "10 * sin(id) + 2 AS hi",
            "10 * sin(id) + (1 + id % 3) * cos(id * id) AS label",
            "1D + id % 2 AS weight",
            "IF(id % 3 = 0, NULL, id % 3) AS site");
  }

  private static double[] scores(
      List<Row> rows, String low, String high, boolean isOfAll, Long site) {
    return rows.stream()
        .filter(row -> isOfAll || Objects.equals(site, row.getAs("site")))
        .mapToDouble(
            row ->
                IntervalScores.roundedUp(
                    IntervalScores.of(
                        row.<Double>getAs(low),
                        row.<Double>getAs(high),
                        row.<Double>getAs("label"))))
        .toArray();
  }

  @Test
  void absoluteResiduals() {
    Dataset<Row> table = table(2000);
    ConformalRegressor regressor = new ConformalRegressor().setAlphas(0.1, 0.25);
    ConformalRegressorModel model = regressor.fit(table);
    double[] scores = scores(table.collectAsList(), "prediction", "prediction", true, null);
    for (double alpha : new double[] {0.1, 0.25}) {
      model.setAlpha(alpha);
      double q = ConformalQuantile.of(scores, alpha);
      assertArrayEquals(new float[] {(float) q}, model.thresholdsByGroup().get(""));
      Dataset<Row> intervals = model.transform(table);
      assertEquals(
          0,
          intervals
              .where("lower != prediction - %s OR upper != prediction + %1$s".formatted(q))
              .count());
      long covered = intervals.where("label BETWEEN lower AND upper").count();
      assertTrue(covered >= 2001 * (1 - alpha) && covered <= 2001 * (1 - alpha) + 2, "" + covered);
    }
    for (int partitions : new int[] {1, 7, 200}) {
      assertArrayEquals(
          model.getOrDefault(model.thresholds())[0],
          regressor.fit(table.repartition(partitions, col("weight")))
              .getOrDefault(model.thresholds())[0]);
    }
    assertEquals(2, model.scans());
  }

  @Test
  void quantileRegressionByGroups() throws IOException {
    Dataset<Row> table = table(1500);
    ConformalRegressorModel model =
        new ConformalRegressor().setIntervalCols("lo", "hi").setGroupCol("site").fit(table);
    List<Row> rows = table.collectAsList();
    for (Long site : new Long[] {null, 1L, 2L}) {
      double q = ConformalQuantile.of(scores(rows, "lo", "hi", false, site), 0.1);
      float[] found = model.thresholdsByGroup().get(site == null ? null : site.toString());
      assertArrayEquals(new float[] {(float) q}, found);
      assertEquals(site == null, q < 0, "intervals of small errors are narrowed");
    }
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    Dataset<Row> others = table.limit(9).withColumn("site", expr("IF(id = 4, 77, site)"));
    List<Row> intervals = model.transform(others).collectAsList();
    assertEquals(intervals, ConformalRegressorModel.load(path).transform(others).collectAsList());
    for (Row row : intervals) {
      boolean isUnknown = row.getLong(0) == 4;
      assertEquals(isUnknown, Double.isInfinite(row.<Double>getAs("lower")));
      assertEquals(isUnknown, Double.isInfinite(row.<Double>getAs("upper")));
    }
  }

  /** The set of expected values, by the stage. */
  @Test
  void expectedValues() {
    GoldenFile golden = GoldenFile.calibration("conformal");
    double[][] columns =
        List.of("lo_cal", "hi_cal", "yr_cal", "lo_t", "hi_t", "yr_t").stream()
            .map(name -> GoldenFile.doubles(golden.inputs().get(name)))
            .toArray(double[][]::new);
    GoldenFile.Entry entry =
        golden.of("conformal_regression").stream()
            .filter(e -> e.args().get("score_cal").asText().equals("cqr"))
            .findFirst()
            .orElseThrow();
    double alpha = entry.params().get("alpha").asDouble();
    ConformalRegressorModel model =
        new ConformalRegressor()
            .setIntervalCols("lo", "hi")
            .setAlphas(alpha)
            .fit(table(columns[0], columns[1], columns[2]));
    assertEquals(
        IntervalScores.roundedUp(entry.expected("qhat")), model.thresholdsByGroup().get("")[0]);
    Row found =
        model
            .transform(table(columns[3], columns[4], columns[5]))
            .selectExpr("avg(CAST(label BETWEEN lower AND upper AS INT))", "avg(upper - lower)")
            .first();
    assertEquals(entry.expected("coverage"), found.getDouble(0), 1e-12);
    // Rounded up to float.
    assertEquals(entry.expected("mean_width"), found.getDouble(1), 2e-7);
  }

  private Dataset<Row> table(double[] low, double[] high, double[] y) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      rows.add(RowFactory.create(low[i], high[i], y[i]));
    }
    StructType schema =
        new StructType()
            .add("lo", DataTypes.DoubleType)
            .add("hi", DataTypes.DoubleType)
            .add("label", DataTypes.DoubleType);
    return spark.createDataFrame(rows, schema);
  }

  @Test
  void weightsAreRepetitions() {
    Dataset<Row> table = table(700);
    Dataset<Row> repeated =
        table.withColumn("copy", expr("explode(sequence(1, CAST(weight AS INT)))"));
    assertArrayEquals(
        new ConformalRegressor().fit(repeated).thresholdsByGroup().get(""),
        new ConformalRegressor().setWeightCol("weight").fit(table).thresholdsByGroup().get(""));
  }

  @Test
  void fewRowsAndRowsThatAreNone() {
    for (int rows : new int[] {0, 1, 8}) {
      ConformalRegressorModel model = new ConformalRegressor().fit(table(rows));
      assertEquals(1, model.infiniteThresholds());
      Row row = model.transform(table(1)).select("lower", "upper").first();
      assertEquals(Double.NEGATIVE_INFINITY, row.getDouble(0));
      assertEquals(Double.POSITIVE_INFINITY, row.getDouble(1));
    }
    Dataset<Row> odd =
        table(90)
            .withColumn(
                "prediction",
                expr("IF(id % 9 = 1, NULL, IF(id % 9 = 2, DOUBLE('NaN'), prediction))"))
            .withColumn("label", expr("IF(id % 9 = 3, DOUBLE('Infinity'), label)"));
    ConformalRegressorModel model = new ConformalRegressor().setHandleInvalid("skip").fit(odd);
    assertEquals(60, model.rows());
    assertArrayEquals(
        new ConformalRegressor()
            .fit(table(90).where("id % 9 NOT IN (1, 2, 3)"))
            .thresholdsByGroup()
            .get(""),
        model.thresholdsByGroup().get(""));
    assertEquals(20, model.transform(odd).where("lower IS NULL AND upper IS NULL").count());
    assertEquals(70, model.transform(odd).where("lower < upper").count());
    String message =
        assertThrows(
                InvalidRowException.class,
                () -> new ConformalRegressor().fit(odd.where("id % 9 = 1")))
            .getMessage();
    assertTrue(message.contains("column 'prediction': the forecast is NULL"), message);
    assertTrue(message.endsWith("setHandleInvalid(\"skip\")"), message);
  }

  @Test
  void messages() {
    Dataset<Row> table = table(20);
    ConformalRegressor half = new ConformalRegressor();
    half.set(half.lowerCol(), "lo");
    assertMessage("name both: setIntervalCols", () -> half.fit(table));
    assertMessage(
        "the table has a column 'hi' already; call the new one otherwise: setOutputCols",
        () -> new ConformalRegressor().setOutputCols("x", "hi").fit(table));
    assertMessage(
        "no column 'y' (label)", () -> new ConformalRegressor().setLabelCol("y").fit(table));
    assertMessage(
        "column 'prediction' holds STRING; forecasts are numbers",
        () -> new ConformalRegressor().fit(table.withColumn("prediction", expr("'a'"))));
    assertMessage(
        "handleInvalid = 'keep' is not allowed; give error or skip",
        () -> new ConformalRegressor().setHandleInvalid("keep"));
  }

  private static void assertMessage(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }
}
