// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
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
import org.sparklosses.conformal.ControlledRisk;
import org.sparklosses.conformal.SetCoverage;
import org.sparklosses.inference.Interval;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.RecordsRead;
import org.sparklosses.testing.SharedSession;

/** What sets are worth, and the control of a risk, from one scan. */
@ExtendWith(SharedSession.class)
class ConformalEvaluatorTest {

  private final SparkSession spark;

  @TempDir private Path folder;

  ConformalEvaluatorTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The sets of the expected values. */
  private Dataset<Row> golden(GoldenFile file) {
    double[] labels = GoldenFile.doubles(file.inputs().get("y_test"));
    double[] weights = GoldenFile.doubles(file.inputs().get("w_test"));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      List<Integer> set = new ArrayList<>();
      JsonNode isIn = file.inputs().get("sets").get(i);
      for (int k = 0; k < isIn.size(); k++) {
        if (isIn.get(k).asBoolean()) {
          set.add(k);
        }
      }
      rows.add(RowFactory.create((long) i, set, labels[i], weights[i]));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("predictionSet", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("label", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType);
    return spark.createDataFrame(rows, schema);
  }

  @Test
  void expectedValues() {
    GoldenFile file = GoldenFile.calibration("conformal");
    Dataset<Row> table = golden(file);
    for (GoldenFile.Entry entry : file.of("conformal_set_metrics")) {
      ConformalEvaluator evaluator = new ConformalEvaluator();
      if (entry.args().has("w")) {
        evaluator.setWeightCol("weight");
      }
      for (int partitions : new int[] {1, 7, 200}) {
        SetCoverage sets = evaluator.report(table.repartition(partitions, col("id"))).sets();
        assertEquals(entry.expected("coverage"), sets.coverage(), 1e-12);
        assertEquals(entry.expected("mean_size"), sets.meanSize(), 1e-12);
        assertEquals(entry.expected("empty_rate"), sets.emptyRate(), 1e-12);
        assertEquals(entry.expected("singleton_rate"), sets.singletonRate(), 1e-12);
        assertEquals(entry.expected("ssc"), sets.minSizeCoverage(), 1e-12);
        assertEquals(entry.expected("min_class_coverage"), sets.minClassCoverage(), 1e-12);
        assertEquals(sets, evaluator.report(table).sets());
      }
    }
  }

  private Dataset<Row> table(int rows) {
    return spark
        .range(0, rows, 1, 3)
        .selectExpr(
            "id",
            "IF(id % 10 = 0, array(), IF(id % 10 < 8, array(CAST(id % 3 AS INT)), array(0, 1, 2)))"
                + " AS predictionSet",
            "id % 3 AS label",
            "IF(id % 4 = 0, NULL, id % 4) AS site",
            "IF(id % 10 = 0, 'low', 'high') AS level");
  }

  @Test
  void slicesAndStrata() {
    ConformalReport report =
        new ConformalEvaluator().setSliceCols("site", "level").setAlpha(0.2).report(table(1000));
    assertEquals(1000, report.ledger().rowsEvaluated());
    assertEquals(0.9, report.sets().coverage());
    assertEquals(Interval.clopperPearson(900, 1000, 0.95), report.interval());
    assertEquals(0.1, report.sets().emptyRate());
    assertEquals(0.7, report.sets().singletonRate());
    assertEquals(1.3, report.sets().meanSize(), 1e-15);
    assertEquals(800, report.strata().strata().get(0).coverage().rows());
    assertEquals(0.2, report.strata().violation(), 1e-12);
    assertEquals(6, report.slices().size());
    assertEquals(Map.of("level", "low"), report.worstSlice());
    assertEquals(0, report.worst().coverage());
    assertEquals(6, report.worst().slices());
    assertEquals(1, report.worst().rejected());
    assertEquals(Map.of(), new ConformalEvaluator().report(table(100)).worstSlice());
  }

  @Test
  void figuresOfAnEvaluator() throws IOException {
    Dataset<Row> table = table(1000);
    Map<String, Double> expected =
        Map.of(
            "mean_size", 1.3,
            "coverage", 0.9,
            "coverage_gap", 0.05,
            "size_violation", 0.075,
            "min_class_coverage", 300 / 334.0);
    for (Map.Entry<String, Double> figure : expected.entrySet()) {
      ConformalEvaluator evaluator =
          new ConformalEvaluator().setAlpha(0.05).setMetricName(figure.getKey());
      assertEquals(figure.getValue(), evaluator.evaluate(table), 1e-12, figure.getKey());
      assertEquals(figure.getKey().endsWith("coverage"), evaluator.isLargerBetter());
      evaluator.write().overwrite().save(folder.resolve("evaluator").toString());
      assertEquals(
          evaluator.evaluate(table),
          ConformalEvaluator.load(folder.resolve("evaluator").toString()).evaluate(table));
    }
  }

  @Test
  void rowsThatAreNone() {
    ConformalReport empty = new ConformalEvaluator().setSliceCols("site").report(table(0));
    assertTrue(Double.isNaN(empty.sets().coverage()) && Double.isNaN(empty.sets().meanSize()));
    assertEquals(new Interval(0, 1), empty.interval());
    assertEquals(-1, empty.worst().worst());
    Dataset<Row> odd =
        table(100)
            .withColumn("predictionSet", expr("IF(id = 5, NULL, predictionSet)"))
            .withColumn(
                "label", expr("IF(id = 6, NULL, IF(id = 7, 1.5D, IF(id = 8, -1D, label)))"));
    ConformalReport skipped = new ConformalEvaluator().setHandleInvalid("skip").report(odd);
    assertEquals(96, skipped.ledger().rowsEvaluated());
    assertEquals(2, skipped.ledger().count(InputCheck.LABEL_OUT_OF_RANGE));
    assertRefused("column 'predictionSet': the set is NULL", odd.where("id != 6"));
    assertRefused("column 'label': label is NULL", odd.where("id = 6"));
    assertRefused("column 'label': label is no class index", odd.where("id = 7"));
    assertRefused("setHandleInvalid(\"skip\")", odd.where("id = 8"));
  }

  private static void assertRefused(String part, Dataset<Row> table) {
    String message =
        assertThrows(InvalidRowException.class, () -> new ConformalEvaluator().report(table))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void theTableIsReadOnce() throws TimeoutException {
    String path = folder.resolve("scans").toString();
    table(900).write().parquet(path);
    Dataset<Row> stored = spark.read().parquet(path);
    ConformalEvaluator evaluator = new ConformalEvaluator().setSliceCols("site", "level");
    assertEquals(900, RecordsRead.during(spark, () -> evaluator.report(stored)));
  }

  @Test
  void risksAreControlled() {
    GoldenFile file = GoldenFile.calibration("conformal");
    List<Row> rows = new ArrayList<>();
    for (double[] losses : GoldenFile.matrix(file.inputs().get("losses"))) {
      rows.add(RowFactory.create((Object) losses));
    }
    StructType schema =
        new StructType().add("losses", DataTypes.createArrayType(DataTypes.DoubleType));
    Dataset<Row> table = spark.createDataFrame(rows, schema);
    for (GoldenFile.Entry entry : file.of("conformal_risk_control")) {
      double[] lambdas = GoldenFile.doubles(entry.params().get("lambdas"));
      ControlledRisk found =
          ConformalRiskControl.of("losses", lambdas)
              .run(table.repartition(7), entry.params().get("alpha").asDouble())
              .get(0);
      assertEquals(entry.value().asDouble(), found.lambda());
      assertTrue(found.isControlled());
      assertEquals(rows.size(), found.rows());
      ControlledRisk none =
          ConformalRiskControl.of("losses", lambdas).run(table.limit(0), 0.5).get(0);
      assertFalse(none.isControlled());
      assertEquals(lambdas[lambdas.length - 1], none.lambda());
    }
    Dataset<Row> rising =
        spark.sql("SELECT array(0.5, 0.25) AS losses UNION ALL SELECT array(0.1, 0.2)");
    String message =
        assertThrows(
                EvaluationException.class,
                () -> ConformalRiskControl.of("losses", 1, 2).run(rising, 0.1))
            .getMessage();
    assertTrue(message.contains("column 'losses': losses [0.1, 0.2] are not allowed"), message);
    assertMessage("give numbers that ascend", () -> ConformalRiskControl.of("losses", 2, 1));
    assertMessage(
        "give a risk below the bound of losses, 1.0",
        () -> ConformalRiskControl.of("losses", 1).run(table, 1.0));
    String length =
        assertThrows(
                InvalidRowException.class,
                () -> ConformalRiskControl.of("losses", 1, 2, 3).run(rising, 0.1))
            .getMessage();
    assertTrue(length.contains("the array of losses does not hold 3 numbers"), length);
    assertEquals(
        0,
        ConformalRiskControl.of("losses", 1, 2, 3)
            .setHandleInvalid("skip")
            .run(rising, 0.1)
            .get(0)
            .rows());
  }

  @Test
  void messages() {
    Dataset<Row> table = table(10);
    assertMessage(
        "column 'site' (set) holds BIGINT, wanted an array of class indices",
        () -> new ConformalEvaluator().setSetCol("site").report(table));
    assertMessage(
        "no column 's' (set)", () -> new ConformalEvaluator().setSetCol("s").report(table));
    assertMessage(
        "no column 'x' (slice)", () -> new ConformalEvaluator().setSliceCols("x").report(table));
    assertMessage(
        "metricName = 'size' is not allowed", () -> new ConformalEvaluator().setMetricName("size"));
    assertMessage("alpha = 0.0 is not allowed", () -> new ConformalEvaluator().setAlpha(0));
  }

  private static void assertMessage(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }
}
