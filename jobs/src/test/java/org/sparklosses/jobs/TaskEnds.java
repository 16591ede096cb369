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

/** What Spark logged of the ends of the tasks of a pass over a table, in order. */
public record TaskEnds(List<TaskEnd> ends) {

  /** Settings of Spark for a log that this reads. */
  public static List<String> settings(Path log) {
    return List.of(
        "spark.eventLog.enabled=true",
        "spark.eventLog.rolling.enabled=false",
        "spark.eventLog.compress=false",
        "spark.eventLog.dir=" + log.toUri());
  }

  /** The end of an attempt at a task. */
  public record TaskEnd(
      String reason, String executor, int task, int attempt, boolean isSpeculative) {

    private static TaskEnd of(JsonNode event) {
      JsonNode info = event.get("Task Info");
      return new TaskEnd(
          event.get("Task End Reason").get("Reason").asText(),
          info.get("Executor ID").asText(),
          info.get("Index").asInt(),
          info.get("Attempt").asInt(),
          info.get("Speculative").asBoolean());
    }

    public boolean isSuccess() {
      return reason.equals("Success");
    }
  }

  /** Those of the first stage of {@link ExecutorKiller#TASKS} tasks. */
  public static TaskEnds read(Path log) throws IOException {
    List<JsonNode> events = events(log);
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
    return new TaskEnds(ends);
  }

  private static List<JsonNode> events(Path log) throws IOException {
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
    return events;
  }

  /** An executor was killed that had done tasks, which then were done again, as was the last. */
  public void assertExecutorLost() {
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
}
