// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.sparklosses.kernel.ColumnKernel;
import org.sparklosses.kernel.PartialSums;

/**
 * Sums of doubles without rounding: every addition and every merge is exact, so that the result
 * does not depend on order, partitioning or the shape of the merge tree. Only {@link #value}
 * rounds, once and correctly (to nearest, ties to even).
 *
 * <p>A sum is an integer multiple of 2^-1074, held in signed digits of base 2^32 (a small
 * superaccumulator, Neal 2015, arXiv:1505.05571). A digit is a long, so that carries are settled
 * once in 2^30 additions only. All sums of one vector share the window of digits that is in use; it
 * grows to the range of the summands, at most 68 digits. NaN and infinities are counted apart and
 * decide the result as they would in IEEE addition.
 *
 * <p>Layout when written: {@code int n, int low, int width, long digits[n * width], boolean
 * specials, long specials[3 * n]} if there are any.
 */
public final class ExactSums {

  /** About how many bytes of memory a sum takes, of summands that are not far apart. */
  public static final int BYTES_OF_SUM = 64;

  private static final int DIGIT_BITS = 32;
  private static final long DIGIT_MASK = 0xFFFFFFFFL;

  /** The exponent of the lowest bit of digit 0: that of the smallest subnormal. */
  private static final int LOWEST_EXPONENT = -1074;

  /** A digit grows by less than 2^32 an addition and must stay below 2^63. */
  private static final int ADDITIONS_PER_CARRY = 1 << 30;

  private static final int SPECIALS = 3;

  /** Any window lies within so many digits. */
  private static final int MOST_DIGITS = 72;

  /** A highest digit that is read leaves room for additions. */
  private static final long MOST_HIGHEST = 1L << 60;

  /** The digit of the last bit of every double in [2^-30, 2). */
  private static final int SHARE_DIGIT = 31;

  private int size;
  private int low;
  private int width;
  private long[] digits = new long[0];
  private long[] specials = new long[0];
  private int additions;

  /** Sums that are all 0. */
  public ExactSums(int size) {
    this.size = size;
  }

  /** The number of sums. */
  public int size() {
    return size;
  }

  /** Appends sums of 0, or drops the last ones. */
  public void resize(int newSize) {
    digits = Arrays.copyOf(digits, newSize * width);
    if (specials.length > 0) {
      specials = Arrays.copyOf(specials, newSize * SPECIALS);
    }
    size = newSize;
  }

  /** Adds {@code x} to sum {@code i}. */
  public void add(int i, double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    if (exponent == 0x7FF) {
      addSpecial(i, x);
      return;
    }
    long fraction = bits & 0xFFFFFFFFFFFFFL;
    long magnitude = exponent == 0 ? fraction : fraction | 1L << 52;
    addShifted(i, bits < 0 ? -magnitude : magnitude, exponent == 0 ? 0 : exponent - 1);
  }

  /** Adds {@code x[from .. to)} to sum {@code i}: first among themselves, if that is exact. */
  public void addAll(int i, double[] x, int from, int to, ColumnKernel columns, PartialSums parts) {
    if (!columns.sum(x, from, to, parts)) {
      for (int k = from; k < to; k++) {
        add(i, x[k]);
      }
    } else if (parts.largest() > 0) {
      widen(digit(parts.smallest()), digit(parts.largest()) + 4);
      for (int part = 0; part < PartialSums.PARTS; part++) {
        addWithin(i, parts.part(part));
      }
    }
  }

  /** The digit of the last bit of a positive double that is not subnormal. */
  private static int digit(double x) {
    return (Math.getExponent(x) + Double.MAX_EXPONENT - 1) / DIGIT_BITS;
  }

  /** Adds a number all bits of which lie within the window, though its last place may not. */
  private void addWithin(int i, double x) {
    if (x == 0) {
      return;
    }
    long bits = Double.doubleToRawLongBits(x);
    int bit = ((int) (bits >>> 52) & 0x7FF) - 1;
    long m = (bits & 0xFFFFFFFFFFFFFL) | 1L << 52;
    int shift = bit & 31;
    long lower = (m & DIGIT_MASK) << shift;
    long upper = (m >>> DIGIT_BITS) << shift;
    int digit = bit >>> 5;
    int sign = bits < 0 ? -1 : 1;
    addPiece(i, digit, sign * (lower & DIGIT_MASK));
    addPiece(i, digit + 1, sign * ((lower >>> DIGIT_BITS) + (upper & DIGIT_MASK)));
    addPiece(i, digit + 2, sign * (upper >>> DIGIT_BITS));
    carryBefore(1);
  }

  private void addPiece(int i, int digit, long piece) {
    if (piece != 0) {
      digits[i * width + digit - low] += piece;
    }
  }

  /**
   * Adds {@code m * 2^exponent}, the sum of probabilities from 2^-30 on: to what the window is
   * after each of them was added.
   *
   * @param exponent at least -82, where the last bit of such a probability can be
   */
  void addShares(int i, long m, int exponent) {
    widen(SHARE_DIGIT, SHARE_DIGIT + 4);
    int unit = exponent - LOWEST_EXPONENT;
    int shift = unit & 31;
    int at = i * width + (unit >>> 5) - low;
    digits[at] += (m << shift) & DIGIT_MASK;
    digits[at + 1] += (m >> (DIGIT_BITS - shift)) & DIGIT_MASK;
    digits[at + 2] += m >> (2 * DIGIT_BITS - shift);
    carryBefore(1);
  }

  /**
   * Adds two numbers the sum of which is that of probabilities from 2^-30 on; as {@link
   * #addShares}.
   */
  void addShareParts(int i, double high, double rest) {
    widen(SHARE_DIGIT, SHARE_DIGIT + 4);
    addWithin(i, high);
    addWithin(i, rest);
  }

  /**
   * Adds {@code m * 2^exponent} to sum {@code i}.
   *
   * @param exponent at least -1074
   */
  public void addScaled(int i, long m, int exponent) {
    addShifted(i, m, exponent - LOWEST_EXPONENT);
  }

  /** Adds {@code n} times {@code x} to sum {@code i}, as if x were added n times. */
  public void addTimes(int i, long n, double x) {
    if (!Double.isFinite(x)) {
      if (n > 0) {
        addSpecial(i, x);
      }
      return;
    }
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> 52) & 0x7FF;
    long fraction = bits & 0xFFFFFFFFFFFFFL;
    long magnitude = exponent == 0 ? fraction : fraction | 1L << 52;
    int bit = exponent == 0 ? 0 : exponent - 1;
    long m = bits < 0 ? -magnitude : magnitude;
    long low = m * n;
    addShifted(i, low & DIGIT_MASK, bit);
    addShifted(i, low >>> DIGIT_BITS, bit + DIGIT_BITS);
    addShifted(i, Math.multiplyHigh(m, n), bit + 2 * DIGIT_BITS);
  }

  private void addShifted(int i, long m, int bit) {
    if (m == 0) {
      return;
    }
    int digit = bit >>> 5;
    int shift = bit & 31;
    if (digit < low || digit + 3 >= low + width) {
      widen(digit, digit + 4);
    }
    int at = i * width + digit - low;
    // m << shift has up to 95 bits: its two halves are shifted apart.
    long lower = (m & DIGIT_MASK) << shift;
    long upper = (m >> DIGIT_BITS) << shift;
    digits[at] += lower & DIGIT_MASK;
    digits[at + 1] += (lower >>> DIGIT_BITS) + (upper & DIGIT_MASK);
    digits[at + 2] += upper >> DIGIT_BITS;
    if (++additions == ADDITIONS_PER_CARRY) {
      carry();
    }
  }

  private void addSpecial(int i, double x) {
    if (specials.length == 0) {
      specials = new long[size * SPECIALS];
    }
    specials[i * SPECIALS + (Double.isNaN(x) ? 0 : x > 0 ? 1 : 2)]++;
  }

  /**
   * Adds sum {@code j} of {@code other}, taken so many times, to sum {@code i}.
   *
   * @param times a small number but 0; a sum that is not finite keeps its sign whatever it is
   */
  public void addSum(int i, ExactSums other, int j, int times) {
    if (other.width > 0) {
      other.carry();
      carryBefore(Math.abs(times));
      widen(other.low, other.low + other.width);
      int to = i * width + other.low - low;
      int from = j * other.width;
      for (int d = 0; d < other.width; d++) {
        digits[to + d] += times * other.digits[from + d];
      }
    }
    if (other.specials.length > 0) {
      if (specials.length == 0) {
        specials = new long[size * SPECIALS];
      }
      for (int s = 0; s < SPECIALS; s++) {
        specials[i * SPECIALS + s] += other.specials[j * SPECIALS + s];
      }
    }
  }

  /** Adds every sum of {@code other}, which has the same size. */
  public void merge(ExactSums other) {
    for (int i = 0; i < size; i++) {
      addSum(i, other, i, 1);
    }
  }

  /** Sets all sums to 0, keeping the window. */
  public void clear() {
    Arrays.fill(digits, 0);
    specials = new long[0];
    additions = 0;
  }

  /** Sum {@code i}, correctly rounded. */
  public double value(int i) {
    if (specials.length > 0) {
      boolean positive = specials[i * SPECIALS + 1] > 0;
      boolean negative = specials[i * SPECIALS + 2] > 0;
      if (specials[i * SPECIALS] > 0 || (positive && negative)) {
        return Double.NaN;
      }
      if (positive || negative) {
        return positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      }
    }
    carry();
    int from = i * width;
    int top = from + width - 1;
    while (top >= from && digits[top] == 0) {
      top--;
    }
    if (top < from) {
      return 0.0;
    }
    return digits[top] > 0
        ? magnitude(digits, from, top)
        : -magnitude(negated(from, top), 0, top - from);
  }

  /** The digits of minus a negative sum, settled but for the highest. */
  private long[] negated(int from, int top) {
    long[] negated = new long[top - from + 1];
    long carry = 0;
    for (int d = from; d < top; d++) {
      long digit = carry - digits[d];
      negated[d - from] = digit & DIGIT_MASK;
      carry = digit >> DIGIT_BITS;
    }
    negated[top - from] = carry - digits[top];
    return negated;
  }

  /** A positive sum, rounded once: it is a multiple of the smallest subnormal. */
  private double magnitude(long[] a, int from, int highest) {
    int top = highest;
    while (a[top] == 0) {
      top--;
    }
    long next = top > from ? a[top - 1] : 0;
    long third = top > from + 1 ? a[top - 2] : 0;
    long tail = next << DIGIT_BITS | third;
    // The 63 leading bits; whether anything follows them is all that rounding needs to know.
    int shift = Long.numberOfLeadingZeros(a[top]) - 1;
    long head = a[top] << shift | (tail >>> 1) >>> (Long.SIZE - 1 - shift);
    boolean sticky = tail << shift != 0;
    for (int d = top - 3; d >= from && !sticky; d--) {
      sticky = a[d] != 0;
    }
    int exponent = (low + top - from) * DIGIT_BITS + LOWEST_EXPONENT - shift;
    return Math.scalb((double) (sticky ? head | 1 : head), exponent);
  }

  private void carryBefore(int next) {
    additions += next;
    if (additions >= ADDITIONS_PER_CARRY || additions < 0) {
      carry();
    }
  }

  /** Brings all digits but the highest of a sum into [0, 2^32). */
  private void carry() {
    if (additions == 0) {
      return;
    }
    for (int at = 0; at < digits.length; at += width) {
      for (int d = at; d < at + width - 1; d++) {
        digits[d + 1] += digits[d] >> DIGIT_BITS;
        digits[d] &= DIGIT_MASK;
      }
    }
    additions = 0;
  }

  /** Makes the window hold the digits {@code from} to {@code to - 1} at least. */
  private void widen(int from, int to) {
    int newLow = width == 0 ? from : Math.min(low, from);
    int newWidth = Math.max(width == 0 ? to : low + width, to) - newLow;
    if (newLow == low && newWidth == width) {
      return;
    }
    // The highest digit of a sum is signed, the others are not: settle before it becomes an inner
    // one.
    carry();
    long[] wider = new long[size * newWidth];
    for (int i = 0; width > 0 && i < size; i++) {
      System.arraycopy(digits, i * width, wider, i * newWidth + low - newLow, width);
    }
    digits = wider;
    low = newLow;
    width = newWidth;
    additions = 1;
  }

  /** Writes the sums; {@link #read} reads them. */
  public void write(DataOutput out) throws IOException {
    carry();
    out.writeInt(size);
    out.writeInt(low);
    out.writeInt(width);
    Longs.write(digits, size * width, out);
    out.writeBoolean(specials.length > 0);
    Longs.write(specials, specials.length, out);
  }

  /**
   * Reads so many sums that {@link #write} wrote.
   *
   * @throws IOException if they are not so many, or no such sums
   */
  public static ExactSums read(int size, DataInput in) throws IOException {
    ExactSums sums = read(in);
    if (sums.size != size) {
      throw new StreamCorruptedException(
          "%d sums where there must be %d".formatted(sums.size, size));
    }
    return sums;
  }

  /**
   * Reads what {@link #write} wrote, however many sums.
   *
   * @throws IOException if they are no such sums
   */
  public static ExactSums read(DataInput in) throws IOException {
    ExactSums sums = new ExactSums(Lengths.read("sums", Integer.MAX_VALUE, in));
    sums.low = Lengths.read("digits", MOST_DIGITS, in);
    sums.width = Lengths.read("digits", MOST_DIGITS - sums.low, in);
    sums.digits = Longs.read((long) sums.size * sums.width, in);
    sums.checkSettled();
    if (in.readBoolean()) {
      sums.specials = Longs.read((long) sums.size * SPECIALS, in);
    }
    return sums;
  }

  private void checkSettled() throws IOException {
    for (int at = 0; at < digits.length; at += width) {
      for (int d = at; d < at + width - 1; d++) {
        if ((digits[d] & ~DIGIT_MASK) != 0) {
          throw new StreamCorruptedException(digits[d] + " is no digit of a sum");
        }
      }
      if (Math.abs(digits[at + width - 1]) > MOST_HIGHEST) {
        throw new StreamCorruptedException(digits[at + width - 1] + " is no digit of a sum");
      }
    }
  }
}
