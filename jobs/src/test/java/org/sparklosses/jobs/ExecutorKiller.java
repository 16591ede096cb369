// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Kills the process of one executor while it runs a task of the pass over the table: of the
 * executor that is first to start a third one, so that it has done two by then.
 */
public final class ExecutorKiller implements SparkPlugin {

  /** The tasks of the pass over the table, and of no other stage before it. */
  public static final int TASKS = 20;

  /** The tasks of the pass that the executor has done when it is killed. */
  public static final int TASKS_DONE = 2;

  private static final long UNTIL_KILLED = 600_000;

  @Override
  public DriverPlugin driverPlugin() {
    return new Killer();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new Victim();
  }

  private static final class Killer implements DriverPlugin {

    private boolean hasKilled;

    @Override
    public Map<String, String> init(SparkContext spark, PluginContext context) {
      return Map.of();
    }

    /** Whether the process of that id is killed. */
    @Override
    public synchronized Object receive(Object process) {
      if (hasKilled) {
        return false;
      }
      hasKilled = true;
      return ProcessHandle.of((Long) process).orElseThrow().destroyForcibly();
    }
  }

  private static final class Victim implements ExecutorPlugin {

    private PluginContext driver;
    private int started;

    @Override
    public void init(PluginContext context, Map<String, String> settings) {
      driver = context;
    }

    @Override
    public synchronized void onTaskStart() {
      if (TaskContext.get().numPartitions() != TASKS) {
        return;
      }
      started++;
      if (started == TASKS_DONE + 1) {
        try {
          if ((Boolean) driver.ask(ProcessHandle.current().pid())) {
            Thread.sleep(UNTIL_KILLED);
          }
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
