// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Merges the states of partitions on the driver, each as it comes. Spark's scheduler, which hands
 * them over, does not wait: a thread of its own merges.
 *
 * @param <B> the state
 */
final class DriverMerge<B> extends AbstractFunction2<Object, byte[], BoxedUnit> {

  private final StateMerging<B> merging;
  private final ExecutorService thread;

  /** Of those that came so far; null before the first. */
  private CompletableFuture<B> merged = CompletableFuture.completedFuture(null);

  private DriverMerge(StateMerging<B> merging, ExecutorService thread) {
    this.merging = merging;
    this.thread = thread;
  }

  /**
   * The state of all rows.
   *
   * @param states one a partition, of which there is at least one
   */
  static <B> B of(JavaRDD<byte[]> states, StateMerging<B> merging) {
    ExecutorService thread = Executors.newSingleThreadExecutor(DriverMerge::thread);
    try {
      DriverMerge<B> merge = new DriverMerge<>(merging, thread);
      states
          .rdd()
          .sparkContext()
          .runJob(states.rdd(), new OnlyElement(), merge, ClassTag.apply(byte[].class));
      return merge.merged.join();
    } finally {
      thread.shutdownNow();
    }
  }

  private static Thread thread(Runnable merge) {
    Thread thread = new Thread(merge, "spark-losses-driver-merge");
    thread.setDaemon(true);
    return thread;
  }

  /** Takes the state of a partition; the scheduler calls it once at a time. */
  @Override
  public BoxedUnit apply(Object partition, byte[] state) {
    if (merged.isCompletedExceptionally()) {
      // The job ends with what went wrong; the other partitions are not waited for.
      merged.join();
    }
    merged = merged.thenApplyAsync(all -> add(all, merging.deserialize(state)), thread);
    return BoxedUnit.UNIT;
  }

  private B add(B all, B other) {
    return all == null ? other : merging.merge(all, other);
  }

  private static final class OnlyElement extends AbstractFunction1<Iterator<byte[]>, byte[]>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[] apply(Iterator<byte[]> states) {
      return states.next();
    }
  }
}
