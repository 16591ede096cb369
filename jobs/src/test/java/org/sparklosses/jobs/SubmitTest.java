// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.testing.SharedSession;

/** A job submitted to a cluster of two executors, each a JVM of its own that has the job's jar. */
@ExtendWith(SharedSession.class)
class SubmitTest {

  @TempDir private Path folder;

  @Test
  void sameBitsAsInOneProcess(SparkSession spark) throws Exception {
    Path table = folder.resolve("table");
    new SyntheticTable(2000, 20, 7, 2, 1.5, 4).create(spark).write().parquet(table.toString());

    List<String> job =
        List.of(
            "evaluate",
            "--input",
            table.toString(),
            "--logits",
            "logits",
            "--weight",
            "weight",
            "--slice",
            "segment",
            "--output");
    String here = folder.resolve("here").toString();
    String there = folder.resolve("there").toString();
    CommandRun run = CommandRun.of(with(job, here).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    new SparkSubmit(folder, List.of(), List.of()).run(with(job, there)).succeeded();

    JsonNode expected = ReportFile.read(Path.of(here)).root();
    JsonNode found = ReportFile.read(Path.of(there)).root();
    assertEquals(expected.get("overall").toString(), found.get("overall").toString());
    assertEquals(expected.get("slices").toString(), found.get("slices").toString());
    assertEquals(2000, found.get("overall").get("rows").get("evaluated").asLong());
    assertEquals(8, found.get("slices").size());
  }

  @Test
  void logIsQuietUnlessAskedForAndTheExitCodeIsThatOfTheJob() throws Exception {
    List<String> job =
        List.of("evaluate", "--input", folder.resolve("none").toString(), "--logits", "logits");

    JavaProcess.Output quiet = alone("quiet").run(job);
    assertEquals(ExitCode.IO.value(), quiet.exitCode(), quiet.err());
    assertTrue(quiet.err().lines().anyMatch(line -> line.startsWith("error: cannot read")));
    assertEquals(
        List.of(),
        quiet
            .err()
            .lines()
            .filter(line -> line.contains(" INFO ") && !line.contains(" INFO RowKernels: "))
            .toList());

    JavaProcess.Output verbose = alone("verbose").run(with(job, "--verbose"));
    assertEquals(ExitCode.IO.value(), verbose.exitCode(), verbose.err());
    assertTrue(verbose.err().contains(" INFO SparkContext: "), verbose.err());
    assertTrue(verbose.err().contains("\tat org.sparklosses.jobs."), verbose.err());
  }

  /** Submits to no cluster. */
  private SparkSubmit alone(String name) throws IOException {
    return new SparkSubmit(
        Files.createDirectory(folder.resolve(name)), List.of(), List.of("spark.master=local[1]"));
  }

  private static List<String> with(List<String> arguments, String last) {
    List<String> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }
}
