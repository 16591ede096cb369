// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.report.ComparisonConsole;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The command compare, and the example of its page of documentation. */
@ExtendWith(SharedSession.class)
class CompareTest {

  @TempDir private Path folder;

  private static Dataset<Row> digits(SparkSession spark) {
    Dataset<Row> sample =
        spark
            .read()
            .option("header", "true")
            .option("inferSchema", "true")
            .csv("sample/digits.csv")
            .coalesce(1);
    return SpreadColumns.gather(sample, "logit_*").withColumnRenamed("logit__array", "logits");
  }

  private static CommandRun compare(String options) {
    return CommandRun.of(("compare " + options).split(" "));
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("comparison.json").toFile());
  }

  @Test
  void exampleOfTheDocumentation(SparkSession spark) throws IOException {
    Dataset<Row> predictions =
        digits(spark).selectExpr("*", "transform(logits, z -> z / 2) AS halved");
    ComparisonResult result =
        Comparison.of(
                "network",
                Evaluation.ofLogits("logits")
                    .slice("split")
                    .metrics("log_loss", "accuracy", "top_label_calibration_error"))
            .model("halved", "halved")
            .run(predictions);
    new MarkdownPage("compare.md")
        .check("example", "```text\n" + ComparisonConsole.of(result) + "```\n");
    String page = Files.readString(Path.of("../docs/compare.md"));
    String source =
        Files.readString(Path.of("src/test/java/org/sparklosses/jobs/CompareTest.java"));
    String java = page.substring(page.indexOf("```java\n") + 8);
    java = java.substring(0, java.indexOf("```"));
    assertTrue(source.replaceAll("\\s+", " ").contains(java.replaceAll("\\s+", " ").strip()), java);
  }

  @Test
  void oneTableAndTwo(SparkSession spark) throws IOException {
    Dataset<Row> table =
        digits(spark)
            .selectExpr(
                "monotonically_increasing_id() AS id",
                "split",
                "label",
                "logits",
                "transform(logits, z -> z / 2) AS halved");
    table.createOrReplaceTempView("both");
    CommandRun one =
        compare(
            "--table both --model a=logits --model b=halved --slice split --key id --output "
                + folder);
    assertEquals(0, one.exitCode(), one.err());
    assertTrue(one.out().startsWith("1,079 rows read, 1,079 compared, 10 classes; baseline a"));
    JsonNode ofOne = report();
    assertEquals(2, ofOne.get("slices").size());
    assertTrue(Files.readString(folder.resolve("comparison.html")).contains("</html>"));

    String first = folder.resolve("first.parquet").toString();
    String second = folder.resolve("second.parquet").toString();
    table.select("id", "split", "label", "logits").write().parquet(first);
    table.selectExpr("id", "halved AS logits").where("id <> 7").write().parquet(second);
    CommandRun two =
        compare(
            "--input %s --input-b %s --key id --model a=logits --model b=logits --slice split"
                    .formatted(first, second)
                + " --overwrite --output "
                + folder);
    assertEquals(0, two.exitCode(), two.err());
    JsonNode ofTwo = report();
    assertEquals(1078, ofTwo.get("keys").get("matched").asLong());
    assertEquals(1, ofTwo.get("keys").get("only_first").asLong());
    assertEquals(0, ofTwo.get("keys").get("only_second").asLong());

    CommandRun again =
        compare(
            "--table both --where id<>7 --model a=logits --model b=halved --slice split --key id"
                + " --overwrite --output "
                + folder);
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(report().get("overall"), ofTwo.get("overall"));
    assertEquals(report().get("slices"), ofTwo.get("slices"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | --model a=z --model b | --model 'b' is not of the form NAME=COLUMN",
        "2 | --model a=z | a comparison needs two models or more, got 1",
        "2 | --model a=z --model a=z | two models are named 'a'",
        "2 | --model a=z --model b=q | no column 'q' (logits) in the table; it has id, label, z",
        "2 | --label label | Missing required option: '--model=NAME=COLUMN'",
        "2 | --logits --probabilities --model a=z --model b=z | mutually exclusive",
        "2 | --model a=z --model b=z --level 95 | level = 95.0 is not allowed",
        "2 | --model a=z --model b=z --metric nothing | unknown metric 'nothing'",
        "2 | --model a=z --model b=z --metric roc_auc | a metric of the positive class needs 2"
            + " classes",
        "2 | --model a=z --model b=z --seed 3 | add --bootstrap KEY",
        "2 | --model a=z --model b=z --bootstrap k | no column 'k' (bootstrap) in the table",
        "2 | --model a=z --model b=z --policy nan=skip | 'skip' is neither fail nor drop",
        "2 | --model a=z --model b=z --policy length_mismatch=drop | --classes N",
        "1 | --model a=z --model b=z --slice id --slice-limit 1 | slice id has more than 1 values",
        "1 | --model a=z --model b=y --key id | with id = 2; to leave such rows out and count them:"
            + " --policy nan=drop",
        "3 | --model a=z --model b=z --input-b /no/such --key id | cannot read /no/such",
      })
  void badInput(int exitCode, String options, String message, SparkSession spark) {
    spark
        .sql(
            "SELECT id, CAST(id % 3 AS INT) AS label, array(1D, 0D, 2D) AS z,"
                + " array(0D, IF(id = 2, double('NaN'), 1D), 1D) AS y FROM range(4)")
        .coalesce(1)
        .createOrReplaceTempView("t");
    CommandRun run = compare("--table t " + options);
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("error: "), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals("", run.out());
  }
}
