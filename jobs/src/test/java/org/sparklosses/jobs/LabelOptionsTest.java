// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.testing.SharedSession;

/** What labels and probabilities are said to be on the command line. */
@ExtendWith(SharedSession.class)
class LabelOptionsTest {

  @TempDir private Path folder;

  private ReportFile evaluated(String... options) throws IOException {
    String[] all = new String[options.length + 3];
    all[0] = "evaluate";
    System.arraycopy(options, 0, all, 1, options.length);
    all[options.length + 1] = "--output";
    all[options.length + 2] = folder.toString();
    CommandRun run = CommandRun.of(all);
    assertEquals(0, run.exitCode(), run.err());
    return ReportFile.read(folder);
  }

  @Test
  void classesByName(SparkSession spark) throws IOException {
    spark
        .sql(
            "SELECT * FROM VALUES (array(2D, 0D, 1D), 'cat'), (array(0D, 1D, 3D), 'bird'),"
                + " (array(0D, 1D, 3D), 'dog') AS t(logits, label)")
        .createOrReplaceTempView("animals");
    ReportFile report =
        evaluated("--table", "animals", "--logits", "logits", "--class-names", "cat,dog,bird");
    assertEquals(2 / 3.0, report.value("accuracy"));
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("0 = cat, 1 = dog, 2 = bird"));
    assertTrue(Files.readString(folder.resolve("evaluation.json")).contains("\"class_names\""));
  }

  @Test
  void thePositiveValue(SparkSession spark) throws IOException {
    spark
        .sql("SELECT * FROM VALUES (2D, true), (-1D, false), (1D, false) AS t(z, clicked)")
        .createOrReplaceTempView("clicks");
    ReportFile report =
        evaluated("--table", "clicks", "--logits", "z", "--label", "clicked", "--positive", "true");
    double expected =
        (Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(-1)) + Math.log1p(Math.E)) / 3;
    assertEquals(expected, report.value("log_loss"), 1e-15);

    CommandRun both =
        CommandRun.of(
            "evaluate",
            "--table",
            "clicks",
            "--logits",
            "z",
            "--label",
            "clicked",
            "--positive",
            "true",
            "--class-names",
            "no,yes");
    assertEquals(2, both.exitCode());
    assertTrue(both.err().contains("leave one out"), both.err());
    CommandRun neither =
        CommandRun.of("evaluate", "--table", "clicks", "--logits", "z", "--label", "clicked");
    assertEquals(2, neither.exitCode());
    assertTrue(neither.err().contains("--positive true"), neither.err());
  }

  @Test
  void probabilitiesInHalfPrecision(SparkSession spark) throws IOException {
    spark
        .sql(
            "SELECT * FROM VALUES (array(0.498D, 0.25D, 0.25D), 0), (array(0.5D, 0.25D, 0.25D), 1)"
                + " AS t(p, label)")
        .createOrReplaceTempView("half");
    CommandRun refused = CommandRun.of("evaluate", "--table", "half", "--probabilities", "p");
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("--renormalise"), refused.err());

    ReportFile report = evaluated("--table", "half", "--probabilities", "p", "--renormalise");
    assertEquals(1, report.count("renormalised"));
    assertEquals(-(Math.log(0.498 / 0.998) + Math.log(0.25)) / 2, report.value("log_loss"), 1e-15);
  }

  @Test
  void valuesOfSlicesAreOnOneLineEachInItsOwnWay(SparkSession spark) {
    spark
        .sql(
            "SELECT * FROM VALUES (1D, 1, 'NULL'), (1D, 0, CAST(NULL AS STRING)),"
                + " (1D, 1, concat('a', char(10), char(27), '[31m')) AS t(z, label, s)")
        .createOrReplaceTempView("odd");
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--table",
            "odd",
            "--logits",
            "z",
            "--slice",
            "s",
            "--fail-if",
            "slice(s): accuracy < 2");
    assertEquals(5, run.exitCode(), run.err());
    for (String label : new String[] {"s = 'NULL'", "s = NULL", "s = a\\n\\u001b[31m"}) {
      assertTrue(run.out().contains(label + " "), run.out());
    }
    assertTrue(run.err().contains("for s = NULL, and 2 more"), run.err());
  }

  @Test
  void aTableWithoutRowsWarns(SparkSession spark) {
    spark.sql("SELECT 1D AS z, 0 AS label").where("z > 2").createOrReplaceTempView("nothing");
    CommandRun run = CommandRun.of("evaluate", "--table", "nothing", "--logits", "z");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("warning: the table has no rows"), run.out());
    CommandRun compared =
        CommandRun.of("compare", "--table", "nothing", "--model", "a=z", "--model", "b=z");
    assertTrue(compared.out().contains("warning: the table has no rows"), compared.out());
  }
}
