// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.compare.Comparison;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.ml.Calibrator;
import org.sparklosses.testing.SharedSession;

/** What Spark shows of the passes while they run. */
@ExtendWith(SharedSession.class)
class JobDescriptionTest {

  private final SparkSession spark;

  @TempDir private Path folder;

  JobDescriptionTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The descriptions that jobs and entries of the SQL tab have, each once. */
  private static final class Told extends SparkListener {

    private final Set<String> jobs = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<String> entries = Collections.synchronizedSet(new LinkedHashSet<>());

    @Override
    public void onJobStart(SparkListenerJobStart event) {
      jobs.add(event.properties().getProperty("spark.job.description"));
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
      if (event instanceof SparkListenerSQLExecutionStart start) {
        entries.add(start.description());
      }
    }
  }

  private Told told(Runnable work) throws Exception {
    Told told = new Told();
    spark.sparkContext().addSparkListener(told);
    try {
      work.run();
      spark.sparkContext().listenerBus().waitUntilEmpty(600_000);
    } finally {
      spark.sparkContext().removeSparkListener(told);
    }
    return told;
  }

  private Dataset<Row> rows() {
    return spark
        .range(60)
        .selectExpr(
            "array(float(id % 7), 3F) AS logits",
            "array(float(id % 5), 2F) AS other",
            "int(id % 2) AS label",
            "id % 3 AS g",
            "double(id % 11) AS mu",
            "double(id % 13) AS y");
  }

  private Dataset<Row> stored() {
    String path = folder.resolve("rows").toString();
    rows().repartition(2).write().parquet(path);
    return spark.read().parquet(path);
  }

  private static Evaluation evaluation() {
    return Evaluation.ofLogits("logits").label("label");
  }

  @Test
  void evaluationsOfRowsAndOfBatches() throws Exception {
    Set<String> expected = Set.of("evaluate: pass 1 of 1, 2 metrics, 1 slice");
    Dataset<Row> stored = stored();
    for (Dataset<Row> table : List.of(rows(), stored)) {
      Told told = told(() -> evaluation().metrics("log_loss", "ece").slice("g").run(table));
      assertEquals(expected, told.jobs);
      assertTrue(told.entries.containsAll(expected), told.entries.toString());
    }
  }

  @Test
  void aSecondPass() throws Exception {
    Dataset<Row> many =
        spark.range(30_000).selectExpr("array(0D, id / 30000D) AS logits", "int(id % 2) AS label");
    Told told = told(() -> evaluation().metrics("roc_auc(method=exact)").run(many));
    assertEquals(
        Set.of("evaluate: pass 1 of 2, 1 metric, 0 slices", "evaluate: pass 2 of 2, 1 metric"),
        told.jobs);
  }

  @Test
  void comparisons() throws Exception {
    Evaluation evaluation = evaluation().metrics("log_loss", "roc_auc");
    Told one = told(() -> Comparison.of("a", evaluation).model("b", "other").run(rows()));
    assertEquals(
        Set.of(
            "compare: pass 1 of 2, 2 models, 2 metrics, 0 slices",
            "compare: pass 2 of 2, 2 models, 2 metrics, 0 slices"),
        one.jobs);
    Dataset<Row> keyed = spark.range(9).selectExpr("id", "array(id, 3.5) AS x", "0 AS label");
    Evaluation ofKey = Evaluation.ofLogits("x").key("id").metrics("log_loss");
    Told two = told(() -> Comparison.of("a", ofKey).model("b", "x").run(keyed, keyed));
    assertEquals(
        Set.of(
            "compare: keys of the two tables",
            "compare: pass 1 of 1, 2 models, 1 metric, 0 slices"),
        two.jobs);
  }

  @Test
  void forecasts() throws Exception {
    ForecastEvaluation evaluation = ForecastEvaluation.ofPoint("mu").label("y").slice("g");
    int metrics = evaluation.run(rows()).overall().metrics().size();
    Told told = told(() -> evaluation.run(rows()));
    assertEquals(Set.of("forecast: pass 1 of 1, " + metrics + " metrics, 1 slice"), told.jobs);
  }

  @Test
  void fits() throws Exception {
    Calibrator calibrator = new Calibrator().setRawPredictionCol("logits").setMethod("temperature");
    Told told = told(() -> calibrator.fit(rows()));
    int scans = calibrator.fit(rows()).summary().scans();
    Set<String> expected = new LinkedHashSet<>();
    for (int scan = 1; scan <= scans; scan++) {
      expected.add("calibrate: scan " + scan);
    }
    assertEquals(expected, told.jobs);
  }

  @Test
  void theDescriptionOfTheCallerStaysInFrontAndComesBack() throws Exception {
    spark.sparkContext().setJobDescription("nightly");
    try {
      Told told = told(() -> evaluation().metrics("log_loss").run(rows()));
      assertEquals(Set.of("nightly: evaluate: pass 1 of 1, 1 metric, 0 slices"), told.jobs);
      assertEquals("nightly", spark.sparkContext().getLocalProperty("spark.job.description"));
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
    assertThrows(
        InvalidRowException.class,
        () -> evaluation().run(rows().withColumn("label", col("label").plus(7))));
    assertNull(spark.sparkContext().getLocalProperty("spark.job.description"));
  }
}
