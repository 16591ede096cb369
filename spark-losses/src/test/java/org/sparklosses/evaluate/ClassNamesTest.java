// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.HtmlReport;
import org.sparklosses.report.JsonReport;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/** Labels that are texts or truth values, and what classes are called. */
@ExtendWith(SharedSession.class)
class ClassNamesTest {

  private static final String[] METRICS = {
    "log_loss", "accuracy", "focal_loss(gamma=2)", "confusion_matrix", "classwise_calibration_error"
  };

  @TempDir private Path directory;

  private final SparkSession spark;

  ClassNamesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Of 60 rows, the first labels are of class 2, so that order of appearance would be another. */
  private Dataset<Row> table() {
    String path = directory.resolve("table").toString();
    spark
        .range(60)
        .selectExpr(
            "id",
            "transform(sequence(0, 2), k -> sin(id * (k + 1)) * 3) AS logits",
            "3 * sin(id) AS z",
            "CAST(2 - id % 3 AS INT) AS class",
            "element_at(array('cat', 'dog', 'bird'), CAST(3 - id % 3 AS INT)) AS animal",
            "CAST(id % 2 AS INT) AS outcome",
            "id % 2 = 1 AS truth",
            "IF(id % 2 = 1, 'yes', 'no') AS answer",
            "CAST(id % 2 + 1 AS DOUBLE) AS number")
        .coalesce(1)
        .write()
        .mode("overwrite")
        .parquet(path);
    return spark.read().parquet(path);
  }

  private static void assertSameMetrics(EvaluationResult expected, EvaluationResult actual) {
    assertEquals(expected.overall(), actual.overall());
    assertEquals(expected.slices(), actual.slices());
    assertEquals(expected.classes(), actual.classes());
  }

  @Test
  void textsAreTheClassesOfTheirNames() {
    Dataset<Row> table = table();
    Evaluation byIndex =
        Evaluation.ofLogits("logits").label("class").slice("outcome").metrics(METRICS);
    EvaluationResult expected = byIndex.run(table);
    Evaluation byName = byIndex.label("animal").classNames("cat", "dog", "bird");
    for (Dataset<Row> rows : List.of(table, table.repartition(3), table.orderBy("animal"))) {
      assertSameMetrics(expected, byName.run(rows));
      assertSameMetrics(expected, byIndex.classNames("cat", "dog", "bird").run(rows));
    }
    assertEquals(
        byIndex
            .label("2 - class")
            .classNames("a", "b", "c")
            .run(table.withColumn("2 - class", org.apache.spark.sql.functions.expr("2 - class")))
            .overall(),
        byName.classNames("bird", "dog", "cat").run(table).overall());

    ComparisonResult compared =
        Comparison.of(
                "a", Evaluation.ofLogits("logits").label("animal").classNames("cat", "dog", "bird"))
            .model("b", "logits")
            .run(table);
    assertEquals(expected.value("log_loss"), compared.overall().models().get(1).value("log_loss"));
  }

  @ParameterizedTest
  @CsvSource({"truth, true", "answer, yes", "number, 2", "number, 2.0", "outcome, 1"})
  void thePositiveValueIsClassOne(String label, String value) {
    Dataset<Row> table = table();
    Evaluation byIndex = Evaluation.ofLogits("z").label("outcome").metrics("log_loss", "roc_auc");
    EvaluationResult expected = byIndex.run(table);
    Evaluation named = byIndex.label(label).positive(value);

    assertSameMetrics(expected, named.run(table));
    assertSameMetrics(expected, named.run(table.repartition(3)));
    assertEquals(List.of("not " + value, value), named.run(table).classNames());
  }

  @Test
  void truthValuesHaveNamesInAnyOrder() {
    Dataset<Row> table = table();
    Evaluation evaluation = Evaluation.ofLogits("z").label("truth").metrics("log_loss");
    EvaluationResult expected = Evaluation.ofLogits("z").label("outcome").run(table);
    assertEquals(
        expected.value("log_loss"),
        evaluation.classNames("false", "true").run(table).value("log_loss"));
    assertEquals(
        Evaluation.ofLogits("-z")
            .label("outcome")
            .run(table.selectExpr("outcome", "-z AS `-z`"))
            .value("log_loss"),
        evaluation.classNames("true", "false").run(table).value("log_loss"));
  }

  @Test
  void missingAndUnknownTextsAreFaults() {
    Dataset<Row> table =
        spark.sql(
            "SELECT * FROM VALUES (1, array(1D, 0D), 'cat'), (2, array(1D, 0D), 'Cat'),"
                + " (3, array(1D, 0D), CAST(NULL AS STRING)) AS t(id, logits, label)");
    Evaluation evaluation = Evaluation.ofLogits("logits").key("id").classNames("cat", "dog");
    String unknown =
        assertThrows(
                InvalidRowException.class,
                () ->
                    evaluation
                        .policy(InputCheck.NULL_LABEL, Policy.DROP)
                        .run(table.where("id > 1")))
            .getMessage();
    assertTrue(
        unknown.contains(
            "column 'label': label is no class index: Cat, classes are cat, dog, in the row with"
                + " id = 2"),
        unknown);
    EvaluationResult dropped =
        evaluation
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .policy(InputCheck.LABEL_OUT_OF_RANGE, Policy.DROP)
            .run(table);
    assertEquals(1, dropped.overall().ledger().rowsEvaluated());
    assertEquals(1, dropped.overall().ledger().count(InputCheck.NULL_LABEL));
    assertEquals(1, dropped.overall().ledger().count(InputCheck.LABEL_OUT_OF_RANGE));
    EvaluationResult positive =
        Evaluation.ofLogits("logits")
            .positive("cat")
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .run(table);
    assertEquals(2, positive.overall().ledger().rowsEvaluated());
  }

  @ParameterizedTest
  @CsvSource({"animal, positive(\"VALUE\")", "truth, positive(\"true\")", "truth, --positive true"})
  void withoutNamesTheRemedyIsTold(String label, String remedy) {
    Dataset<Row> table = table();
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Evaluation.ofLogits("logits").label(label).run(table))
            .getMessage();
    assertTrue(message.contains("column '" + label + "' (label)"), message);
    assertTrue(message.contains(remedy), message);
    assertTrue(message.contains("--class-names"), message);
  }

  @Test
  void namesThatMakeNoSense() {
    Evaluation evaluation = Evaluation.ofLogits("logits");
    assertThrows(IllegalArgumentException.class, () -> evaluation.classNames("a"));
    assertThrows(IllegalArgumentException.class, () -> evaluation.classNames("a", "a"));
    assertThrows(IllegalArgumentException.class, () -> evaluation.classes(3).classNames("a", "b"));
    assertThrows(IllegalArgumentException.class, () -> evaluation.classNames("a", "b").classes(3));
    assertThrows(IllegalArgumentException.class, () -> evaluation.classes(3).positive("a"));
    Dataset<Row> table = table();
    assertThrows(
        IllegalArgumentException.class,
        () -> Evaluation.ofLogits("z").label("number").positive("yes").run(table));
  }

  @Test
  void reportsShowTheNames() throws Exception {
    EvaluationResult result =
        Evaluation.ofLogits("logits")
            .label("animal")
            .classNames("cat", "dog", "bird")
            .metrics(METRICS)
            .run(table());
    String console = ConsoleReport.of(result);
    assertTrue(console.contains("3 classes (0 = cat, 1 = dog, 2 = bird)"), console);
    JsonNode json = new ObjectMapper().readTree(JsonReport.of(result));
    assertEquals("bird", json.get("class_names").get(2).textValue());
    String page = HtmlReport.of(result, "t");
    for (String name : List.of("cat", "dog", "bird")) {
      assertTrue(page.contains("<th scope=\"row\">" + name + "</th>"), name);
      assertTrue(page.contains("label " + name + " predicted as"), name);
    }
  }
}
