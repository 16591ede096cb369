// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.ml.CalibratorModel;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The command calibrate, and the example of its page of documentation. */
@ExtendWith(SharedSession.class)
class CalibrateTest {

  private static final List<String> DIGITS =
      List.of("calibrate", "--input", "sample/digits.csv", "--logits", "logit_*");

  @TempDir private Path folder;

  private static CommandRun digits(String... options) {
    List<String> arguments = new ArrayList<>(DIGITS);
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void exampleOfTheDocumentation() {
    CommandRun run = digits("--fit-where", "split = 'calibration'");
    assertEquals(0, run.exitCode(), run.err());
    new MarkdownPage("calibrate.md").check("example", "```text\n" + run.out() + "```\n");
  }

  @Test
  void theModelThatIsSavedIsTheOneThatIsCompared(SparkSession spark) throws IOException {
    String saved = folder.resolve("model").toString();
    Path report = folder.resolve("report");
    CommandRun run =
        digits(
            "--method",
            "temperature",
            "--fit-where",
            "split = 'calibration'",
            "--model",
            saved,
            "--calibrated",
            folder.resolve("calibrated").toString(),
            "--metric",
            "log_loss",
            "--output",
            report.toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode overall =
        new ObjectMapper().readTree(report.resolve("comparison.json").toFile()).get("overall");
    Dataset<Row> sample =
        spark
            .read()
            .option("header", "true")
            .option("inferSchema", "true")
            .csv("sample/digits.csv");
    double mean =
        CalibratorModel.load(saved)
            .transform(SpreadColumns.gather(sample, "logit_*"))
            .where("split = 'test'")
            .agg(functions.expr("avg(-ln(calibrated_probability[label]))"))
            .first()
            .getDouble(0);
    assertEquals(mean, overall.get("differences").get(0).get("value").asDouble(), 1e-12);

    String written = folder.resolve("calibrated").toString();
    Dataset<Row> honest = spark.read().parquet(written);
    assertEquals(539, honest.count());
    assertEquals(
        mean,
        honest.agg(functions.expr("avg(-ln(calibrated_probability[label]))")).first().getDouble(0),
        1e-12);
    CommandRun twice = digits("--method", "temperature", "--calibrated", written);
    assertEquals(ExitCode.IO.value(), twice.exitCode());
    assertTrue(twice.err().contains("--calibrated: cannot write " + written), twice.err());

    CommandRun again = digits("--model", saved);
    assertEquals(ExitCode.IO.value(), again.exitCode());
    assertTrue(again.err().contains("--model: cannot write " + saved), again.err());
    CommandRun over = digits("--method", "temperature", "--model", saved, "--overwrite");
    assertEquals(0, over.exitCode(), over.err());
    assertTrue(over.out().contains("note: compared on the rows that it was fitted to"));
  }

  /** Every method that was chosen among is compared, but for none. */
  @Test
  void candidatesAreComparedSideBySide() throws IOException {
    Path report = folder.resolve("candidates");
    CommandRun run =
        digits(
            "--method",
            "temperature,structured_vector_scaling",
            "--fit-where",
            "split = 'calibration'",
            "--fold",
            "label",
            "--metric",
            "log_loss",
            "--metric",
            "ece(n_bins=10)",
            "--output",
            report.toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode comparison = new ObjectMapper().readTree(report.resolve("comparison.json").toFile());
    List<String> models = new ArrayList<>();
    comparison.get("models").forEach(model -> models.add(model.asText()));
    assertEquals("before", models.get(0));
    assertEquals(Set.of("before", "temperature", "structured_vector_scaling"), Set.copyOf(models));
    String page = Files.readString(report.resolve("comparison.html"));
    for (String model : models) {
      assertTrue(page.contains("Reliability diagram, " + model + ", top label"), model);
    }
    assertTrue(page.contains("<p id=\"verdict\">log_loss: no model is lower than before"), page);
  }

  /** Options of rows hold for the fit and for the comparison: labels of text, faults, weights. */
  @Test
  void rowsAreReadAsTheOptionsSay(SparkSession spark) {
    spark
        .range(0, 900, 1, 2)
        .selectExpr(
            "id",
            "IF(id % 7 = 4, NULL, array(0D, 6 * sin(id))) AS z",
            "IF((id * 0.618D) % 1 < 1 / (1 + exp(-3 * sin(id))), 'spam', 'ham') AS label",
            "1D + id % 2 AS w",
            "id % 3 AS fold")
        .createOrReplaceTempView("mails");
    CommandRun run =
        CommandRun.of(
            "calibrate",
            "--table",
            "mails",
            "--logits",
            "z",
            "--positive",
            "spam",
            "--weight",
            "w",
            "--policy",
            "null_prediction=drop",
            "--fit-where",
            "fold < 2");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains(": fitted to 515 rows of 2 classes"), run.out());
    assertTrue(run.out().contains("300 rows read, 257 compared, 2 classes"), run.out());
    CommandRun refused =
        CommandRun.of("calibrate", "--table", "mails", "--logits", "z", "--positive", "spam");
    assertEquals(ExitCode.DATA.value(), refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("--policy null_prediction=drop"), refused.err());
  }

  @Test
  void mistakesAreExplained() {
    CommandRun method = digits("--method", "plat");
    assertEquals(ExitCode.USAGE.value(), method.exitCode());
    assertTrue(method.err().contains("no calibrator is named 'plat'"), method.err());
    CommandRun where = digits("--fit-where", "spli = 'calibration'");
    assertEquals(ExitCode.USAGE.value(), where.exitCode());
    assertTrue(where.err().contains("--fit-where 'spli = 'calibration''"), where.err());
    CommandRun several = digits("--method", "temperature,auto");
    assertEquals(ExitCode.USAGE.value(), several.exitCode());
    assertTrue(several.err().contains("auto chooses among methods"), several.err());
    CommandRun folds = digits("--fold", "folds");
    assertTrue(folds.exitCode() != 0);
    assertTrue(folds.err().contains("folds"), folds.err());
    CommandRun none = digits("--fit-where", "split = 'validation'");
    assertTrue(none.exitCode() != 0);
    assertTrue(none.err().contains("no row of positive weight to fit from"), none.err());
    CommandRun label = digits("--label", "logit_0");
    assertTrue(label.exitCode() != 0);
    assertTrue(label.err().contains("column 'logit_0'"), label.err());
  }
}
