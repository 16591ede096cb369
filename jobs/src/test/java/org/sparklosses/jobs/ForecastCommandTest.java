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
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The command forecast, over two rows whose metrics are worked out by hand. */
@ExtendWith(SharedSession.class)
class ForecastCommandTest {

  private static final double TOLERANCE = 1e-14;

  @TempDir private Path folder;

  /** Two rows, of weights 1 and 3. */
  @BeforeEach
  void table(SparkSession spark) {
    view(
        spark,
        "('a', 1D, 1D, 1D, 1D, 0D, 2D, array(0D, 2D)), ('b', 3D, 3D, 3D, 2D, 4D, 6D, array(3, 7))");
  }

  private static void view(SparkSession spark, String rows) {
    spark
        .sql("SELECT * FROM VALUES " + rows + " AS v(site, y, w, mu, sigma, q_0, q_1, members)")
        .selectExpr("*", "array(q_0, q_1) AS q")
        .coalesce(1)
        .createOrReplaceTempView("f");
  }

  /** An option may hold blanks between quotes, as in a shell. */
  private static CommandRun forecast(String options) {
    List<String> arguments = new ArrayList<>(List.of("forecast"));
    Pattern.compile("'([^']*)'|(\\S+)")
        .matcher(options)
        .results()
        .forEach(token -> arguments.add(token.group(token.group(1) == null ? 2 : 1)));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private ReportFile report(String options) throws IOException {
    CommandRun run = forecast("--label y --output " + folder + " --overwrite " + options);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("report: "), run.out());
    return ReportFile.read(folder);
  }

  @Test
  void exampleOfTheDocumentation(SparkSession spark) {
    MarkdownPage page = new MarkdownPage("regression.md");
    spark.sql(page.part("table").replace("```sql\n", "").replace("```\n", ""));
    String command =
        page.part("command").replace("```sh\n", "").replace("```\n", "").replace("\\\n", "");
    assertTrue(command.startsWith("forecast "), command);
    CommandRun run = forecast(command.substring("forecast ".length()));
    page.check("printed", "```text\n" + run.out() + run.err() + "```\n");
    assertEquals(5, run.exitCode());
  }

  /** Errors 0 and 1; the outcomes lie 1.5 and 0.5 from their mean, 2.5. */
  @Test
  void point() throws IOException {
    ReportFile report = report("--table f --point sigma --weight w --slice site");
    assertEquals(3 / 4.0, report.value("mae"), TOLERANCE);
    assertEquals(Math.sqrt(3 / 4.0), report.value("rmse"), TOLERANCE);
    assertEquals(1 - 3 / (2.25 + 3 * 0.25), report.value("r2"), TOLERANCE);
    assertEquals(1.0, ReportFile.value(report.slice("b"), "rmse"), TOLERANCE);
  }

  /** Both rows came true as their mean says: z = 0. */
  @Test
  void normal() throws IOException {
    ReportFile report = report("--table f --mean mu --sigma sigma --weight w --slice site");
    double crpsOfSigma1 = Math.sqrt(2 / Math.PI) - 1 / Math.sqrt(Math.PI);
    assertEquals(7 / 4.0 * crpsOfSigma1, report.value("crps_gaussian"), TOLERANCE);
    assertEquals(
        Math.log(2 * Math.PI) / 2 + 3 / 4.0 * Math.log(2), report.value("gaussian_nll"), TOLERANCE);
    assertEquals(Math.sqrt(13 / 4.0), report.value("regression_sharpness"), TOLERANCE);
    assertEquals(4.0, report.overall().get("rows").get("sum_weight").asDouble());
    JsonNode ofB = report.slice("b");
    assertEquals(2 * crpsOfSigma1, ReportFile.value(ofB, "crps_gaussian"), TOLERANCE);
  }

  /** The first is inside of [0, 2], the second is below [4, 6] by 1. */
  @Test
  void interval() throws IOException {
    ReportFile report = report("--table f --low q_0 --high q_1 --alpha 0.5 --weight w");
    assertEquals((1 * 2 + 3 * (2 + 2 / 0.5 * 1)) / 4, report.value("interval_score"), TOLERANCE);
    JsonNode coverage = report.overall().get("metrics").get(1).get("values");
    assertEquals(1 / 4.0, coverage.get("picp").asDouble(), TOLERANCE);
    assertEquals(2, coverage.get("mpiw").asDouble(), TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"q", "q_*"})
  void quantiles(String column) throws IOException {
    ReportFile report =
        report("--table f --quantiles " + column + " --levels 0.1,0.9 --weight w --slice site");
    JsonNode metrics = report.overall().get("metrics");
    assertEquals(0.1, metrics.get(0).get("params").get("tau").asDouble());
    assertEquals((0.1 * 1 + 3 * 0.9 * 1) / 4, metrics.get(0).get("value").asDouble(), TOLERANCE);
    assertEquals(0.9, metrics.get(1).get("params").get("tau").asDouble());
    assertEquals((0.1 * 1 + 3 * 0.1 * 3) / 4, metrics.get(1).get("value").asDouble(), TOLERANCE);
    // Up to the lower quantile is the second, of weight 3 of 4; up to the upper one are both.
    assertEquals(3 / 4.0 - 0.1, metrics.get(2).get("values").get("max_abs").asDouble(), TOLERANCE);
    assertEquals(2, report.root().get("slices").size());
  }

  @Test
  void ensemble() throws IOException {
    ReportFile report = report("--table f --ensemble members --weight w");
    JsonNode metrics = report.overall().get("metrics");
    // mean |x - y| less |x_0 - x_1| / 4: 1 - 2/4 and 2 - 4/4; fair, less its half, both are 0.
    assertEquals((0.5 + 3 * 1) / 4, metrics.get(0).get("value").asDouble(), TOLERANCE);
    assertEquals(0, metrics.get(1).get("value").asDouble(), TOLERANCE);
  }

  /**
   * Absolute errors 0 and 1 of weights 1 and 3: mean 3/4, and of their squares too. The residuals w
   * (x - mean) are -3/4 and 3/4, so that se^2 = 2/1 (9/16 + 9/16) / 4^2.
   */
  @Test
  void standardErrors() throws IOException {
    ReportFile report = report("--table f --point sigma --weight w --standard-errors --level 0.9");
    double error = 3.0 / 8;
    JsonNode metrics = report.overall().get("metrics");
    JsonNode ofMae = metrics.get(1).get("intervals").get("value");
    // The 0.95-quantile of the normal distribution.
    assertEquals(3 / 4.0 - 1.6448536269514722 * error, ofMae.get("low").asDouble(), TOLERANCE);
    assertEquals(3 / 4.0 + 1.6448536269514722 * error, ofMae.get("high").asDouble(), TOLERANCE);
    assertEquals(0.9, ofMae.get("level").asDouble());
    assertEquals(error, ofMae.get("standard_error").asDouble(), TOLERANCE);
    JsonNode ofRmse = metrics.get(0).get("intervals").get("value");
    assertEquals(
        error / (2 * Math.sqrt(3 / 4.0)), ofRmse.get("standard_error").asDouble(), TOLERANCE);
    assertTrue(metrics.get(2).get("intervals") == null, "r2 is no mean");
    assertEquals("by formula", report.root().get("settings").get("standard_errors").asText());
  }

  /** Of two rows that are drawn by their key a replicate has one, both or none. */
  @Test
  void bootstrap() throws IOException {
    ReportFile report =
        report(
            "--table f --point sigma --weight w --bootstrap site --replicates 50 --seed 1"
                + " --fail-if 'mae.ci_high > 1' --fail-if 'slice(site): rmse.ci_high > 1'");
    JsonNode ofMae = report.overall().get("metrics").get(1).get("intervals").get("value");
    assertEquals(0, ofMae.get("low").asDouble());
    assertEquals(1, ofMae.get("high").asDouble());
    JsonNode settings = report.root().get("settings");
    assertEquals("site", settings.get("bootstrap").asText());
    assertEquals("50", settings.get("replicates").asText());
    assertEquals("1", settings.get("seed").asText());
    assertTrue(
        Files.readString(folder.resolve("report.html")).contains("95\u00A0% interval"),
        "intervals");
  }

  /** A CSV file has no arrays: its members are columns. */
  @Test
  void columnsOfACsvFile(SparkSession spark) throws IOException {
    String path = folder.resolve("f.csv").toString();
    spark
        .sql("SELECT y, w, members[0] AS m0, members[1] AS m1 FROM f")
        .write()
        .option("header", "true")
        .csv(path);
    ReportFile report = report("--input " + path + " --ensemble m* --weight w");
    assertEquals(0.875, report.value("crps_ensemble"), TOLERANCE);
  }

  @Test
  void arraysOfAParquetFile(SparkSession spark) throws IOException {
    String path = folder.resolve("f.parquet").toString();
    spark.table("f").write().parquet(path);
    ReportFile report = report("--input " + path + " --ensemble members --weight w");
    assertEquals(0.875, report.value("crps_ensemble"), TOLERANCE);
  }

  @Test
  void writesAPage() throws IOException {
    report("--ensemble members --table f --slice site --fail-if 'crps_ensemble(fair=true) > 1'");
    String page = Files.readString(folder.resolve("report.html"));
    assertTrue(page.contains("2 rows of 2 evaluated</p>"), page);
    assertTrue(page.contains("crps_ensemble"), page);
    assertFalse(page.contains("logit"), page);
  }

  @Test
  void printsNoClasses() {
    CommandRun run = forecast("--table f --label y --ensemble members --slice site");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("2 rows read, 2 evaluated", run.out().lines().findFirst().orElseThrow());
    assertTrue(run.out().contains("crps_ensemble(fair=true)"), run.out());
    assertTrue(run.out().contains("site = b"), run.out());
    assertFalse(run.out().contains("report: "), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--quantiles q --levels 0.1,0.9 | pinball_loss(tau=0.1) > 0.5 | 0 |",
        "--quantiles q --levels 0.1,0.9 | pinball_loss(tau=0.10)>=0.49 | 5 | pinball_loss(tau=0.10)"
            + " is 0.5",
        "--quantiles q --levels 0.1,0.9 | pinball_loss(tau=0.9).value < 0.3 | 5 |"
            + " pinball_loss(tau=0.9) is 0.1999",
        "--quantiles q --levels 0.5,0.9 | quantile_calibration_error.max_abs > 0.1 | 0 |",
        "--quantiles q --levels 0.5,0.9 | quantile_calibration_error.max_abs >= 0.09 | 5 |"
            + " quantile_calibration_error.max_abs is 0.",
        "--low q_0 --high q_1 --alpha 0.5 | interval_score > 4 | 0 |",
        "--low q_0 --high q_1 --alpha 0.5 | interval_score >= 4 | 5 | interval_score is 4.0",
        "--low q_0 --high q_1 --alpha 0.5 | interval_coverage.picp < 0.8 | 5 |"
            + " interval_coverage.picp is 0.5",
        "--low q_0 --high q_1 --alpha 0.5 | slice(site): interval_coverage < 0 | 0 |",
        "--low q_0 --high q_1 --alpha 0.5 | slice(site): interval_coverage <= 0.5 | 5 |"
            + " interval_coverage is 0.0 for site = b",
        "--low q_0 --high q_1 --alpha 0.5 | slice( site , y ): interval_score > 1 | 5 | and 1 more"
            + " slices violate it",
        "--ensemble members | crps_ensemble(fair=true) > 0 | 0 |",
        "--ensemble members | crps_ensemble(fair=false) < 0.8 | 5 | crps_ensemble(fair=false) is"
            + " 0.75",
        // Of no rows nothing is known, and so nothing good.
        "--ensemble members --where y<0 | crps_ensemble(fair=true) > 9 | 5 | is NaN",
        "--ensemble members --where y<0 | slice(site): crps_ensemble(fair=true) > 9 | 5 | is NaN",
      })
  void gates(String options, String gate, int exitCode, String message) {
    CommandRun run = forecast("--table f --label y " + options + " --fail-if '" + gate + "'");
    assertEquals(exitCode, run.exitCode(), run.err());
    if (message == null) {
      assertEquals("", run.err());
      assertTrue(run.out().contains("passed"), run.out());
    } else {
      assertTrue(run.err().startsWith("violated: " + gate + ": "), run.err());
      assertTrue(run.err().contains(message), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.out().contains("violated"), run.out());
    }
  }

  @Test
  void gatesAreInTheReport() throws IOException {
    CommandRun run =
        forecast(
            "--table f --label y --low q_0 --high q_1 --alpha 0.5 --fail-if 'interval_score > 3'"
                + " --fail-if 'slice(site): interval_score > 7' --output "
                + folder);
    assertEquals(5, run.exitCode(), run.err());
    ReportFile report = ReportFile.read(folder);
    JsonNode gates = report.root().get("gates");
    assertTrue(gates.get(0).get("violated").asBoolean());
    assertEquals(4.0, gates.get(0).get("violations").get(0).get("value").asDouble(), TOLERANCE);
    assertFalse(gates.get(1).get("violated").asBoolean());
    assertEquals(2, report.root().get("slices").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--label y | no forecasts are named; give --mean --sigma, or --low --high --alpha, or"
            + " --quantiles --levels, or --ensemble",
        "--mean mu | --mean mu: add --sigma",
        "--sigma sigma | --sigma sigma: add --mean",
        "--low q_0 | --low q_0: add --high and --alpha",
        "--low q_0 --high q_1 | --low q_0 --high q_1: add --alpha",
        "--quantiles q | --quantiles q: add --levels",
        "--levels 0.1,0.9 | --levels [0.1, 0.9]: add --quantiles",
        "--mean mu --sigma sigma --ensemble q | --mean mu --sigma sigma --ensemble q: these are of"
            + " several kinds of forecasts; give --mean --sigma, or --ensemble",
        "--ensemble q --alpha 0.1 | --alpha 0.1 --ensemble q: these are of several kinds",
        "--low q_0 --high q_1 --alpha 1 | alpha = 1.0 is not allowed; give the share outside",
        "--quantiles q --levels 0.9,0.1 | levels = [0.9, 0.1] are not allowed; give distinct shares"
            + " in [0, 1], ascending",
        "--quantiles q --levels 0.1,NaN | levels = [0.1, NaN] are not allowed",
        "--mean nu --sigma sigma | no column 'nu' (forecast) in the table; it has site, y",
        "--mean mu --sigma site | column 'site' (forecast) is STRING, wanted a number",
        "--ensemble mu | column 'mu' (forecast) is DOUBLE, wanted an ARRAY of numbers",
        "--ensemble r_* | no column matches 'r_*' with a number for the *",
        "--ensemble q --label truth | no column 'truth' (label)",
        "--ensemble q --label site | column 'site' (label) is STRING, wanted a number; cast it",
        "--ensemble q --weight v | no column 'v' (weight)",
        "--ensemble q --slice v | no column 'v' (slice)",
        "--ensemble q --policy nan=skip | 'skip' is neither fail nor drop",
        "--ensemble q --policy not_normalised=drop | 'not_normalised' is no fault of a row that can"
            + " be dropped; these are: null_prediction, empty_prediction, length_mismatch, nan,"
            + " null_label, null_weight, invalid_weight, weight_out_of_range",
        "--ensemble q --where y=( | --where 'y=(': ",
        "--ensemble q --fail-if crps_ensemble | gate 'crps_ensemble' is not of the form",
        "--ensemble q --fail-if crps_ensemble>NaN | is not of the form",
        "--ensemble q --fail-if crps_ensemble>high | is not of the form",
        "--ensemble q --fail-if slice():crps_ensemble>1 | is not of the form",
        "--ensemble q --fail-if slice(,):crps_ensemble>1 | is not of the form",
        "--ensemble q --fail-if crps_ensemble(fair)>1 | is not of the form",
        "--ensemble q --fail-if crps_gaussian>1 | metric 'crps_gaussian' was not evaluated; there"
            + " are crps_ensemble(fair=false), crps_ensemble(fair=true)",
        "--ensemble q --fail-if crps_ensemble(fair=maybe)>1 | metric 'crps_ensemble(fair=maybe)'"
            + " was not evaluated",
        "--ensemble q --fail-if crps_ensemble>1 | there are several metrics 'crps_ensemble'; name"
            + " one of crps_ensemble(fair=false), crps_ensemble(fair=true)",
        "--quantiles q --levels 0.1,0.9 --fail-if pinball_loss(tau=low)>1 | metric"
            + " 'pinball_loss(tau=low)' was not evaluated",
        "--mean mu --sigma sigma --fail-if crps_gaussian.ci_high>1 | gate 'crps_gaussian.ci_high>1'"
            + " needs an interval: ask for one by bootstrap(key), on the command line --bootstrap"
            + " KEY",
        "--mean mu --sigma sigma --bootstrap y --fail-if ence.se>1 | gate 'ence.se>1' needs an"
            + " interval: metric 'ence' has none, compare its value",
        "--ensemble q --bootstrap key | no column 'key' (bootstrap)",
        "--ensemble q --cluster key | no column 'key' (cluster)",
        "--ensemble q --cluster y --bootstrap y | leave one out",
        "--ensemble q --seed 3 | --replicates and --seed are of a bootstrap: add --bootstrap KEY",
        "--ensemble q --bootstrap y --replicates 1 | replicates = 1 is not allowed",
        "--ensemble q --standard-errors --level 95 | level = 95.0 is not allowed",
        "--mean mu --sigma sigma --fail-if crps_gaussian.mean>1 | metric 'crps_gaussian' has no"
            + " part 'mean'; it gives value",
        "--mean mu --sigma sigma --fail-if slice(town):ence>1 | no column 'town' (slice)",
      })
  void wrongOption(String options, String message) {
    String label = options.contains("--label") ? "" : "--label y ";
    CommandRun run = forecast("--table f " + label + options);
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("error: "), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals("", run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--levels 0.1,high | Invalid value for option '--levels' (P): 'high' is not a double",
        "--levls 0.1,0.9 | Unknown options: '--levls', '0.1,0.9'",
      })
  void unreadableOption(String options, String message) {
    CommandRun run = forecast("--table f --quantiles q " + options);
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("error: " + message), run.err());
    assertTrue(run.err().contains("forecast --help"), run.err());
  }

  /** The job fails with the message; with the remedy that it names, the row is dropped. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null_prediction  | 1D, 1D, null, 1D, array(0D, 2D)       | --mean mu --sigma sigma |"
            + " column 'mu', 'sigma': the forecast is NULL",
        "nan              | 1D, 1D, double('NaN'), 1D, array(0D)  | --mean mu --sigma sigma |"
            + " 'sigma' or 'y': a number is not finite",
        "null_label       | null, 1D, 1D, 1D, array(0D, 2D)       | --mean mu --sigma sigma |"
            + " column 'y': label is NULL",
        "null_weight      | 1D, null, 1D, 1D, array(0D, 2D)       | --mean mu --sigma sigma |"
            + " column 'w': weight is NULL",
        "invalid_weight   | 1D, -1D, 1D, 1D, array(0D, 2D)        | --mean mu --sigma sigma |"
            + " column 'w': weight is negative",
        "empty_prediction | 1D, 1D, 1D, 1D, array()               | --ensemble members | column"
            + " 'members': the forecast is an empty array",
        "length_mismatch  | 1D, 1D, 1D, 1D, array(0D)             | --quantiles members --levels"
            + " 0.1,0.9 | column 'members': the forecast does not hold 2 numbers",
      })
  void faultyRow(String fault, String row, String options, String message, SparkSession spark)
      throws IOException {
    String[] values = row.split(", ", 5);
    view(
        spark,
        "('a', 1D, 1D, 1D, 1D, 0D, 2D, array(0D, 2D)), ('c', %s, %s, %s, %s, 0D, 2D, %s)"
            .formatted((Object[]) values));
    String all = "--table f --weight w " + options;
    CommandRun failed = forecast("--label y " + all);
    String remedy = "--policy " + fault + "=drop";
    assertEquals(1, failed.exitCode(), failed.err());
    assertTrue(failed.err().startsWith("error: column '"), failed.err());
    assertTrue(failed.err().contains(message), failed.err());
    assertTrue(failed.err().contains("to leave such rows out and count them: " + remedy));
    assertEquals(fault.equals("length_mismatch"), failed.err().contains("--levels"), failed.err());
    assertEquals(1, failed.err().lines().count(), failed.err());
    assertEquals("", failed.out());
    ReportFile report = report(all + " " + remedy);
    assertEquals(1, report.count(fault));
    assertEquals(1, report.overall().get("rows").get("evaluated").asLong());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mean mu --sigma w --where y=1 | column 'w': the standard deviation 0.0 is not above 0",
        "--low q_1 --high q_0 --alpha 0.1 | column 'q_1': the lower end 2.0 is above the upper end"
            + " 0.0",
      })
  void impossibleForecast(String options, String message, SparkSession spark) {
    view(spark, "('a', 1D, 0D, 1D, 1D, 0D, 2D, array(0D, 2D))");
    CommandRun run = forecast("--table f --label y " + options);
    assertEquals(1, run.exitCode(), run.err());
    assertTrue(run.err().startsWith("error: " + message), run.err());
    assertTrue(run.err().contains("leave such rows out of the table"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  /** The first row would end a pass over the table with exit code 1. */
  @Test
  void gatesAreCheckedBeforeTheRows(SparkSession spark) {
    view(spark, "('a', 1D, 1D, 1D, 0D, 0D, 2D, array(0D, 2D))");
    String options = "--table f --label y --mean mu --sigma sigma --fail-if ";
    assertEquals(1, forecast(options + "ence>1").exitCode());
    assertEquals(2, forecast(options + "enze>1").exitCode());
  }

  @Test
  void inputAndOutput() throws IOException {
    CommandRun missing = forecast("--table no_such_table --ensemble q");
    assertEquals(3, missing.exitCode(), missing.err());
    assertTrue(missing.err().contains("cannot read no_such_table"), missing.err());
    Path report = Files.writeString(folder.resolve("evaluation.json"), "precious");
    CommandRun there = forecast("--table f --label y --ensemble q --output " + folder);
    assertEquals(3, there.exitCode(), there.err());
    assertTrue(there.err().contains("evaluation.json is there already"), there.err());
    assertEquals("precious", Files.readString(report));
  }

  @Test
  void helpNamesTheCommand() {
    assertTrue(CommandRun.of("--help").out().contains("forecast"));
    assertTrue(CommandRun.of("forecast", "--help").out().contains("--levels=P[,P...]"));
  }
}
