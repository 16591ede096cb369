// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.sparklosses.exact.Longs;
import org.sparklosses.exact.SumSink;

/**
 * Sums as whole numbers of more than 64 bits, in units of 2^-52: {@code high * 2^62 + low}. A sum
 * is settled when its lower part is in [-2^61, 2^61), as there is one way only to write it so.
 *
 * <p>Columns of summands are added without a look at the sums: from a settled sum on, {@link
 * #MOST_UNSETTLED} of them fit the lower part.
 *
 * <p>Layout when written: {@code boolean} whether all upper parts are 0, and then {@code long low}
 * of each settled sum, else {@code (long high, long low)}; a sum that is not finite has the
 * smallest long as its upper part and what was added to it as its lower.
 */
final class WideSums implements SumSink {

  /** So many summands of columns can be added to settled sums before these are settled again. */
  static final int MOST_UNSETTLED = 64;

  private static final int UNIT_BITS = 52;
  private static final double UNITS = 0x1p52;
  private static final double UNIT = 0x1p-52;
  private static final long ONE = 1L << UNIT_BITS;

  private static final int LOW_BITS = 62;
  private static final long LOW_MASK = (1L << LOW_BITS) - 1;
  private static final long HALF = 1L << (LOW_BITS - 1);
  private static final double HIGH_UNIT = 0x1p10;

  /** Below it a summand is less than 2^56 units. */
  private static final double SMALL = 0x1p4;

  /** From it on a summand counts as infinite. */
  private static final double LARGEST = 0x1p40;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;

  /** The upper part of a sum that is not finite, as it is written. */
  private static final long NOT_FINITE = Long.MIN_VALUE;

  private static final int NAN = 1;
  private static final int POSITIVE = 2;
  private static final int NEGATIVE = 4;

  private long[] low;

  /** Null as long as all are 0. */
  private long[] high;

  /** What was added that is not finite; null as long as nothing was. */
  private byte[] notFinite;

  /** Sums that are all 0. */
  WideSums(int size) {
    low = new long[size];
  }

  int size() {
    return low.length;
  }

  /** Makes them more; new ones are 0. */
  void resize(int size) {
    low = Arrays.copyOf(low, size);
    high = high == null ? null : Arrays.copyOf(high, size);
    notFinite = notFinite == null ? null : Arrays.copyOf(notFinite, size);
  }

  @Override
  public void add(int at, double x) {
    if (Math.abs(x) < SMALL) {
      low[at] += (long) (x * UNITS);
      settle(at);
    } else {
      addLarge(at, x);
    }
  }

  @Override
  public void addOne(int at) {
    low[at] += ONE;
    settle(at);
  }

  @Override
  public void add(int[] first, int i, double[] x, int from, int to) {
    long[] sums = low;
    for (int r = from; r < to; r++) {
      double summand = x[r];
      if (Math.abs(summand) < SMALL) {
        sums[first[r] + i] += (long) (summand * UNITS);
      } else {
        addLarge(first[r] + i, summand);
      }
    }
  }

  @Override
  public void addOnes(int[] first, int i, int from, int to) {
    long[] sums = low;
    for (int r = from; r < to; r++) {
      sums[first[r] + i] += ONE;
    }
  }

  /** Settles {@code count} sums from {@code from} on. */
  void settle(int from, int count) {
    for (int at = from; at < from + count; at++) {
      settle(at);
    }
  }

  private void settle(int at) {
    long carry = (low[at] + HALF) >> LOW_BITS;
    if (carry != 0) {
      low[at] -= carry << LOW_BITS;
      addHigh(at, carry);
    }
  }

  private void addHigh(int at, long carry) {
    if (high == null) {
      high = new long[low.length];
    }
    high[at] += carry;
  }

  private void addLarge(int at, double x) {
    if (!(Math.abs(x) < LARGEST)) {
      addNotFinite(at, Double.isNaN(x) ? NAN : x > 0 ? POSITIVE : NEGATIVE);
      return;
    }
    long bits = Double.doubleToRawLongBits(x);
    long magnitude = (bits & FRACTION) | 1L << FRACTION_BITS;
    int left = Math.getExponent(x) - FRACTION_BITS + UNIT_BITS;
    long m = bits < 0 ? -magnitude : magnitude;
    addUnits(at, m >> (LOW_BITS - left), (m << left) & LOW_MASK);
  }

  /** Adds {@code upper * 2^62 + lower}, the lower part in [-2^62, 2^62). */
  private void addUnits(int at, long upper, long lower) {
    settle(at);
    low[at] += lower;
    settle(at);
    if (upper != 0) {
      addHigh(at, upper);
    }
  }

  private void addNotFinite(int at, int what) {
    if (notFinite == null) {
      notFinite = new byte[low.length];
    }
    notFinite[at] |= (byte) what;
  }

  /**
   * Adds {@code count} settled sums of another, from {@code from} on, to those from {@code at} on.
   */
  void merge(int at, WideSums other, int from, int count) {
    for (int i = 0; i < count; i++) {
      addUnits(at + i, other.high == null ? 0 : other.high[from + i], other.low[from + i]);
      if (other.notFinite != null && other.notFinite[from + i] != 0) {
        addNotFinite(at + i, other.notFinite[from + i]);
      }
    }
  }

  /** A settled sum; the nearest double to within one unit in the last place. */
  double value(int at) {
    if (notFinite != null && notFinite[at] != 0) {
      return switch (notFinite[at]) {
        case POSITIVE -> Double.POSITIVE_INFINITY;
        case NEGATIVE -> Double.NEGATIVE_INFINITY;
        default -> Double.NaN;
      };
    }
    return (high == null ? 0 : high[at] * HIGH_UNIT) + low[at] * UNIT;
  }

  /** Writes {@code count} settled sums from {@code from} on. */
  void write(int from, int count, DataOutput out) throws IOException {
    boolean isLow = isLow(from, count);
    out.writeBoolean(isLow);
    if (isLow) {
      Longs.write(Arrays.copyOfRange(low, from, from + count), count, out);
      return;
    }
    long[] words = new long[2 * count];
    for (int i = 0; i < count; i++) {
      int at = from + i;
      boolean isFinite = notFinite == null || notFinite[at] == 0;
      words[2 * i] = isFinite ? high == null ? 0 : high[at] : NOT_FINITE;
      words[2 * i + 1] = isFinite ? low[at] : notFinite[at];
    }
    Longs.write(words, words.length, out);
  }

  /** Whether the lower parts are all there is. */
  private boolean isLow(int from, int count) {
    for (int at = from; at < from + count; at++) {
      if ((high != null && high[at] != 0) || (notFinite != null && notFinite[at] != 0)) {
        return false;
      }
    }
    return true;
  }

  /** Reads what {@link #write} wrote into sums that are 0. */
  void read(int from, int count, DataInput in) throws IOException {
    if (in.readBoolean()) {
      System.arraycopy(Longs.read(count, in), 0, low, from, count);
      return;
    }
    long[] words = Longs.read(2L * count, in);
    for (int i = 0; i < count; i++) {
      int at = from + i;
      if (words[2 * i] == NOT_FINITE) {
        addNotFinite(at, (int) words[2 * i + 1]);
        continue;
      }
      low[at] = words[2 * i + 1];
      if (words[2 * i] != 0) {
        addHigh(at, words[2 * i]);
      }
    }
  }
}
