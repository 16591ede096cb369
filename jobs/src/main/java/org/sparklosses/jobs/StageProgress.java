// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a line when a stage starts and one when it ends. */
final class StageProgress extends SparkListener {

  private static final Logger LOG = LoggerFactory.getLogger(StageProgress.class);

  /** Does some work with its stages logged. */
  static <T> T logged(SparkSession session, Supplier<T> work) {
    StageProgress progress = new StageProgress();
    session.sparkContext().addSparkListener(progress);
    try {
      return work.get();
    } finally {
      session.sparkContext().removeSparkListener(progress);
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted event) {
    StageInfo stage = event.stageInfo();
    LOG.info("stage {} started: {} tasks", stage.stageId(), stage.numTasks());
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    StageInfo stage = event.stageInfo();
    long rows = stage.taskMetrics().inputMetrics().recordsRead();
    LOG.info(
        "stage {} done: {} tasks, {} rows read, {} s",
        stage.stageId(),
        stage.numTasks(),
        rows,
        seconds(stage));
  }

  private static String seconds(StageInfo stage) {
    if (stage.submissionTime().isEmpty() || stage.completionTime().isEmpty()) {
      return "?";
    }
    long start = (Long) stage.submissionTime().get();
    long end = (Long) stage.completionTime().get();
    return String.format(Locale.ROOT, "%.1f", (end - start) / 1000.0);
  }
}
