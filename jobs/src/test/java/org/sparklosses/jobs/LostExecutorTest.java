// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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

  /** What Spark logged of the end of a task of the pass. */
  private record TaskEnd(String reason, String executor, int task, int attempt) {

    static TaskEnd of(JsonNode event) {
      JsonNode info = event.get("Task Info");
      return new TaskEnd(
          event.get("Task End Reason").get("Reason").asText(),
          info.get("Executor ID").asText(),
          info.get("Index").asInt(),
          info.get("Attempt").asInt());
    }

    boolean isSuccess() {
      return reason.equals("Success");
    }
  }

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
    assertLost(ends(log));
    JsonNode expected = ReportFile.read(Path.of(here)).root();
    JsonNode found = ReportFile.read(Path.of(there)).root();
    assertEquals(expected.get("overall").toString(), found.get("overall").toString());
    assertEquals("scalar", found.get("settings").get("kernel").asText());
    assertEquals(ROWS, found.get("overall").get("rows").get("evaluated").asLong());
  }

  private void submit(List<String> job, Path log) throws Exception {
    Path tests =
        Path.of(ExecutorKiller.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> settings =
        List.of(
            "spark.plugins=" + ExecutorKiller.class.getName(),
            "spark.scheduler.minRegisteredResourcesRatio=1",
            "spark.scheduler.maxRegisteredResourcesWaitingTime=20min",
            // Another kernel than the driver's, with the same bits.
            "spark.executor.extraJavaOptions=-Dlosses.kernel=scalar",
            // One task a file, however small files are.
            "spark.sql.files.openCostInBytes=" + (128 << 20),
            "spark.eventLog.enabled=true",
            "spark.eventLog.rolling.enabled=false",
            "spark.eventLog.compress=false",
            "spark.eventLog.dir=" + log.toUri());
    new SparkSubmit(folder, List.of(tests), settings).run(job).succeeded();
  }

  private static void assertLost(List<TaskEnd> ends) {
    TaskEnd lost =
        ends.stream().filter(end -> end.reason().equals("ExecutorLostFailure")).findFirst().get();
    List<TaskEnd> before = ends.subList(0, ends.indexOf(lost));
    assertEquals(
        ExecutorKiller.TASKS_DONE,
        before.stream()
            .filter(end -> end.isSuccess() && end.executor().equals(lost.executor()))
            .count());
    assertTrue(before.stream().filter(TaskEnd::isSuccess).count() < ExecutorKiller.TASKS);
    assertTrue(
        ends.stream()
            .anyMatch(
                end ->
                    end.isSuccess() && end.task() == lost.task() && end.attempt() > lost.attempt()),
        "the task that was killed is done again");
    assertEquals(
        ExecutorKiller.TASKS_DONE,
        ends.stream().filter(end -> end.reason().equals("Resubmitted")).count(),
        "tasks that were done, but whose state is lost");
  }

  /** Ends of tasks of the stages of as many tasks as the table has files. */
  private static List<TaskEnd> ends(Path log) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.walk(log)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(f -> !f.getFileName().toString().startsWith("."))
              .toList()) {
        for (String line : Files.readAllLines(file)) {
          events.add(json.readTree(line));
        }
      }
    }
    int stage =
        events.stream()
            .filter(event -> event.get("Event").asText().equals("SparkListenerStageSubmitted"))
            .map(event -> event.get("Stage Info"))
            .filter(info -> info.get("Number of Tasks").asInt() == ExecutorKiller.TASKS)
            .findFirst()
            .orElseThrow()
            .get("Stage ID")
            .asInt();
    List<TaskEnd> ends =
        events.stream()
            .filter(event -> event.get("Event").asText().equals("SparkListenerTaskEnd"))
            .filter(event -> event.get("Stage ID").asInt() == stage)
            .map(TaskEnd::of)
            .toList();
    assertFalse(ends.isEmpty());
    return ends;
  }

  private static List<String> with(List<String> arguments, String last) {
    List<String> all = new ArrayList<>(arguments);
    all.add(last);
    return all;
  }
}
