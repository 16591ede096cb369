// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/**
 * Of each atom of a distribution, side by side in memory, the rows and the hits and, where asked
 * for, a few sums of probabilities. These are multiples of 2^-52, at most 1 in magnitude, and are
 * summed as whole numbers of 128 bits: exactly, as {@link ExactSums} does, in less memory.
 *
 * <p>Layout when written: of each atom {@code long rows, long hits}, then low and high half of each
 * sum in units of 2^-52.
 */
public final class AtomCounts {

  private static final int ROWS = 0;
  private static final int HITS = 1;
  private static final int FIRST_SUM = 2;

  private static final int UNIT_EXPONENT = -52;
  private static final double UNITS = 0x1p52;
  private static final int HALF_BITS = 32;
  private static final long HALF_MASK = 0xFFFFFFFFL;

  private final int width;
  private long[] words;

  /**
   * Atoms without rows.
   *
   * @param sums how many sums each has
   */
  public AtomCounts(int atoms, int sums) {
    width = FIRST_SUM + 2 * sums;
    words = new long[atoms * width];
  }

  /** How many atoms there is room for. */
  public int size() {
    return words.length / width;
  }

  /** Appends atoms without rows. */
  public void resize(int atoms) {
    words = Arrays.copyOf(words, atoms * width);
  }

  /** How many sums an atom has. */
  public int sums() {
    return (width - FIRST_SUM) / 2;
  }

  /** Adds so many rows, and hits among them, to an atom. */
  public void addRows(int atom, long rows, long hits) {
    words[atom * width + ROWS] += rows;
    words[atom * width + HITS] += hits;
  }

  /** Adds a row to the atom of each in [from, to). */
  public void addRows(int[] atoms, double[] outcomes, int from, int to) {
    long[] all = words;
    for (int r = from; r < to; r++) {
      int at = atoms[r] * width;
      all[at + ROWS]++;
      all[at + HITS] += (long) outcomes[r];
    }
  }

  /** Adds {@code x} to sum {@code k}. */
  public void add(int atom, int k, double x) {
    long units = (long) (x * UNITS);
    add(atom * width + FIRST_SUM + 2 * k, units, units >> (Long.SIZE - 1));
  }

  /** Adds {@code n} times {@code x} to sum {@code k}. */
  public void addTimes(int atom, int k, long n, double x) {
    long units = (long) (x * UNITS);
    add(atom * width + FIRST_SUM + 2 * k, units * n, Math.multiplyHigh(units, n));
  }

  /** Adds an atom of another that has as many sums. */
  public void addAtom(int atom, AtomCounts other, int from) {
    addRows(atom, other.rows(from), other.hits(from));
    for (int word = FIRST_SUM; word < width; word += 2) {
      int at = from * width + word;
      add(atom * width + word, other.words[at], other.words[at + 1]);
    }
  }

  private void add(int at, long low, long high) {
    long sum = words[at] + low;
    words[at] = sum;
    words[at + 1] += high + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
  }

  /** The rows of an atom. */
  public long rows(int atom) {
    return words[atom * width + ROWS];
  }

  /** The hits of an atom. */
  public long hits(int atom) {
    return words[atom * width + HITS];
  }

  /** The sums of all atoms, those of an atom side by side. */
  public ExactSums exactSums() {
    int sums = sums();
    ExactSums exact = new ExactSums(size() * sums);
    for (int i = 0; i < size() * sums; i++) {
      int at = i / sums * width + FIRST_SUM + 2 * (i % sums);
      exact.addScaled(i, words[at] & HALF_MASK, UNIT_EXPONENT);
      exact.addScaled(i, words[at] >>> HALF_BITS, UNIT_EXPONENT + HALF_BITS);
      exact.addScaled(i, words[at + 1], UNIT_EXPONENT + 2 * HALF_BITS);
    }
    return exact;
  }

  /** Writes these atoms. */
  public void write(int[] atoms, DataOutput out) throws IOException {
    long[] ordered = new long[atoms.length * width];
    for (int i = 0; i < atoms.length; i++) {
      System.arraycopy(words, atoms[i] * width, ordered, i * width, width);
    }
    Longs.write(ordered, ordered.length, out);
  }

  /** Reads so many atoms that {@link #write} wrote, into the first. */
  public void read(int atoms, DataInput in) throws IOException {
    long[] read = Longs.read((long) atoms * width, in);
    for (int at = 0; at < read.length; at += width) {
      if (read[at + ROWS] <= 0 || read[at + HITS] < 0 || read[at + HITS] > read[at + ROWS]) {
        throw new StreamCorruptedException(
            read[at + HITS] + " of " + read[at + ROWS] + " rows are no part of them");
      }
    }
    System.arraycopy(read, 0, words, 0, read.length);
  }
}
