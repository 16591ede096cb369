// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.testing.SharedSession;

/**
 * Folders of table formats, whose libraries these tests do not have: their files hold more rows
 * than the table and are never read in its place.
 */
@ExtendWith(SharedSession.class)
class TableFoldersTest {

  private static final String[] EVALUATE = {"evaluate", "--logits", "z", "--input"};

  private static final String[] FORECAST = {
    "forecast", "--low", "y", "--high", "y", "--alpha", "0.1", "--input"
  };

  private static final String[] COMPARE = {
    "compare", "--model", "a=z", "--model", "b=z", "--key", "id", "--input"
  };

  @TempDir private Path folder;

  private Path table;
  private Path plain;

  /** A table of two versions: the files of both are there. */
  @BeforeEach
  void writeFiles(SparkSession spark) {
    table = folder.resolve("table");
    plain = folder.resolve("plain");
    for (Path path : List.of(table, plain)) {
      for (SaveMode mode : List.of(SaveMode.ErrorIfExists, SaveMode.Append)) {
        spark
            .range(10)
            .selectExpr("id", "array(1D, 2D) AS z", "1 AS label", "1D AS y", "id % 2 AS part")
            .write()
            .mode(mode)
            .partitionBy("part")
            .parquet(path.toString());
      }
    }
  }

  private static CommandRun run(String[] command, Object... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    for (Object argument : more) {
      arguments.add(argument.toString());
    }
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void mark(String marker) throws IOException {
    Path file = table.resolve(marker);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}");
  }

  @ParameterizedTest
  @CsvSource({
    "_delta_log/00000000000000000000.json, a delta table, io.delta:delta-spark_",
    "metadata/v1.metadata.json, an iceberg table, org.apache.iceberg:iceberg-spark-runtime-",
    "metadata/00000-2f9f.gz.metadata.json, an iceberg table, org.apache.iceberg:",
    ".hoodie/hoodie.properties, a hudi table, org.apache.hudi:hudi-spark"
  })
  void areRecognisedByEveryCommand(String marker, String name, String packages) throws IOException {
    mark(marker);
    for (String[] command : List.of(EVALUATE, FORECAST, COMPARE)) {
      assertRefused(run(command, table), name, packages);
    }
    assertRefused(run(COMPARE, plain, "--input-b", table), name, packages);
    assertRefused(run(EVALUATE, folder + "/t*"), name, packages);
  }

  private void assertRefused(CommandRun run, String name, String packages) {
    assertEquals(3, run.exitCode(), run.err());
    assertEquals("", run.out());
    assertTrue(
        run.err().contains(": it is " + name + ", which this session is not set up for"),
        run.err());
    assertTrue(run.err().contains("start the job with --packages " + packages), run.err());
  }

  @Test
  void partsOfATableAreNotTheTable() throws IOException {
    mark("_delta_log/00000000000000000000.json");
    for (String part : List.of(table + "/part=0", table + "/part=*", table + "/*")) {
      CommandRun run = run(EVALUATE, part);
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains("lies in a delta table; give the table, --input"), run.err());
    }
  }

  @Test
  void anotherFormatIsRefusedAndFilesThatAreNamedAreRead() throws IOException {
    mark("_delta_log/00000000000000000000.json");
    CommandRun asParquet = run(EVALUATE, table, "--format", "parquet");
    assertEquals(2, asParquet.exitCode(), asParquet.err());
    assertTrue(
        asParquet
            .err()
            .contains("is a delta table, whose folder also holds rows that were removed"),
        asParquet.err());
    CommandRun files = run(EVALUATE, table + "/*/*.parquet");
    assertEquals(0, files.exitCode(), files.err());
    assertTrue(files.out().contains("20 rows read"), files.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta", "ICEBERG", "hudi", "avro"})
  void formatsWithoutTheirLibraryNameIt(String format) {
    CommandRun run = run(EVALUATE, plain, "--format", format);
    assertEquals(3, run.exitCode(), run.err());
    assertTrue(run.err().contains("start the job with --packages "), run.err());
  }

  @Test
  void otherFoldersAreReadAsBefore() throws IOException {
    Files.createDirectories(plain.resolve("_metadata"));
    CommandRun run = run(EVALUATE, plain);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("20 rows read"), run.out());
    CommandRun unknown = run(EVALUATE, plain, "--format", "excel");
    assertEquals(2, unknown.exitCode());
    assertTrue(
        unknown
            .err()
            .contains(
                "--format 'excel' is none of parquet, csv, json, orc, avro, delta, iceberg, hudi"),
        unknown.err());
  }
}
