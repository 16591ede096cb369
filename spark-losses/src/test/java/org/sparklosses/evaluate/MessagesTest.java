// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.HtmlReport;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.NamedException;
import org.sparklosses.table.SliceLabel;
import org.sparklosses.testing.SharedSession;

/** What messages and reports tell of columns, slices and rows. */
@ExtendWith(SharedSession.class)
class MessagesTest {

  private final SparkSession spark;

  MessagesTest(SparkSession spark) {
    this.spark = spark;
  }

  private static String refusal(Evaluation evaluation, Dataset<Row> table) {
    return assertThrows(IllegalArgumentException.class, () -> evaluation.run(table)).getMessage();
  }

  @Test
  void namesWithDotsAreToldToBeWrittenInBackticks() {
    Dataset<Row> table =
        spark.sql("SELECT array(2D, 0D) AS `model.v1`, 0 AS label, 1 AS `a``b`, 1 AS `c.d`");

    String message = refusal(Evaluation.ofLogits("model.v1"), table);
    assertTrue(message.contains("write the name in backticks: `model.v1`"), message);
    String missing = refusal(Evaluation.ofLogits("nothing"), table);
    assertTrue(missing.contains("it has `model.v1`, label, `a``b`, `c.d`"), missing);

    Evaluation quoted = Evaluation.ofLogits("`model.v1`").slice("`c.d`").slice("`a``b`");
    assertEquals(Math.log1p(Math.exp(-2)), quoted.run(table).value("log_loss"), 1e-15);
    String forecast =
        assertThrows(
                IllegalArgumentException.class,
                () -> ForecastEvaluation.ofNormal("c.d", "label").run(table))
            .getMessage();
    assertTrue(forecast.contains("`c.d`"), forecast);
  }

  @Test
  void ambiguousNamesAreCalledSo() {
    Dataset<Row> one = spark.sql("SELECT 1 AS id, array(2D, 0D) AS logits, 0 AS label");
    Dataset<Row> joined = one.join(one.select("id", "label"), "id");
    String message = refusal(Evaluation.ofLogits("logits"), joined);
    assertTrue(
        message.contains("column 'label' (label) is ambiguous: the table has 2 of that name"),
        message);
  }

  @Test
  void nullsTextsAndBytesAreToldApart() {
    Dataset<Row> table =
        spark.sql(
            """
            SELECT array(2D, 0D) AS logits, 0 AS label, s, b
            FROM VALUES (NULL, NULL), ('NULL', X'FF'), ('null', X'FE'), ('', X''),
                        ('line\\nend', X'00'), ('\\u001b[31m', X'41'), ("'null'", X'0041'),
                        ('plain', X'42') AS t(s, b)
            """);
    EvaluationResult result =
        Evaluation.ofLogits("logits").metrics("accuracy").slice("s").slice("b").run(table);

    List<String> labels =
        result.slices().stream().map(s -> SliceLabel.of(s.slice())).sorted().toList();
    assertEquals(
        List.of(
            "b = NULL",
            "b = X''''",
            "b = X'00'",
            "b = X'0041'",
            "b = X'41'",
            "b = X'42'",
            "b = X'FE'",
            "b = X'FF'",
            "s = ''",
            "s = '''null'''",
            "s = 'NULL'",
            "s = 'null'",
            "s = NULL",
            "s = \\u001b[31m",
            "s = line\\nend",
            "s = plain"),
        labels.stream().map(l -> l.equals("b = X''") ? "b = X''''" : l).sorted().toList());
    assertEquals(labels.size(), labels.stream().distinct().count());
    String console = ConsoleReport.of(result);
    String page = HtmlReport.of(result, "t");
    for (String label : labels) {
      assertTrue(console.lines().anyMatch(line -> line.startsWith(label + " ")), label);
      String value = label.substring(4).replace("'", "&#39;");
      assertTrue(
          page.contains(">" + value + "<") || page.contains(">" + label.substring(4) + "<"), label);
    }
    assertTrue(console.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)));

    EvaluationResult gated = result.check(List.of(Gate.parse("slice(s): accuracy < 2")));
    assertEquals(
        labels.stream().filter(l -> l.startsWith("s")).collect(Collectors.toSet()),
        gated.gates().get(0).violations().stream()
            .map(v -> SliceLabel.of(v.slice()))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cross_entropy_loss(array(2D, 0.5D), id + 2) | is outside [0, 2)",
        "cross_entropy_loss(array(2D, 0.5D), id + 0.5D) | is not a whole number",
        "cross_entropy_loss(array(2D, NULL, id), 0) | logits[1] is NULL",
        "cross_entropy_loss(array(2D, 0.5D), array(1D, 0D, id)) | one entry a class",
        "cross_entropy_loss(array(2D, id), 0, weight => array(1, 2, 3)) | weight has 3 entries",
        "evaluation_metric(CAST(concat('no state', id) AS BINARY), 'log_loss') | state",
        "merge_evaluation_states(CAST(concat('no state', id) AS BINARY)) | state",
        "evaluation_state(array(2D, CAST(id AS DOUBLE)), id + 7) | label is no class index: 7",
        "evaluation_state(array(CAST(id AS DOUBLE)), 0) | an array of one entry"
      })
  void refusedRowsComeAsOneLine(String call, String message) {
    assertRefused(spark.range(3).coalesce(1).selectExpr(call + " AS x"), message);
  }

  /** Each partition is right by itself, and what they give does not go together. */
  @Test
  void refusedMergesComeAsOneLine() {
    Dataset<Row> partitions = spark.range(0, 2, 1, 2).toDF();
    assertRefused(
        partitions.selectExpr("evaluation_state(IF(id = 0, array(1D, 2D), array(1D, 2D, 3D)), 0)"),
        "2");
    assertRefused(
        partitions.selectExpr(
            "multilabel_metrics(IF(id = 0, array(0.5D), array(0.5D, 0.2D)),"
                + " IF(id = 0, array(1), array(1, 0)))"),
        "labels");
    List<byte[]> states =
        Stream.of("log_loss", "brier")
            .map(
                metric ->
                    spark
                        .sql(
                            "SELECT evaluation_state(array(2D, 0.5D), 0, 'metrics=" + metric + "')")
                        .head()
                        .<byte[]>getAs(0))
            .toList();
    Dataset<Row> stored = spark.createDataset(states, Encoders.BINARY()).repartition(2).toDF("s");
    assertRefused(stored.selectExpr("merge_evaluation_states(s)"), "cannot be merged");
  }

  /** As PySpark tells exceptions apart: by class, and by whether there is a condition. */
  private void assertRefused(Dataset<Row> query, String message) {
    Exception e = assertThrows(Exception.class, query::collectAsList);
    NamedException refusal = NamedException.causeOf(e).orElseThrow();
    if (!spark.version().startsWith("3.")) {
      // Spark 3.5 hands on a SparkException that has it as its cause.
      assertSame(e, refusal);
    }
    assertInstanceOf(IllegalArgumentException.class, refusal);
    assertInstanceOf(SparkThrowable.class, refusal);
    assertTrue(refusal.getCondition().startsWith("SPARK_LOSSES_"), refusal.toString());
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
    assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
  }

  @Test
  void refusedRowsOfAnEvaluationHaveTheirFaultAsCondition() {
    Dataset<Row> table = spark.sql("SELECT array(2D, 0D) AS logits, CAST(NULL AS INT) AS label");
    InvalidRowException e =
        assertThrows(InvalidRowException.class, () -> Evaluation.ofLogits("logits").run(table));
    assertEquals("SPARK_LOSSES_ROW.NULL_LABEL", e.getCondition());
    assertEquals("22023", e.getSqlState());
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void whatAFunctionRefusesEndsAnEvaluationWithItsMessage() {
    Dataset<Row> table = spark.sql("SELECT array(2D, 0D, 1D) AS logits, 0 AS label");
    for (String metric :
        List.of("cross_entropy_loss(weight=1;2)", "cross_entropy_loss(weight=1;2, target=label)")) {
      NamedException e =
          assertThrows(
              NamedException.class, () -> Evaluation.ofLogits("logits").metrics(metric).run(table));
      assertTrue(e.getMessage().contains("weight has 2 entries"), e.getMessage());
    }
  }

  @Test
  void functionsSayWhatOneClassMeans() {
    String described =
        spark.sql("DESCRIBE FUNCTION EXTENDED cross_entropy_loss").collectAsList().toString();
    assertTrue(described.contains("one alone is a class that is certain"), described);
    Row losses =
        spark
            .sql("SELECT cross_entropy_loss(array(2D), 0), cross_entropy_loss(array(0, 2D), 1)")
            .head();
    assertEquals(0, losses.getDouble(0));
    assertEquals(Math.log1p(Math.exp(-2)), losses.getDouble(1), 1e-15);
  }

  @Test
  void filterIsNoGuardAndIsSaidToBeNone() {
    Dataset<Row> guarded =
        spark.sql(
            "SELECT avg(if(y < 2, cross_entropy_loss(z, y), NULL))"
                + " FROM VALUES (array(1D, 1D), 0), (array(1D, 1D), 7) AS t(z, y)");
    assertEquals(Math.log(2), guarded.head().getDouble(0), 1e-15);
    assertRefused(
        spark.sql("SELECT cross_entropy_loss(array(1D, 1D), y) FROM VALUES (7) AS t(y)"),
        "FILTER and AND are no guard");
  }

  @Test
  void aPermanentViewTakesTheFunctionsOfTheCatalog() {
    try {
      spark.sql(
          "CREATE OR REPLACE VIEW losses_of_a_table AS"
              + " SELECT losses.cross_entropy_loss(array(1D, 1D), 0) AS loss");
      assertEquals(Math.log(2), spark.table("losses_of_a_table").head().getDouble(0), 1e-15);
    } finally {
      spark.sql("DROP VIEW IF EXISTS losses_of_a_table");
    }
  }

  @Test
  void aTableWithoutRowsWarns() {
    Dataset<Row> table =
        spark.sql("SELECT array(2D, 0D) AS logits, 0 AS label, 1D AS y").where("label > 0");
    String console = ConsoleReport.of(Evaluation.ofLogits("logits").run(table));
    assertTrue(console.contains("warning: the table has no rows: every metric is NaN"), console);
    String forecast = ConsoleReport.of(ForecastEvaluation.ofNormal("y", "y").label("y").run(table));
    assertTrue(forecast.contains("warning: the table has no rows"), forecast);
  }

  @ParameterizedTest
  @ValueSource(strings = {"roc_auc", "ece(n_bins=7)"})
  void aStateSaysWhatItKeepsAndHowToHaveMore(String metric) {
    Dataset<Row> table = spark.sql("SELECT array(2D, 0D) AS logits, 0 AS label");
    EvaluationState state =
        EvaluationState.of(
            table
                .selectExpr("evaluation_state(logits, label, 'metrics=log_loss, brier')")
                .head()
                .getAs(0));
    String message =
        assertThrows(IllegalArgumentException.class, () -> state.metric(metric)).getMessage();
    assertTrue(message.contains("the state keeps no " + metric), message);
    assertTrue(message.contains("it was built for log_loss, brier"), message);
    assertTrue(message.contains("'metrics=...' of evaluation_state"), message);
  }
}
