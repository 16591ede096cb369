// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.testing.SharedSession;

/** What the user is told, in one line, and with which exit code. */
@ExtendWith(SharedSession.class)
class BadInputTest {

  private static final String GOOD_ROWS =
      "(1, array(2D, 1D, 0D), 0, 1D), (2, array(0D, 1D, 3D), 2, 2D)";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // check | the third row of the table | what the message says of it
        "null_prediction       | 3, null, 0, 1D                        | column 'p': predictions"
            + " are NULL or hold a NULL: NULL",
        "null_prediction       | 3, array(1D, null, 0D), 0, 1D         | column 'p': predictions"
            + " are NULL or hold a NULL: NULL",
        "empty_prediction      | 3, array(), 0, 1D                     | column 'p': predictions"
            + " are an empty array: 0 entries",
        "length_mismatch       | 3, array(1D, 0D), 0, 1D               | column 'p': predictions"
            + " have another length",
        "nan                   | 3, array(1D, double('NaN'), 0D), 0, 1D| column 'p': a prediction"
            + " is NaN: NaN at index 1",
        "positive_infinity     | 3, array(1D, 0D, double('Infinity')), 0, 1D | column 'p': a logit"
            + " is +infinity: Infinity at index 2",
        "all_negative_infinity | 3, array_repeat(double('-Infinity'), 3), 0, 1D | column 'p': all"
            + " logits are -infinity: 3 entries",
        "null_label            | 3, array(1D, 0D, 0D), null, 1D        | column 'y': label is NULL:"
            + " NULL",
        "label_out_of_range    | 3, array(1D, 0D, 0D), 3, 1D           | column 'y': label is no"
            + " class index: 3, classes are 0 to 2",
        "label_out_of_range    | 3, array(1D, 0D, 0D), -1, 1D          | column 'y': label is no"
            + " class index: -1, classes are 0 to 2",
        "label_out_of_range    | 3, array(1D, 0D, 0D), 0.5, 1D         | column 'y': label is no"
            + " class index: 0.5, classes are 0 to 2",
        "null_weight           | 3, array(1D, 0D, 0D), 0, null         | column 'w': weight is"
            + " NULL: NULL",
        "invalid_weight        | 3, array(1D, 0D, 0D), 0, -0.5D        | column 'w': weight is"
            + " negative or not finite: -0.5",
        "invalid_weight        | 3, array(1D, 0D, 0D), 0, double('NaN')| column 'w': weight is"
            + " negative or not finite: NaN",
      })
  void faultyRow(String check, String row, String message, SparkSession spark) throws IOException {
    view(spark, GOOD_ROWS + ", (" + row + ")");
    checkFaultyRow(check, message, "--logits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0.5D, 0.4D, 0.3D | they sum to 1.2",
        "0.5D, 0.7D, -0.2D | -0.2 at index 2",
        "2D, 1D, -2D | 2.0 at index 0",
      })
  void notNormalised(String row, String message, SparkSession spark) throws IOException {
    view(
        spark,
        "(1, array(0.5D, 0.3D, 0.2D), 0, 1D), (2, array(0D, 0D, 1D), 2, 1D), (3, array("
            + row
            + "), 0, 1D)");
    checkFaultyRow(
        "not_normalised",
        "column 'p': probabilities lie outside [0, 1] or do not sum to 1: " + message,
        "--probabilities");
  }

  /** The job fails with the message; with the remedy that it names, the row is dropped. */
  private void checkFaultyRow(String check, String message, String predictions) throws IOException {
    String[] arguments = {
      "evaluate", "--table", "t", predictions, "p", "--label", "y", "--weight", "w"
    };
    String policy = "--policy " + check + "=drop";
    String remedy = check.equals("length_mismatch") ? "--classes 3 " + policy : policy;

    CommandRun failed = CommandRun.of(arguments);
    assertFailure(failed, 1, message, remedy, "--key COLUMN");
    CommandRun named = CommandRun.of(with(arguments, "--key", "id"));
    assertFailure(named, 1, message, "with id = 3", remedy);
    assertFalse(named.err().contains("--key"), named.err());

    List<String> more = new ArrayList<>(List.of("--output", folder.toString()));
    more.addAll(List.of(remedy.split(" ")));
    CommandRun dropped = CommandRun.of(with(arguments, more.toArray(String[]::new)));
    assertEquals(0, dropped.exitCode(), dropped.err());
    ReportFile report = ReportFile.read(folder);
    assertEquals(3, report.overall().get("rows").get("seen").asLong());
    assertEquals(2, report.overall().get("rows").get("evaluated").asLong());
    assertEquals(1, report.count(check));
    assertEquals(1.0, report.value("accuracy"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--logits q --label y | no column 'q' (logits) in the table; it has id, p, y, w",
        "--probabilities q --label y | no column 'q' (probabilities)",
        "--logits p | no column 'label' (label)",
        "--logits p --label y --weight v | no column 'v' (weight)",
        "--logits p --label y --key v | no column 'v' (key)",
        "--logits p --label y --slice v | no column 'v' (slice)",
        "--logits p --label p | column 'p' (label) is ARRAY<DOUBLE>, wanted a number",
        "--logits p --label y --weight p | column 'p' (weight) is ARRAY<DOUBLE>, wanted a number",
        "--logits text --label y | column 'text' (logits) is STRING, wanted ARRAY<FLOAT>",
        "--logits p --label text | column 'text' (label) is STRING, wanted a number; cast it",
        "--logits p --label y --metric log_los | unknown metric 'log_los'; did you mean 'log_loss'",
        "--logits p --label y --metric log_loss(x=1) | log_loss: unknown parameter 'x'; it takes"
            + " none",
        "--logits p --label y --metric ece(n_bins=0) | ece: n_bins = 0 is not allowed; allowed: a"
            + " whole number in [1, 10000]",
        "--logits p --label y --metric ece(norm=l7) | `ece: norm = 'l7' is not allowed; allowed: l1"
            + " | l2 | max`",
        "--logits p --label y --policy nul_label=drop | 'nul_label' is no fault of a row that can"
            + " be dropped; these are: null_prediction",
        "--logits p --label y --policy saturated=drop | 'saturated' is no fault of a row that can"
            + " be dropped",
        "--logits p --label y --policy nan=drop --policy nan=fail | --policy: nan is given twice",
        "--logits p --label y --policy nan | --policy: 'nan' is not of the form CHECK=",
        "--logits p --label y --metric ece(norm=l1,norm=l2) | ece: norm is given twice",
        "--logits p --label y --policy nan=skip | 'skip' is neither fail nor drop",
        "--logits p --label y --policy length_mismatch=drop | --classes N",
        "--logits p --label y --classes 0 | classes must be at least 2, got 0",
        "--logits p --label y --classes three | --classes",
        "--logits logit_* --label y | no column matches 'logit_*'",
        "--logits p --label y --where nothing=1 | --where 'nothing=1': ",
        "--logits p --label y --where y=( | --where 'y=(': ",
        "--label y | --logits",
        "--logits p --probabilities p --label y | mutually exclusive",
        "--logits p --label y --sclice y | --sclice",
        "--logits p --label y --metric quux | unknown metric 'quux'; known: ",
        "--logits a.b --label y | write the name in backticks: `a.b`",
        "--logits p --label y --slice twice | column 'twice' (slice) is ambiguous: the table has 2",
      })
  void wrongOption(String options, String message, SparkSession spark) {
    view(spark, GOOD_ROWS);
    spark.table("t").selectExpr("*", "'a' AS text").createOrReplaceTempView("u");
    spark
        .table("t")
        .selectExpr("*", "p AS `a.b`", "1 AS twice", "2 AS TWICE")
        .createOrReplaceTempView("v");
    String table =
        options.contains("text") ? "u" : options.matches(".*(a\\.b|twice).*") ? "v" : "t";
    CommandRun run =
        CommandRun.of(with(new String[] {"evaluate", "--table", table}, options.split(" ")));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertTrue(run.err().startsWith("error: "), run.err());
    assertFalse(run.err().toLowerCase(Locale.ROOT).startsWith("error: error"), run.err());
  }

  @Test
  void columnsWithAGap(SparkSession spark) {
    spark.sql("SELECT 0 AS label, 1D AS z0, 2D AS z2").createOrReplaceTempView("t");
    CommandRun run = CommandRun.of("evaluate", "--table", "t", "--logits", "z*");
    assertFailure(run, 2, "numbered from 0 without gaps: expected z1, found z2");
  }

  @Test
  void faultOfAnExpression(SparkSession spark) {
    view(spark, GOOD_ROWS);
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--table",
            "t",
            "--logits",
            "p",
            "--label",
            "y",
            "--where",
            "assert_true(y > 7) IS NULL");
    assertFailure(run, 4, "is not true");
  }

  @Test
  void tooManySlices(SparkSession spark) {
    view(spark, GOOD_ROWS);
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--table",
            "t",
            "--logits",
            "p",
            "--label",
            "y",
            "--slice",
            "id",
            "--slice-limit",
            "1");
    assertFailure(run, 1, "id");
  }

  @ParameterizedTest
  @CsvSource({"--input, /no/such/folder", "--table, no_such_table"})
  void noInput(String option, String name) {
    CommandRun run = CommandRun.of("evaluate", option, name, "--logits", "p");
    assertFailure(run, 3, "cannot read " + name);
  }

  @Test
  void unknownFormat() {
    CommandRun run = CommandRun.of("evaluate", "--input", "x", "--format", "xml", "--logits", "p");
    assertFailure(run, 2, "--format 'xml' is none of parquet, csv, json, orc");
  }

  @Test
  void unwritableOutput(SparkSession spark) throws IOException {
    view(spark, GOOD_ROWS);
    Path file = Files.writeString(folder.resolve("file"), "");
    CommandRun run = evaluateTo(file.resolve("report"));
    assertFailure(run, 3, "--output: cannot write " + file.resolve("report"));
  }

  @Test
  void existingReport(SparkSession spark) throws IOException {
    view(spark, GOOD_ROWS);
    Path report = Files.writeString(folder.resolve("report.html"), "precious");
    assertFailure(evaluateTo(folder), 3, report + " is there already", "--overwrite");
    assertEquals("precious", Files.readString(report));
    assertEquals(0, evaluateTo(folder, "--overwrite").exitCode());
    assertTrue(Files.readString(report).contains("</html>"));
  }

  @Test
  void emptyTable(SparkSession spark) throws IOException {
    view(spark, GOOD_ROWS);
    CommandRun run = evaluateTo(folder, "--where", "id > 9");
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("0 rows read, 0 evaluated"), run.out());
    ReportFile report = ReportFile.read(folder);
    assertEquals(Double.NaN, report.value("log_loss"));
    assertEquals(Double.NaN, report.value("top_label_calibration_error"));
    assertEquals(0, report.overall().get("rows").get("seen").asLong());
    assertTrue(Files.readString(folder.resolve("report.html")).contains("</html>"));
  }

  @Test
  void oneRow(SparkSession spark) throws IOException {
    view(spark, GOOD_ROWS);
    CommandRun run = evaluateTo(folder, "--where", "id = 1");
    assertEquals(0, run.exitCode(), run.err());
    double expected = Math.log(Math.exp(2) + Math.exp(1) + 1) - 2;
    assertEquals(expected, ReportFile.read(folder).value("log_loss"), 1e-15);
  }

  @Test
  void withoutCommand() {
    CommandRun run = CommandRun.of();
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("a command is missing"), run.err());
  }

  private static CommandRun evaluateTo(Path output, String... more) {
    String[] arguments = {
      "evaluate", "--table", "t", "--logits", "p", "--label", "y", "--output", output.toString()
    };
    return CommandRun.of(with(arguments, more));
  }

  private static void view(SparkSession spark, String rows) {
    spark
        .sql("SELECT * FROM VALUES " + rows + " AS v(id, p, y, w)")
        .coalesce(1)
        .createOrReplaceTempView("t");
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
  }

  private static void assertFailure(CommandRun run, int exitCode, String... parts) {
    assertEquals(exitCode, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("error: "), run.err());
    assertFalse(run.err().toLowerCase(Locale.ROOT).startsWith("error: error"), run.err());
    for (String part : parts) {
      assertTrue(run.err().contains(part), part + " in: " + run.err());
    }
    assertEquals("", run.out());
  }
}
