// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.sparklosses.jobs.ExecutorKiller;

/**
 * Keeps the first attempt at the last task of the pass over the table from ending until Spark kills
 * it, as another attempt has ended.
 */
public final class Straggler implements SparkPlugin {

  /** The last, for a query that needs one row alone runs the first. */
  static final int TASK = ExecutorKiller.TASKS - 1;

  private static final long UNTIL_KILLED = 1_800_000;

  @Override
  public DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Slow();
  }

  private static final class Slow implements ExecutorPlugin {

    @Override
    public void init(PluginContext context, Map<String, String> settings) {}

    @Override
    public void onTaskStart() {
      TaskContext task = TaskContext.get();
      if (task.numPartitions() == ExecutorKiller.TASKS
          && task.partitionId() == TASK
          && task.attemptNumber() == 0) {
        try {
          Thread.sleep(UNTIL_KILLED);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
