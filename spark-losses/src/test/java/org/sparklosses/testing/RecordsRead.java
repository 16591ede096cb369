// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.SparkSession;

/** Counts the records that Spark reads from files, by the metrics of its own tasks. */
public final class RecordsRead extends SparkListener {

  private final AtomicLong records = new AtomicLong();

  private RecordsRead() {}

  @Override
  public void onStageCompleted(SparkListenerStageCompleted event) {
    records.addAndGet(event.stageInfo().taskMetrics().inputMetrics().recordsRead());
  }

  /** How many are read while something runs. */
  public static long during(SparkSession spark, Runnable run) throws TimeoutException {
    spark.sparkContext().listenerBus().waitUntilEmpty();
    RecordsRead read = new RecordsRead();
    spark.sparkContext().addSparkListener(read);
    try {
      run.run();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(read);
    }
    return read.records.get();
  }
}
