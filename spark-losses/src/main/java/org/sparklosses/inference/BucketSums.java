// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.sparklosses.exact.Lengths;

/**
 * Sums of a vector over rows, kept apart for each of a fixed number of random buckets of rows. A
 * bootstrap resamples buckets instead of rows: one pass sees a row once, whatever the number of
 * replicates. A row's bucket is told by the hash of its key, so that rows of the same key (all rows
 * of a customer, say) stay together and models that are compared share their buckets.
 *
 * <p>With fewer rows than buckets this is close to the bootstrap of rows. Else the variance that
 * buckets show is right on average and spreads by the relative standard deviation {@code sqrt(2 /
 * buckets)}: with 256 buckets a standard error is off by 4.4 %, no more than what 200 replicates
 * leave open (5 %). Few enough buckets also stay in the cache.
 *
 * <p>A sum is a whole number of units of 2^-52. A summand is cut to that, toward 0; adding is
 * exact, so that the sums do not depend on order or partitioning. Summands may reach 2^40 in
 * magnitude: larger ones count as infinite, and no sum overflows with fewer than 2^31 rows a
 * bucket. NaN and infinities decide a sum as they would in IEEE addition. A sum has an upper part
 * of its own, which lies apart: few rows touch it, so that half of the memory need not stay in the
 * cache.
 *
 * <p>Layout when written: {@code int buckets, int size}, one bit a bucket whether it has rows in
 * {@code long[buckets / 64]}, and for each bucket that has the {@link WideSums}: {@code 8 size + 1}
 * bytes while no sum exceeds 512, at most {@code 16 size + 1}.
 */
public final class BucketSums {

  /** The number of buckets unless another is asked for. */
  public static final int DEFAULT_BUCKETS = 256;

  private static final int NONE = -1;

  private final int size;
  private final int shift;

  /** Where the sums of each bucket begin, or NONE of a bucket without rows. */
  private final int[] begins;

  /** The sums of the buckets that have rows, in the order of their first rows. */
  private final WideSums sums;

  private int used;

  /** How many rows each bucket has whose summands are not settled. */
  private final int[] unsettled;

  /**
   * @param buckets their number, a power of 2 from 64 on
   * @param size the length of the vector
   */
  public BucketSums(int buckets, int size) {
    if (buckets < Long.SIZE || Integer.bitCount(buckets) != 1) {
      throw new IllegalArgumentException(
          "buckets = " + buckets + " is not allowed; give a power of 2 from 64 on, as 256");
    }
    this.size = size;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(buckets);
    begins = new int[buckets];
    Arrays.fill(begins, NONE);
    sums = new WideSums(size);
    unsettled = new int[buckets];
  }

  /** The number of buckets. */
  public int buckets() {
    return begins.length;
  }

  /** The length of the vector. */
  public int size() {
    return size;
  }

  /** The bucket of a row by the hash of its key: the hash's leading bits. */
  public int bucketOf(long hash) {
    return (int) (hash >>> shift);
  }

  /** As above, of {@link #DEFAULT_BUCKETS}. */
  public static int defaultBucketOf(long hash) {
    return (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(DEFAULT_BUCKETS)));
  }

  /** Whether nothing was added to the bucket. */
  public boolean isEmpty(int bucket) {
    return begins[bucket] == NONE;
  }

  /** Adds x to sum {@code i} of a bucket. */
  public void add(int bucket, int i, double x) {
    int begin = begin(bucket);
    sums.add(begin + i, x);
  }

  /** Where the sums of a bucket begin in {@link #sums}, to add to them one by one. */
  int begin(int bucket) {
    return begins[bucket] == NONE ? start(bucket) : begins[bucket];
  }

  /** Whether another row of a bucket can be among rows whose summands are added as columns. */
  boolean hasRoom(int bucket) {
    return unsettled[bucket] < WideSums.MOST_UNSETTLED;
  }

  /**
   * As {@link #begin}, to add as part of columns; a row adds to a sum of its bucket once at most.
   */
  int beginOfColumns(int bucket) {
    unsettled[bucket]++;
    return begin(bucket);
  }

  /** Makes room in a bucket once all columns are added. */
  void settle(int bucket) {
    if (unsettled[bucket] > 0) {
      unsettled[bucket] = 0;
      sums.settle(begins[bucket], size);
    }
  }

  private void settle() {
    for (int bucket = 0; bucket < begins.length; bucket++) {
      settle(bucket);
    }
  }

  private int start(int bucket) {
    int begin = used * size;
    used++;
    if (used * size > sums.size()) {
      sums.resize(Math.min(2 * used, begins.length) * size);
    }
    begins[bucket] = begin;
    return begin;
  }

  /** The sums of all buckets. */
  WideSums sums() {
    return sums;
  }

  /** Adds every sum of {@code other}, which has the same shape. */
  public void merge(BucketSums other) {
    if (other.size != size || other.begins.length != begins.length) {
      throw new IllegalArgumentException(
          "sums of "
              + other.begins.length
              + " buckets x "
              + other.size
              + " cannot be added to "
              + begins.length
              + " x "
              + size);
    }
    other.settle();
    for (int bucket = 0; bucket < begins.length; bucket++) {
      if (!other.isEmpty(bucket)) {
        int begin = begin(bucket);
        sums.merge(begin, other.sums, other.begins[bucket], size);
      }
    }
  }

  /** Sum {@code i} of a bucket; the nearest double to within one unit in the last place. */
  public double value(int bucket, int i) {
    settle(bucket);
    return isEmpty(bucket) ? 0 : sums.value(begins[bucket] + i);
  }

  /** The sums of all buckets together. */
  public double[] total() {
    settle();
    WideSums total = new WideSums(size);
    for (int begin : begins) {
      if (begin != NONE) {
        total.merge(0, sums, begin, size);
      }
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = total.value(i);
    }
    return values;
  }

  /** Writes the sums; {@link #read} reads them. */
  public void write(DataOutput out) throws IOException {
    settle();
    out.writeInt(begins.length);
    out.writeInt(size);
    for (int first = 0; first < begins.length; first += Long.SIZE) {
      long occupied = 0;
      for (int b = 0; b < Long.SIZE; b++) {
        occupied |= isEmpty(first + b) ? 0 : 1L << b;
      }
      out.writeLong(occupied);
    }
    for (int begin : begins) {
      if (begin != NONE) {
        sums.write(begin, size, out);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param buckets their number
   * @param size the length of the vector
   * @throws IOException if they are others
   */
  public static BucketSums read(int buckets, int size, DataInput in) throws IOException {
    Lengths.readExpected("buckets", buckets, in);
    Lengths.readExpected("sums of a bucket", size, in);
    BucketSums read = new BucketSums(buckets, size);
    boolean[] isOccupied = new boolean[read.begins.length];
    int used = 0;
    for (int first = 0; first < read.begins.length; first += Long.SIZE) {
      long occupied = in.readLong();
      used += Long.bitCount(occupied);
      for (int b = 0; b < Long.SIZE; b++) {
        isOccupied[first + b] = (occupied >>> b & 1) == 1;
      }
    }
    read.sums.resize(used * size);
    for (int bucket = 0; bucket < isOccupied.length; bucket++) {
      if (isOccupied[bucket]) {
        read.sums.read(read.start(bucket), size, in);
      }
    }
    return read;
  }
}
