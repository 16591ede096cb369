// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.testing.SharedSession;

/** Gates of the command line: exit code, what is said, what reports tell. */
@ExtendWith(SharedSession.class)
class GatesTest {

  @TempDir private Path folder;

  /**
   * 400 rows of confidence 0.8. In country a 160 of 200 are right, in b 100 of 200: accuracy 0.65,
   * calibration error 0.15.
   */
  @BeforeEach
  void table(SparkSession spark) {
    spark
        .range(400)
        .selectExpr(
            "id",
            "IF(id < 200, 'a', 'b') AS country",
            "IF(id < 160 OR id >= 300, 0, 1) AS label",
            "array(0.8D, 0.2D) AS p")
        .createOrReplaceTempView("gated");
  }

  private CommandRun run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--table", "gated", "--probabilities", "p"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accuracy < 0.65 | 0 |",
        "accuracy <= 0.65 | 5 | accuracy is 0.65",
        "accuracy.value>0.64 | 5 | accuracy is 0.65",
        "ece > 0.151 | 0 |",
        "ece(n_bins=10) >= 0.149 | 5 | ece(n_bins=10) is 0.15",
        "ece.ci_high > 0.15 | 5 | ece.ci_high is 0.",
        "ece.ci_high > 0.25 | 0 |",
        "accuracy.ci_low < 0.65 | 5 | accuracy.ci_low is 0.",
        "accuracy.se > 0.1 | 0 |",
        "accuracy.se > 0.01 | 5 | accuracy.se is 0.02",
        "over_under_confidence.under > 0 | 0 |",
        "over_under_confidence.over.ci_low > 0.05 | 5 | over_under_confidence.over.ci_low is 0.",
        "slice(country): accuracy < 0.5 | 0 |",
        "slice(country): accuracy < 0.8 | 5 | accuracy is 0.5 for country = b",
        "slice( country , label ):brier.ci_high < 9 | 5 | and 3 more slices violate it",
      })
  void exitCodeAndMessage(String gate, int exitCode, String message) {
    CommandRun run = run("--bootstrap", "id", "--fail-if", gate);
    assertEquals(exitCode, run.exitCode(), run.err());
    if (message == null) {
      assertFalse(run.err().contains("violated"), run.err());
    } else {
      assertTrue(run.err().contains("violated: " + gate.strip() + ": "), run.err());
      assertTrue(run.err().contains(message), run.err());
      assertEquals(1, run.err().lines().filter(line -> line.contains("violated")).count());
    }
  }

  /** Everything is written before the job ends with the gates' exit code. */
  @Test
  void reportsListGates() throws IOException {
    CommandRun run =
        run(
            "--metric",
            "log_loss",
            "--standard-errors",
            "--fail-if",
            "accuracy.ci_high < 0.9",
            "--fail-if",
            "slice(country): brier > 1",
            "--output",
            folder.toString());
    assertEquals(5, run.exitCode(), run.err());
    assertTrue(run.out().contains("slice(country): brier > 1"), run.out());
    ReportFile report = ReportFile.read(folder);
    assertEquals(0.65, report.value("accuracy"), 1e-12);
    assertEquals(0.8, ReportFile.value(report.slice("a"), "accuracy"), 1e-12);
    JsonNode gates = report.root().get("gates");
    assertEquals("accuracy.ci_high < 0.9", gates.get(0).get("gate").asText());
    assertTrue(gates.get(0).get("violated").asBoolean());
    // 0.65 + 1.96 sqrt(0.65 * 0.35 / 399)
    assertEquals(
        0.65 + 1.959963984540054 * Math.sqrt(0.65 * 0.35 / 399),
        gates.get(0).get("violations").get(0).get("value").asDouble(),
        1e-12);
    assertFalse(gates.get(1).get("violated").asBoolean());
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("accuracy.ci_high &lt; 0.9"), "the gate is on the page");
  }

  /** Of no rows nothing is known, and so nothing good. */
  @ParameterizedTest
  @ValueSource(strings = {"accuracy < 0.1", "accuracy > 0.9", "slice(country): accuracy < 0.1"})
  void unknownViolates(String gate) {
    CommandRun run = run("--where", "id < 0", "--fail-if", gate);
    assertEquals(5, run.exitCode(), run.err());
    assertTrue(run.err().contains("accuracy is NaN"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "accurracy < 1 | did you mean 'accuracy'",
        "ece(bins=3) < 1 | bins",
        "ece | is not of the form",
        "ece > | is not of the form",
        "ece = 0.1 | is not of the form",
        "ece > high | is not of the form",
        "ece > NaN | is not of the form",
        "slice(): ece > 1 | is not of the form",
        "over_under_confidence.middle > 0 | it gives over, under,",
        "accuracy.ci_low < 0.5 | --bootstrap KEY",
        "slice(town): accuracy < 0.5 | no column 'town'",
      })
  void usage(String gate, String message) {
    CommandRun run = run("--fail-if", gate);
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void intervalsThatThereAreNot() {
    CommandRun run = run("--bootstrap", "id", "--fail-if", "classwise_ece.ci_high > 0.5");
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("has none by bootstrap"), run.err());
    CommandRun without = run("--replicates", "20");
    assertEquals(2, without.exitCode(), without.err());
    assertTrue(without.err().contains("add --bootstrap KEY"), without.err());
    CommandRun few = run("--bootstrap", "id", "--replicates", "1");
    assertEquals(2, few.exitCode(), few.err());
    CommandRun level = run("--bootstrap", "id", "--level", "95");
    assertEquals(2, level.exitCode(), level.err());
    assertTrue(level.err().contains("as 0.95"), level.err());
  }

  /** Of 260 rows without the outcome 160 have lower scores than all 140 with it. */
  @Test
  void areasUnderCurves(SparkSession spark) {
    assertGate("roc_auc.ci_low < 0.1", 5, "roc_auc.ci_low is NaN", "--standard-errors");
    spark
        .table("gated")
        .selectExpr("id", "country", "label", "array(1 - id / 1000D, id / 1000D) AS p")
        .createOrReplaceTempView("gated");
    for (String[] mode : new String[][] {{"--standard-errors"}, {"--bootstrap", "id"}}) {
      assertGate("roc_auc.ci_low < 0.5", 0, "", mode);
      assertGate("roc_auc.ci_low < 0.6", 5, "roc_auc.ci_low is 0.5", mode);
    }
    assertGate("roc_auc.ci_low < 0.6", 2, "has none by bootstrap", "--cluster", "country");
    assertGate("roc_auc < 0.6", 0, "", "--cluster", "country");
    assertGate("roc_auc < 0.6", 2, "no column 'k' (cluster)", "--cluster", "k");
    assertGate("roc_auc < 0.6", 2, "leave one out", "--cluster", "country", "--bootstrap", "id");
  }

  private void assertGate(String gate, int exitCode, String message, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--fail-if", gate));
    CommandRun run = run(arguments.toArray(String[]::new));
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void helpNamesTheExitCode() {
    assertTrue(CommandRun.of("--help").out().contains("--fail-if"));
    assertTrue(CommandRun.of("evaluate", "--help").out().contains("--fail-if"));
  }
}
