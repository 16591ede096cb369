// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.metric.AdditiveSums;
import org.sparklosses.metric.Component;
import org.sparklosses.metric.ComponentState;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.SharedSums;

/**
 * The additive sums of a state, kept apart for random buckets of rows: what a bootstrap of every
 * metric that they determine needs. A row's bucket is told by {@link PredictionRow#key}.
 *
 * @param sums the sums
 * @param buckets the number of buckets, a power of 2 from 64 on
 */
public record BucketedRows(AdditiveSums sums, int buckets)
    implements Component<BucketedRows.State> {

  @Override
  public String description() {
    return "sums of rows in %d random buckets".formatted(buckets);
  }

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    return Math.min(buckets, rows) * sums.size() * Long.BYTES;
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(this, shared);
  }

  /** The bucket sums. Layout when written: that of {@link BucketSums}. */
  public static final class State implements ComponentState<State> {

    /** Of each row where the sums of its bucket begin. */
    private static final PredictionBlock.Attachment<int[]> BEGINS =
        () -> new int[PredictionBlock.ROWS];

    private final AdditiveSums.Summands summands;
    private BucketSums buckets;

    State(BucketedRows component, SharedSums shared) {
      buckets = new BucketSums(component.buckets, component.sums.size());
      summands = component.sums.summands(shared);
    }

    @Override
    public void add(PredictionRow row) {
      int begin = buckets.begin(buckets.bucketOf(row.key()));
      summands.of(row, buckets.sums(), begin);
    }

    @Override
    public void add(PredictionBlock rows, double[][] summandsOfMeans, int from, int to) {
      int[] begins = rows.attached(BEGINS);
      int first = from;
      for (int r = from; r < to; r++) {
        int bucket = buckets.bucketOf(rows.key(r));
        if (!buckets.hasRoom(bucket)) {
          summands.of(rows, summandsOfMeans, first, r, buckets.sums(), begins);
          buckets.settle(bucket);
          first = r;
        }
        begins[r] = buckets.beginOfColumns(bucket);
      }
      summands.of(rows, summandsOfMeans, first, to, buckets.sums(), begins);
    }

    @Override
    public void merge(State other) {
      buckets.merge(other.buckets);
    }

    /** The sums by bucket. */
    public BucketSums buckets() {
      return buckets;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      buckets.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      buckets = BucketSums.read(buckets.buckets(), buckets.size(), in);
    }
  }
}
