// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.testing.SharedSession;

/** Paths with unusual names, and those that cannot be read or must not be written. */
@ExtendWith(SharedSession.class)
class PathsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"with space.parquet", "50%25 off.parquet", "a+b#c.parquet"})
  void unusualNames(String name, SparkSession spark) {
    String path = folder.resolve(name).toString();
    table(spark).write().parquet(path);
    assertEvaluated(evaluate(path));
    assertEquals(OptionalInt.of(3), RowWidth.of(spark.read().parquet(path), "z"));
  }

  @Test
  void partitionsOfUnusualValues(SparkSession spark) {
    String path = folder.resolve("parts").toString();
    table(spark)
        .selectExpr("*", "'2024-01-31 10:20:30 a/b%' AS part")
        .write()
        .partitionBy("part")
        .parquet(path);
    CommandRun run = evaluate(path, "--slice", "part");
    assertEvaluated(run);
    assertTrue(run.out().contains("2024-01-31 10:20:30 a/b%"), run.out());
  }

  @Test
  void widthOfAColumnInAnotherCase(SparkSession spark) {
    String path = folder.resolve("table").toString();
    table(spark).write().parquet(path);
    assertEquals(OptionalInt.of(3), RowWidth.of(spark.read().parquet(path), "Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken.parquet", "broken.orc"})
  void brokenFile(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "neither Parquet nor ORC");
    CommandRun run = evaluate(file.toString());
    assertFailure(run, "cannot read " + file + ": ");
    assertFalse(run.err().contains("awaitResult"), run.err());
  }

  /** No file system has that scheme, and the class of the other is not on the class path. */
  @ParameterizedTest
  @ValueSource(strings = {"none://bucket/table.parquet", "s3a://bucket/table.parquet"})
  void unknownFileSystem(String path, SparkSession spark) {
    assertFailure(evaluate(path), "cannot read " + path + ": ");
    String readable = folder.resolve("table").toString();
    table(spark).write().parquet(readable);
    assertFailure(evaluate(readable, "--output", path), "--output: cannot write " + path + ": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evaluation.json", "report.html"})
  void replacesNothingUnasked(String name, SparkSession spark) throws IOException {
    String path = folder.resolve("table").toString();
    table(spark).write().parquet(path);
    Path report = Files.createDirectory(folder.resolve("report"));
    Path file = Files.writeString(report.resolve(name), "precious");

    assertFailure(evaluate(path, "--output", report.toString()), file + " is there already");
    assertEquals("precious", Files.readString(file));

    assertEvaluated(evaluate(path, "--output", report.toString(), "--overwrite"));
    assertFalse(Files.readString(file).contains("precious"));
  }

  private static Dataset<Row> table(SparkSession spark) {
    return spark.sql("SELECT array(1D, 0D, 0D) AS z, 0 AS label");
  }

  private static CommandRun evaluate(String path, String... more) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", "--input", path, "--logits", "z"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static void assertEvaluated(CommandRun run) {
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("1 rows read, 1 evaluated, 3 classes"), run.out());
  }

  private static void assertFailure(CommandRun run, String message) {
    assertEquals(3, run.exitCode(), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }
}
