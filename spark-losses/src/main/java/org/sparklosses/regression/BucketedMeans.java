// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Longs;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.inference.BucketSums;
import org.sparklosses.inference.ResamplingCounts;

/**
 * Weighted means of several numbers a row, kept apart for the buckets of a bootstrap: those of
 * {@link BucketSums}, so that evaluations of any kind whose rows have the same keys draw the same
 * rows. Sums are {@link ExactSums} here, whatever the unit of the numbers.
 *
 * <p>Layout when written: one bit a bucket whether it has rows in {@code long[4]}, and the {@link
 * WeightedMeans} of each that has.
 */
public final class BucketedMeans implements Mergeable<BucketedMeans> {

  private static final int BUCKETS = BucketSums.DEFAULT_BUCKETS;

  /** What a bucket takes besides its sums. */
  private static final int BYTES_OF_BUCKET = 100;

  private final int size;

  /** Null of a bucket without rows. */
  private final WeightedMeans[] buckets = new WeightedMeans[BUCKETS];

  /** Of so many numbers, over no rows. */
  public BucketedMeans(int size) {
    this.size = size;
  }

  /** About how many bytes of memory those of so many numbers of so many rows take. */
  public static long bytes(int size, long rows) {
    return Math.min(BUCKETS, rows) * bytesOfMeans(size);
  }

  /** About how many bytes of memory {@link #replicates} take. */
  public static long bytesOfReplicates(int size, int number) {
    return number * bytesOfMeans(size);
  }

  private static long bytesOfMeans(int size) {
    return (size + 1L) * ExactSums.BYTES_OF_SUM + BYTES_OF_BUCKET;
  }

  /**
   * Adds a row.
   *
   * @param key the hash of its key
   * @param weight finite and above 0
   * @param x the numbers
   */
  public void add(long key, double weight, double[] x) {
    bucket(BucketSums.defaultBucketOf(key)).add(weight, x);
  }

  private WeightedMeans bucket(int b) {
    if (buckets[b] == null) {
      buckets[b] = new WeightedMeans(size);
    }
    return buckets[b];
  }

  @Override
  public void merge(BucketedMeans other) {
    for (int b = 0; b < BUCKETS; b++) {
      if (other.buckets[b] != null) {
        bucket(b).merge(other.buckets[b]);
      }
    }
  }

  /** The means of so many replicates, each of which takes a bucket as often as the counts tell. */
  public List<WeightedMeans> replicates(ResamplingCounts counts, int number) {
    List<WeightedMeans> replicates = new ArrayList<>();
    for (int r = 0; r < number; r++) {
      WeightedMeans means = new WeightedMeans(size);
      for (int b = 0; b < BUCKETS; b++) {
        int count = buckets[b] == null ? 0 : counts.count(r, b);
        if (count > 0) {
          means.addTimes(count, buckets[b]);
        }
      }
      replicates.add(means);
    }
    return replicates;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    BitSet used = new BitSet(BUCKETS);
    for (int b = 0; b < BUCKETS; b++) {
      used.set(b, buckets[b] != null);
    }
    long[] words = Arrays.copyOf(used.toLongArray(), BUCKETS / Long.SIZE);
    Longs.write(words, words.length, out);
    for (WeightedMeans means : buckets) {
      if (means != null) {
        means.write(out);
      }
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    BitSet used = BitSet.valueOf(Longs.read(BUCKETS / Long.SIZE, in));
    for (int b = used.nextSetBit(0); b >= 0; b = used.nextSetBit(b + 1)) {
      bucket(b).read(in);
    }
  }
}
