package org.sparklosses.inference;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.metric.AdditiveSums;
import org.sparklosses.metric.Longs;

/**
 * Sums as whole numbers of 128 bits, in units of 2^-56. The lower half is signed: the upper half
 * changes only when the lower one overflows, once in many rows.
 *
 * <p>Layout when written: {@code (long high, long low)} of each sum; a sum that is not finite has
 * the smallest long as its upper half and what was added to it as its lower.
 */
public final class WideSums implements AdditiveSums.Sink {

  private static final int UNIT_BITS = 56;
  private static final double UNITS = 0x1p56;
  private static final double UNIT = 0x1p-56;
  private static final double HIGH_UNIT = 0x1p8;
  private static final long ONE = 1L << UNIT_BITS;

  /** Below it a summand fits the lower half. */
  private static final double SMALL = 0x1p6;

  /** From it on a summand counts as infinite. */
  private static final double LARGEST = 0x1p40;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;

  /** The upper half of a sum that is not finite, as it is written. */
  private static final long NOT_FINITE = Long.MIN_VALUE;

  private static final int NAN = 1;
  private static final int POSITIVE = 2;
  private static final int NEGATIVE = 4;

  private final long[] low;

  /** Null as long as all are 0. */
  private long[] high;

  /** What was added that is not finite; null as long as nothing was. */
  private byte[] notFinite;

  /** Sums that are all 0. */
  WideSums(int size) {
    low = new long[size];
  }

  @Override
  public void add(int i, double x) {
    if (Math.abs(x) < SMALL) {
      addLow(i, (long) (x * UNITS));
    } else {
      addLarge(i, x);
    }
  }

  @Override
  public void addOne(int i) {
    addLow(i, ONE);
  }

  private void addLow(int i, long units) {
    long before = low[i];
    long sum = before + units;
    low[i] = sum;
    if (((before ^ sum) & (units ^ sum)) < 0) {
      addHigh(i, units < 0 ? -1 : 1);
    }
  }

  private void addHigh(int i, long carry) {
    if (high == null) {
      high = new long[low.length];
    }
    high[i] += carry;
  }

  private void addLarge(int i, double x) {
    if (!(Math.abs(x) < LARGEST)) {
      addNotFinite(i, Double.isNaN(x) ? NAN : x > 0 ? POSITIVE : NEGATIVE);
      return;
    }
    long bits = Double.doubleToRawLongBits(x);
    long magnitude = (bits & FRACTION) | 1L << FRACTION_BITS;
    int left = Math.getExponent(x) - FRACTION_BITS + UNIT_BITS;
    long m = bits < 0 ? -magnitude : magnitude;
    addWide(i, m >> (Long.SIZE - left), m << left);
  }

  /** Adds {@code upper 2^64 + lower}, the lower half without a sign. */
  private void addWide(int i, long upper, long lower) {
    // As a signed number the lower half is less by 2^64 where its first bit is set.
    addHigh(i, upper + (lower >>> (Long.SIZE - 1)));
    addLow(i, lower);
  }

  private void addNotFinite(int i, int what) {
    if (notFinite == null) {
      notFinite = new byte[low.length];
    }
    notFinite[i] |= (byte) what;
  }

  /** Adds the sums of another of the same size. */
  void merge(WideSums other) {
    for (int i = 0; i < low.length; i++) {
      addLow(i, other.low[i]);
      if (other.high != null && other.high[i] != 0) {
        addHigh(i, other.high[i]);
      }
      if (other.notFinite != null && other.notFinite[i] != 0) {
        addNotFinite(i, other.notFinite[i]);
      }
    }
  }

  /** Sum {@code i}; the nearest double to within one unit in the last place. */
  double value(int i) {
    if (notFinite != null && notFinite[i] != 0) {
      return switch (notFinite[i]) {
        case POSITIVE -> Double.POSITIVE_INFINITY;
        case NEGATIVE -> Double.NEGATIVE_INFINITY;
        default -> Double.NaN;
      };
    }
    return (high == null ? 0 : high[i] * HIGH_UNIT) + low[i] * UNIT;
  }

  void write(DataOutput out) throws IOException {
    long[] words = new long[2 * low.length];
    for (int i = 0; i < low.length; i++) {
      boolean isFinite = notFinite == null || notFinite[i] == 0;
      words[2 * i] = isFinite ? high == null ? 0 : high[i] : NOT_FINITE;
      words[2 * i + 1] = isFinite ? low[i] : notFinite[i];
    }
    Longs.write(words, words.length, out);
  }

  static WideSums read(int size, DataInput in) throws IOException {
    WideSums sums = new WideSums(size);
    long[] words = Longs.read(2 * size, in);
    for (int i = 0; i < size; i++) {
      if (words[2 * i] == NOT_FINITE) {
        sums.addNotFinite(i, (int) words[2 * i + 1]);
        continue;
      }
      sums.low[i] = words[2 * i + 1];
      if (words[2 * i] != 0) {
        sums.addHigh(i, words[2 * i]);
      }
    }
    return sums;
  }
}
