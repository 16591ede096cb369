package org.sparklosses.inference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.metric.Longs;

/**
 * Sums of a vector over rows, kept apart for each of a fixed number of random blocks of rows. A
 * bootstrap resamples blocks instead of rows: one pass sees a row once, whatever the number of
 * replicates. A row's block is told by the hash of its key, so that rows of the same key (all rows
 * of a customer, say) stay together and models that are compared share their blocks.
 *
 * <p>With fewer rows than blocks this is close to the bootstrap of rows. Else the variance that
 * blocks show is right on average and spreads by the relative standard deviation {@code sqrt(2 /
 * blocks)}: with 256 blocks a standard error is off by 4.4 %, no more than what 200 replicates
 * leave open (5 %). Few enough blocks also stay in the cache.
 *
 * <p>A sum is a 128-bit integer times 2^-64. A summand is rounded to that once, if it is below
 * 2^-12 at all; adding is exact, so that the sums do not depend on order or partitioning. Summands
 * may reach 2^40 in magnitude: larger ones count as infinite, and no sum overflows with fewer than
 * 2^23 rows a block. NaN and infinities decide a sum as they would in IEEE addition.
 *
 * <p>Layout when written: {@code int blocks, int size}, one bit a block whether it has rows in
 * {@code long[blocks / 64]}, and for each block that has {@code (long high, long low)[size]}: at
 * most {@code 16 blocks size + blocks / 8 + 8} bytes.
 */
public final class BlockSums {

  /** The number of blocks unless another is asked for. */
  public static final int DEFAULT_BLOCKS = 256;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;

  /** The exponent field of a number whose last bit is 2^-64. */
  private static final int UNIT_EXPONENT = 1023 + FRACTION_BITS - 64;

  /** The exponent field of 2^40. */
  private static final int LARGEST_EXPONENT = 1023 + 40;

  /** The high half of a sum that is not finite; the low half then tells what was added. */
  private static final long NOT_FINITE = Long.MIN_VALUE;

  private static final long NAN = 1;
  private static final long POSITIVE = 2;
  private static final long NEGATIVE = 4;

  private final int size;
  private final int shift;

  /** High and low halves by turns; null for a block without rows. */
  private final long[][] blocks;

  /**
   * @param blocks their number, a power of 2 from 64 on
   * @param size the length of the vector
   */
  public BlockSums(int blocks, int size) {
    if (blocks < Long.SIZE || Integer.bitCount(blocks) != 1) {
      throw new IllegalArgumentException(
          "blocks = " + blocks + " is not allowed; give a power of 2 from 64 on, as 256");
    }
    this.size = size;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(blocks);
    this.blocks = new long[blocks][];
  }

  /** The number of blocks. */
  public int blocks() {
    return blocks.length;
  }

  /** The length of the vector. */
  public int size() {
    return size;
  }

  /** The block of a row by the hash of its key: the hash's leading bits. */
  public int blockOf(long hash) {
    return (int) (hash >>> shift);
  }

  /** Whether nothing was added to the block. */
  public boolean isEmpty(int block) {
    return blocks[block] == null;
  }

  /** Adds {@code x} to sum {@code i} of a block. */
  public void add(int block, int i, double x) {
    long[] sums = allocated(block);
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> FRACTION_BITS) & 0x7FF;
    if (exponent >= LARGEST_EXPONENT) {
      addNotFinite(sums, 2 * i, x);
      return;
    }
    int left = exponent - UNIT_EXPONENT;
    // Below 2^-65 all rounds to nothing; so do subnormals, which lack the leading 1.
    if (left < -FRACTION_BITS - 1) {
      return;
    }
    long magnitude = (bits & FRACTION) | 1L << FRACTION_BITS;
    long m = bits < 0 ? -magnitude : magnitude;
    if (left > 0) {
      addWide(sums, 2 * i, m >> (Long.SIZE - left), m << left);
    } else {
      long rounded = left == 0 ? m : (m + (1L << (-left - 1))) >> -left;
      addWide(sums, 2 * i, rounded >> (Long.SIZE - 1), rounded);
    }
  }

  /** Adds 1 to sum {@code i} of a block. */
  public void addOne(int block, int i) {
    long[] sums = allocated(block);
    if (sums[2 * i] != NOT_FINITE) {
      sums[2 * i]++;
    }
  }

  /** Adds every sum of {@code other}, which has the same shape. */
  public void merge(BlockSums other) {
    if (other.size != size || other.blocks.length != blocks.length) {
      throw new IllegalArgumentException(
          "sums of "
              + other.blocks.length
              + " blocks x "
              + other.size
              + " cannot be added to "
              + blocks.length
              + " x "
              + size);
    }
    for (int block = 0; block < blocks.length; block++) {
      long[] from = other.blocks[block];
      if (from != null) {
        long[] to = allocated(block);
        for (int at = 0; at < from.length; at += 2) {
          addWide(to, at, from[at], from[at + 1]);
        }
      }
    }
  }

  /** Sum {@code i} of a block; the nearest double to within one unit in the last place. */
  public double value(int block, int i) {
    return blocks[block] == null ? 0 : value(blocks[block], 2 * i);
  }

  /** The sums of all blocks together. */
  public double[] total() {
    long[] total = new long[2 * size];
    for (long[] sums : blocks) {
      for (int at = 0; sums != null && at < sums.length; at += 2) {
        addWide(total, at, sums[at], sums[at + 1]);
      }
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = value(total, 2 * i);
    }
    return values;
  }

  /** Writes the sums; {@link #read} reads them. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(blocks.length);
    out.writeInt(size);
    for (int first = 0; first < blocks.length; first += Long.SIZE) {
      long used = 0;
      for (int b = 0; b < Long.SIZE; b++) {
        used |= blocks[first + b] == null ? 0 : 1L << b;
      }
      out.writeLong(used);
    }
    for (long[] sums : blocks) {
      if (sums != null) {
        Longs.write(sums, sums.length, out);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static BlockSums read(DataInput in) throws IOException {
    BlockSums read = new BlockSums(in.readInt(), in.readInt());
    boolean[] isUsed = new boolean[read.blocks.length];
    for (int first = 0; first < read.blocks.length; first += Long.SIZE) {
      long used = in.readLong();
      for (int b = 0; b < Long.SIZE; b++) {
        isUsed[first + b] = (used >>> b & 1) == 1;
      }
    }
    for (int block = 0; block < isUsed.length; block++) {
      read.blocks[block] = isUsed[block] ? Longs.read(2 * read.size, in) : null;
    }
    return read;
  }

  private long[] allocated(int block) {
    if (blocks[block] == null) {
      blocks[block] = new long[2 * size];
    }
    return blocks[block];
  }

  private static void addNotFinite(long[] sums, int at, double x) {
    long what = Double.isNaN(x) ? NAN : x > 0 ? POSITIVE : NEGATIVE;
    sums[at + 1] = what | (sums[at] == NOT_FINITE ? sums[at + 1] : 0);
    sums[at] = NOT_FINITE;
  }

  private static void addWide(long[] sums, int at, long high, long low) {
    if (sums[at] == NOT_FINITE || high == NOT_FINITE) {
      long before = sums[at] == NOT_FINITE ? sums[at + 1] : 0;
      sums[at + 1] = before | (high == NOT_FINITE ? low : 0);
      sums[at] = NOT_FINITE;
      return;
    }
    long sum = sums[at + 1] + low;
    sums[at] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    sums[at + 1] = sum;
  }

  private static double value(long[] sums, int at) {
    long high = sums[at];
    long low = sums[at + 1];
    if (high == NOT_FINITE) {
      return low == POSITIVE
          ? Double.POSITIVE_INFINITY
          : low == NEGATIVE ? Double.NEGATIVE_INFINITY : Double.NaN;
    }
    return high < 0 ? -magnitude(low == 0 ? -high : ~high, -low) : magnitude(high, low);
  }

  private static double magnitude(long high, long low) {
    double unsigned = (low >>> 1) * 2.0 + (low & 1);
    return high + unsigned * 0x1p-64;
  }
}
