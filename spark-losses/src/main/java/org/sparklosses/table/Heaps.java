// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * The memory of driver and executors.
 *
 * @param driver the largest heap of the driver, in bytes
 * @param executor that of an executor; in local mode the driver is the only one
 * @param tasksOfExecutor how many tasks an executor runs at once
 * @param isLocal whether tasks run in the driver
 */
public record Heaps(long driver, long executor, int tasksOfExecutor, boolean isLocal) {

  /** The states of a task while they become bytes, and these as they are sent. */
  private static final int COPIES_OF_TASK = 3;

  /** What is merged, and what comes in or goes out. */
  private static final int COPIES_OF_DRIVER = 2;

  /** The share of a heap that states may fill. */
  private static final double SHARE = 0.8;

  /** Those of an application. */
  public static Heaps of(SparkContext context) {
    SparkConf conf = context.conf();
    long driver = Runtime.getRuntime().maxMemory();
    return context.isLocal()
        ? new Heaps(driver, driver, Math.max(1, context.defaultParallelism()), true)
        : new Heaps(
            driver,
            conf.getSizeAsBytes("spark.executor.memory", "1g"),
            Math.max(1, conf.getInt("spark.executor.cores", 1)),
            false);
  }

  /**
   * Whether states fit.
   *
   * @param ofDriver the bytes of all states
   * @param ofTask the bytes of those of a task
   */
  public boolean hold(long ofDriver, long ofTask) {
    double driverNeeds = (double) COPIES_OF_DRIVER * ofDriver;
    double executorNeeds = (double) COPIES_OF_TASK * ofTask * tasksOfExecutor;
    return isLocal
        ? driverNeeds + executorNeeds <= SHARE * driver
        : driverNeeds <= SHARE * driver && executorNeeds <= SHARE * executor;
  }

  /** For a message. */
  public String describe() {
    return isLocal
        ? "the heap of %s with its %d tasks".formatted(megabytes(driver), tasksOfExecutor)
        : "the driver's heap of %s or the executors' of %s with %d tasks each"
            .formatted(megabytes(driver), megabytes(executor), tasksOfExecutor);
  }

  /** A number of bytes as text. */
  static String megabytes(long bytes) {
    return bytes < 1 << 20
        ? (bytes + 1023) / 1024 + " kB"
        : String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20));
  }
}
