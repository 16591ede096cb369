// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparklosses.table.JobDescription;

/**
 * Logs a line when a stage starts, one when it ends, between them one from time to time, as tasks
 * end, and one when all is done.
 */
final class StageProgress extends SparkListener {

  private static final Logger LOG = LoggerFactory.getLogger(StageProgress.class);

  /** A stage that is shorter has no line between its first and its last. */
  private static final long INTERVAL_MILLIS = 10_000;

  private final long intervalMillis;
  private final Consumer<String> log;

  /** By stage. Touched by the thread of listeners alone. */
  private final Map<Integer, Running> running = new HashMap<>();

  /**
   * A listener.
   *
   * @param intervalMillis the least time between two lines of a stage
   * @param log takes the lines
   */
  StageProgress(long intervalMillis, Consumer<String> log) {
    this.intervalMillis = intervalMillis;
    this.log = log;
  }

  /**
   * What some work did.
   *
   * @param rows the rows that were read
   * @param kernel what they were read with, if a kernel did
   */
  record Done(long rows, Optional<String> kernel) {}

  /** Does some work with its stages logged, and says what it did in how much time. */
  static <T> T logged(SparkSession session, Supplier<T> work, Function<T, Done> done) {
    StageProgress progress = new StageProgress(INTERVAL_MILLIS, LOG::info);
    session.sparkContext().addSparkListener(progress);
    long start = System.nanoTime();
    try {
      T result = work.get();
      LOG.info(line(done.apply(result), (System.nanoTime() - start) / 1e9));
      return result;
    } finally {
      session.sparkContext().removeSparkListener(progress);
    }
  }

  /** The closing line. */
  static String line(Done done, double seconds) {
    return rate(done.rows(), seconds)
        + done.kernel().map(kernel -> ", kernel " + kernel).orElse("");
  }

  /** A number of rows and of seconds, and the quotient. */
  private static String rate(long rows, double seconds) {
    return String.format(Locale.ROOT, "%,d rows in %.1f s", rows, seconds)
        + (seconds > 0 ? String.format(Locale.ROOT, ", %,.0f rows/s", rows / seconds) : "");
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    StageInfo stage = event.stageInfo();
    Properties properties = event.properties(); // Spark allows null
    Object description = properties == null ? null : properties.get(JobDescription.PROPERTY);
    running.put(stage.stageId(), new Running(stage.numTasks(), submission(stage)));
    log.accept(
        "stage %d started: %s%s"
            .formatted(
                stage.stageId(),
                JobDescription.count(stage.numTasks(), "task"),
                description == null ? "" : " (" + description + ")"));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Running stage = running.get(event.stageId());
    TaskMetrics metrics = event.taskMetrics();
    if (stage == null || metrics == null || !event.taskInfo().successful()) {
      return;
    }
    stage.ended++;
    stage.rows += metrics.inputMetrics().recordsRead();
    long now = event.taskInfo().finishTime();
    if (stage.ended < stage.tasks && now - stage.logged >= intervalMillis) {
      stage.logged = now;
      log.accept(
          "stage %d: %d of %s, %s"
              .formatted(
                  event.stageId(),
                  stage.ended,
                  JobDescription.count(stage.tasks, "task"),
                  rate(stage.rows, (now - stage.start) / 1000.0)));
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    StageInfo stage = event.stageInfo();
    running.remove(stage.stageId());
    long rows = stage.taskMetrics().inputMetrics().recordsRead();
    double seconds =
        stage.completionTime().isEmpty()
            ? 0
            : ((Long) stage.completionTime().get() - submission(stage)) / 1000.0;
    log.accept(
        "stage %d done: %s, %s"
            .formatted(
                stage.stageId(),
                JobDescription.count(stage.numTasks(), "task"),
                rate(rows, seconds)));
  }

  private static long submission(StageInfo stage) {
    return stage.submissionTime().isEmpty()
        ? System.currentTimeMillis()
        : (Long) stage.submissionTime().get();
  }

  /** A stage whose tasks run. */
  private static final class Running {

    private final int tasks;
    private final long start;
    private int ended;
    private long rows;
    private long logged;

    Running(int tasks, long start) {
      this.tasks = tasks;
      this.start = start;
      this.logged = start;
    }
  }
}
