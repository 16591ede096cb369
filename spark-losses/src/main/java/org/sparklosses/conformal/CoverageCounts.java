// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.KeyIndex;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;
import org.sparklosses.exact.Mergeable;

/**
 * Rows and covered rows by a whole number, as the size of the set or the class of the label.
 *
 * <p>Layout when written: {@code int keys}, the keys ascending, the rows of each, the covered rows
 * of each, and with weights of each the sums of w, of w where it is covered, and of w^2.
 */
final class CoverageCounts implements Mergeable<CoverageCounts> {

  private static final int SUMS = 3;
  private static final int FIRST_KEYS = 16;

  private final boolean isWeighted;
  private final KeyIndex index = new KeyIndex(FIRST_KEYS);
  private long[] rows = new long[FIRST_KEYS];
  private long[] covered = new long[FIRST_KEYS];
  private final ExactSums weights;

  CoverageCounts(boolean isWeighted) {
    this.isWeighted = isWeighted;
    weights = new ExactSums(isWeighted ? SUMS * FIRST_KEYS : 0);
  }

  /** Adds a row. */
  void add(int key, boolean isCovered, double weight) {
    int i = indexOf(key);
    rows[i]++;
    covered[i] += isCovered ? 1 : 0;
    if (isWeighted) {
      weights.add(SUMS * i, weight);
      if (isCovered) {
        weights.add(SUMS * i + 1, weight);
      }
      weights.add(SUMS * i + 2, weight * weight);
    }
  }

  private int indexOf(long key) {
    int i = index.of(key);
    if (i >= rows.length) {
      rows = Arrays.copyOf(rows, index.capacity());
      covered = Arrays.copyOf(covered, index.capacity());
      if (isWeighted) {
        weights.resize(SUMS * index.capacity());
      }
    }
    return i;
  }

  /** What there is of each key. */
  SortedMap<Integer, Coverage> byKey() {
    SortedMap<Integer, Coverage> byKey = new TreeMap<>();
    for (int i = 0; i < index.size(); i++) {
      byKey.put((int) index.key(i), coverage(i, rows[i], covered[i], weights));
    }
    return byKey;
  }

  /** What there is of all keys. */
  Coverage all() {
    ExactSums sums = new ExactSums(isWeighted ? SUMS : 0);
    for (int i = 0; i < index.size() && isWeighted; i++) {
      for (int s = 0; s < SUMS; s++) {
        sums.addSum(s, weights, SUMS * i + s, 1);
      }
    }
    return coverage(0, Arrays.stream(rows).sum(), Arrays.stream(covered).sum(), sums);
  }

  private Coverage coverage(int i, long all, long in, ExactSums sums) {
    if (!isWeighted || all == 0) {
      return Coverage.of(all, in);
    }
    double weight = sums.value(SUMS * i);
    return new Coverage(
        all, weight, sums.value(SUMS * i + 1), weight * (weight / sums.value(SUMS * i + 2)));
  }

  @Override
  public void merge(CoverageCounts other) {
    for (int j = 0; j < other.index.size(); j++) {
      int i = indexOf(other.index.key(j));
      rows[i] += other.rows[j];
      covered[i] += other.covered[j];
      for (int s = 0; s < SUMS && isWeighted; s++) {
        weights.addSum(SUMS * i + s, other.weights, SUMS * j + s, 1);
      }
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    long[] keys = index.sortedKeys();
    long[] orderedRows = new long[keys.length];
    long[] orderedCovered = new long[keys.length];
    ExactSums sums = new ExactSums(isWeighted ? SUMS * keys.length : 0);
    for (int k = 0; k < keys.length; k++) {
      int i = indexOf(keys[k]);
      orderedRows[k] = rows[i];
      orderedCovered[k] = covered[i];
      for (int s = 0; s < SUMS && isWeighted; s++) {
        sums.addSum(SUMS * k + s, weights, SUMS * i + s, 1);
      }
    }
    out.writeInt(keys.length);
    Longs.write(keys, keys.length, out);
    Longs.write(orderedRows, keys.length, out);
    Longs.write(orderedCovered, keys.length, out);
    if (isWeighted) {
      sums.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    int size = Lengths.read("sizes or classes", Integer.MAX_VALUE / SUMS, in);
    long[] keys = Longs.read(size, in);
    KeyIndex.checkAscending(keys, Integer.MAX_VALUE);
    long[] readRows = Longs.read(size, in);
    long[] readCovered = Longs.read(size, in);
    ExactSums sums = isWeighted ? ExactSums.read(SUMS * size, in) : null;
    for (int k = 0; k < size; k++) {
      if (readRows[k] <= 0 || readCovered[k] < 0 || readCovered[k] > readRows[k]) {
        throw new StreamCorruptedException(
            readCovered[k] + " of " + readRows[k] + " rows are no part of them");
      }
      int i = indexOf(keys[k]);
      rows[i] = readRows[k];
      covered[i] = readCovered[k];
      for (int s = 0; s < SUMS && isWeighted; s++) {
        weights.addSum(SUMS * i + s, sums, SUMS * k + s, 1);
      }
    }
  }
}
