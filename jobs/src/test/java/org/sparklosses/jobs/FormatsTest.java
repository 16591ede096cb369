// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.testing.SharedSession;

/** Every form of a table that a job reads, with rows whose log loss and accuracy are known. */
@ExtendWith(SharedSession.class)
class FormatsTest {

  private static final int CLASSES = 11;
  private static final double FROM_DOUBLE = 1e-14;

  /** What the library promises of float logits: their exponentials are floats. */
  private static final double FROM_FLOAT = 2e-6;

  @TempDir private Path folder;

  private Dataset<Row> table;
  private double logLoss;
  private double weightedLogLoss;
  private double logLossOfA1;

  /** Row i has the logit {@code i / 4} at its label i % 11 and zeros elsewhere. */
  @BeforeEach
  void makeTable(SparkSession spark) {
    table =
        spark
            .range(0, 30, 1, 3)
            .selectExpr(
                "transform(sequence(0, 10), k -> IF(k = id % 11, id / 4D, 0D)) AS z",
                "CAST(id % 11 AS INT) AS label",
                "1 + id % 3 AS w",
                "IF(id % 2 = 0, 'a', 'b') AS letter",
                "CAST(id % 5 AS INT) AS digit");
    double sum = 0;
    double weighted = 0;
    double weights = 0;
    double ofA1 = 0;
    for (int i = 0; i < 30; i++) {
      double loss = Math.log1p((CLASSES - 1) * Math.exp(-i / 4.0));
      sum += loss;
      weighted += (1 + i % 3) * loss;
      weights += 1 + i % 3;
      ofA1 += i % 2 == 0 && i % 5 == 1 ? loss / 3 : 0;
    }
    logLoss = sum / 30;
    weightedLogLoss = weighted / weights;
    logLossOfA1 = ofA1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json"})
  void arrays(String format) throws IOException {
    String path = folder.resolve("t." + format).toString();
    table.write().format(format).save(path);
    check(evaluate("--input", path, "--logits", "z"));
  }

  @Test
  void floats() throws IOException {
    String path = folder.resolve("floats").toString();
    table.withColumn("z", table.col("z").cast("array<float>")).write().parquet(path);
    check(evaluate("--input", path, "--logits", "z"), FROM_FLOAT);
  }

  @Test
  void vectors() throws IOException {
    String path = folder.resolve("vectors").toString();
    table.withColumn("z", functions.array_to_vector(table.col("z"))).write().parquet(path);
    check(evaluate("--input", path, "--format", "PARQUET", "--logits", "z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet"})
  void spreadColumns(String format) throws IOException {
    String path = folder.resolve("t." + format).toString();
    spread().write().format(format).option("header", "true").save(path);
    check(evaluate("--input", path, "--logits", "logit *"));
  }

  @Test
  void tableOfTheCatalog() throws IOException {
    table.createOrReplaceTempView("predictions");
    check(evaluate("--table", "predictions", "--logits", "z"));
  }

  @Test
  void probabilities() throws IOException {
    table
        .selectExpr("*", "CAST(softmax(z) AS array<double>) AS p")
        .createOrReplaceTempView("predictions");
    check(evaluate("--table", "predictions", "--probabilities", "p"));
  }

  @Test
  void weights() throws IOException {
    table.createOrReplaceTempView("predictions");
    ReportFile report = evaluate("--table", "predictions", "--logits", "z", "--weight", "w");
    assertEquals(weightedLogLoss, report.value("log_loss"), FROM_DOUBLE);
    assertEquals(60.0, report.overall().get("rows").get("sum_weight").asDouble());
  }

  /** All else stays as it is. */
  @Test
  void binsLeftOut() throws IOException {
    table.createOrReplaceTempView("predictions");
    ReportFile whole = evaluate("--table", "predictions", "--logits", "z");
    assertTrue(whole.root().toString().contains("\"bins\""));
    ReportFile report =
        evaluate("--table", "predictions", "--logits", "z", "--no-bins", "--overwrite");
    assertFalse(report.root().toString().contains("\"bins\""));
    check(report);
    assertEquals(
        whole.value("top_label_calibration_error"), report.value("top_label_calibration_error"));
  }

  @Test
  void slicesSingleAndCrossed() throws IOException {
    table.createOrReplaceTempView("predictions");
    ReportFile report =
        evaluate(
            "--table",
            "predictions",
            "--logits",
            "z",
            "--slice",
            "letter",
            "--slice",
            "letter, digit");
    check(report);
    assertEquals(2 + 10, report.root().get("slices").size());
    assertEquals(15, report.slice("b").get("rows").get("evaluated").asLong());
    JsonNode crossed = report.slice("a", "1");
    assertEquals(3, crossed.get("rows").get("evaluated").asLong());
    assertEquals(logLossOfA1, ReportFile.value(crossed, "log_loss"), FROM_DOUBLE);
  }

  @Test
  void condition() throws IOException {
    table.createOrReplaceTempView("predictions");
    ReportFile report =
        evaluate(
            "--table", "predictions", "--logits", "z", "--where", "letter = 'a' AND digit = 1");
    assertEquals(3, report.overall().get("rows").get("seen").asLong());
    assertEquals(logLossOfA1, report.value("log_loss"), FROM_DOUBLE);
  }

  private Dataset<Row> spread() {
    List<String> columns = new ArrayList<>(List.of("label"));
    // 10 before 2, as a table's columns may be in any order.
    for (int k = CLASSES - 1; k >= 0; k--) {
      columns.add("z[" + k + "] AS `logit " + k + "`");
    }
    return table.selectExpr(columns.toArray(String[]::new));
  }

  private ReportFile evaluate(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(List.of(arguments));
    Path report = folder.resolve("report");
    all.addAll(List.of("--output", report.toString()));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("log_loss"), run.out());
    return ReportFile.read(report);
  }

  private void check(ReportFile report) {
    check(report, FROM_DOUBLE);
  }

  private void check(ReportFile report, double tolerance) {
    assertEquals(30, report.overall().get("rows").get("evaluated").asLong());
    assertEquals(CLASSES, report.root().get("classes").asInt());
    assertEquals(logLoss, report.value("log_loss"), tolerance);
    // The first row's logits are all 0: the lowest index wins, which is its label.
    assertEquals(1.0, report.value("accuracy"));
    assertEquals(1, report.count("tied_argmax"));
  }
}
