// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.testing.EveryMetric;
import org.sparklosses.testing.SharedSession;

/** Every metric has the same bits when one of two executors is killed in the middle of the pass. */
@ExtendWith(SharedSession.class)
class LostExecutorTest {

  private static final int ROWS = 12_000;

  @TempDir private Path folder;

  /** With so many tasks their states are shuffled: those of the killed executor are lost too. */
  @Test
  void sameBits(SparkSession spark) throws Exception {
    Path table = folder.resolve("table");
    new SyntheticTable(ROWS, 2, 7, 2, 1.5, ExecutorKiller.TASKS)
        .create(spark)
        .write()
        .parquet(table.toString());
    List<String> job =
        new ArrayList<>(
            List.of(
                "evaluate",
                "--input",
                table.toString(),
                "--logits",
                "logits",
                "--weight",
                "weight",
                "--bootstrap",
                "id",
                "--replicates",
                "20",
                "--standard-errors"));
    for (MetricSpec metric : EveryMetric.byDefault(2)) {
      job.addAll(List.of("--metric", metric.toString()));
    }
    job.add("--output");

    String here = folder.resolve("here").toString();
    CommandRun run = CommandRun.of(with(job, here).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());

    String there = folder.resolve("there").toString();
    Path log = Files.createDirectory(folder.resolve("log"));
    submit(with(job, there), log);
    TaskEnds.read(log).assertExecutorLost();
    JsonNode expected = ReportFile.read(Path.of(here)).root();
    JsonNode found = ReportFile.read(Path.of(there)).root();
    assertEquals(expected.get("overall").toString(), found.get("overall").toString());
    assertEquals("scalar", found.get("settings").get("kernel").asText());
    assertEquals(ROWS, found.get("overall").get("rows").get("evaluated").asLong());
  }

  private void submit(List<String> job, Path log) throws Exception {
    Path tests =
        Path.of(ExecutorKiller.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> settings = new ArrayList<>(TaskEnds.settings(log));
    settings.addAll(
        List.of(
            "spark.plugins=" + ExecutorKiller.class.getName(),
            "spark.scheduler.minRegisteredResourcesRatio=1",
            "spark.scheduler.maxRegisteredResourcesWaitingTime=20min",
            // Another kernel than the driver's, with the same bits.
            "spark.executor.extraJavaOptions=-Dlosses.kernel=scalar",
            // One task a file, however small files are.
            "spark.sql.files.openCostInBytes=" + (128 << 20)));
    new SparkSubmit(folder, List.of(tests), settings).run(job).succeeded();
  }

  private static List<String> with(List<String> arguments, String last) {
    List<String> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }
}
