// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/** Merges the states of the partitions of a table. */
final class PartitionStates {

  /** Up to so many the driver merges by itself: an exchange between executors costs more. */
  private static final int FEW = 16;

  private PartitionStates() {}

  /**
   * The state of all rows. Of many partitions executors merge groups, as many as there are in each,
   * and the driver those; whoever merges holds what is merged so far and one state more.
   *
   * @param states one a partition
   */
  static <B> B merged(JavaRDD<byte[]> states, StateMerging<B> merging) {
    int partitions = states.getNumPartitions();
    if (partitions == 0) {
      return merging.createAggregationBuffer();
    }
    if (partitions <= FEW) {
      return DriverMerge.of(states, merging);
    }
    int groups = (int) Math.ceil(Math.sqrt(partitions));
    return DriverMerge.of(
        states
            .mapPartitionsToPair(state -> grouped(state, groups))
            .partitionBy(new HashPartitioner(groups))
            .values()
            .mapPartitions(group -> merged(group, merging)),
        merging);
  }

  private static Iterator<Tuple2<Integer, byte[]>> grouped(Iterator<byte[]> state, int groups) {
    return List.of(new Tuple2<>(TaskContext.getPartitionId() % groups, state.next())).iterator();
  }

  private static <B> Iterator<byte[]> merged(Iterator<byte[]> group, StateMerging<B> merging) {
    B merged = merging.deserialize(group.next());
    while (group.hasNext()) {
      merged = merging.merge(merged, merging.deserialize(group.next()));
    }
    return List.of(merging.serialize(merged)).iterator();
  }
}
