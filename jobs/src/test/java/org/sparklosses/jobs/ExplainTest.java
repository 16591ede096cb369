// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.testing.RecordsRead;
import org.sparklosses.testing.SharedSession;

/** Option --explain: what would be done, without a row being read. */
@ExtendWith(SharedSession.class)
class ExplainTest {

  private final SparkSession spark;

  @TempDir private Path folder;

  ExplainTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void table() {
    spark
        .range(300)
        .selectExpr(
            "id",
            "id % 4 AS site",
            "int(id % 2) AS label",
            "array(float(id % 7), 3F) AS a",
            "array(float(id % 5), 2F) AS b",
            "double(id % 11) AS mu",
            "double(id % 13) AS y")
        .write()
        .parquet(input());
  }

  private String input() {
    return folder.resolve("rows").toString();
  }

  private String explained(String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of("--input", input(), "--explain", "--output", folder.resolve("out").toString()));
    CommandRun[] run = {null};
    long records =
        RecordsRead.during(spark, () -> run[0] = CommandRun.of(arguments.toArray(String[]::new)));
    assertEquals(0, run[0].exitCode(), run[0].err());
    assertEquals(0, records, "rows are read");
    assertFalse(Files.exists(folder.resolve("out")), "a report is written");
    assertTrue(run[0].out().contains("FileScan parquet"), run[0].out());
    return run[0].out();
  }

  private static void assertHas(String text, String... lines) {
    for (String line : lines) {
      assertTrue(text.lines().anyMatch(found -> found.contains(line)), line + "\n" + text);
    }
  }

  @Test
  void evaluate() throws Exception {
    String text =
        explained(
            "evaluate",
            "--logits",
            "a",
            "--slice",
            "site",
            "--metric",
            "log_loss",
            "--metric",
            "ece(n_bins=20)",
            "--classes",
            "2");
    assertHas(
        text,
        "evaluate: pass 1 of 1, 2 metrics, 1 slice",
        "  log_loss                              mean of log_loss",
        "  ece(n_bins=20)                        20 bins of equal width of top_label",
        "(classes: 2), those of 1 slice, each of up to 10,000 values",
        "reading: the batches that the source decodes");
  }

  @Test
  void compare() throws Exception {
    String text =
        explained(
            "compare",
            "--model",
            "old=a",
            "--model",
            "new=b",
            "--metric",
            "roc_auc",
            "--metric",
            "brier");
    assertHas(
        text,
        "compare: pass 1 of 2, 2 models, 2 metrics, 0 slices",
        "  model new                             b",
        "  brier                                 mean of brier");
  }

  @Test
  void forecast() throws Exception {
    String text = explained("forecast", "--point", "mu", "--label", "y", "--bootstrap", "id");
    assertHas(
        text, "forecast: pass 1 of 1, ", "  rmse   ", "  bootstrap                             id");
  }

  @Test
  void moreThanAnyMemoryIsNoNegativeNumber() throws Exception {
    String text =
        explained(
            "evaluate",
            "--logits",
            "a",
            "--slice",
            "site",
            "--slice",
            "label",
            "--slice",
            "id",
            "--slice-limit",
            "2147483647",
            "--metric",
            "confusion_matrix",
            "--classes",
            "100000");
    assertHas(text, "(classes: 100,000), those of 3 slices, each of up to 2,147,483,647 values");
    assertFalse(text.contains("up to -"), text);
  }

  @Test
  void whatCannotBeDoneIsSaidAsWithoutIt() {
    CommandRun column = CommandRun.of("evaluate", "--input", input(), "--logits", "c", "--explain");
    assertEquals(2, column.exitCode());
    assertTrue(column.err().contains("no column 'c' (logits)"), column.err());
    CommandRun two =
        CommandRun.of(
            "compare",
            "--input",
            input(),
            "--input-b",
            input(),
            "--key",
            "id",
            "--model",
            "x=a",
            "--model",
            "y=b",
            "--explain");
    assertEquals(2, two.exitCode());
    assertTrue(two.err().contains("--explain tells of one table"), two.err());
  }
}
