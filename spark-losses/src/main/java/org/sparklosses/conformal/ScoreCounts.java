// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.KeyIndex;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;
import org.sparklosses.exact.Mergeable;

/**
 * How many scores there are of each place, and their weights: of each cell of {@link
 * SortableFloats}, or of each score in some cells. Of each class by itself, or all as class 0.
 *
 * <p>Layout when written: {@code int places}, the places ascending, the rows of each, their weights
 * if there are any.
 */
public final class ScoreCounts implements Mergeable<ScoreCounts> {

  /** About how many bytes of memory a place takes. */
  public static final int BYTES_OF_PLACE = 40;

  private static final int CLASS_BITS = 24;
  private static final int FIRST_PLACES = 16;

  private final boolean isWeighted;

  /** The cells that scores are counted in, ascending; null where cells are counted. */
  private final long[] cells;

  private final KeyIndex index = new KeyIndex(FIRST_PLACES);
  private long[] rows = new long[FIRST_PLACES];
  private final ExactSums weights;

  private ScoreCounts(boolean isWeighted, long[] cells) {
    this.isWeighted = isWeighted;
    this.cells = cells;
    weights = new ExactSums(isWeighted ? FIRST_PLACES : 0);
  }

  /** Counts of cells. */
  public static ScoreCounts ofCells(boolean isWeighted) {
    return new ScoreCounts(isWeighted, null);
  }

  /**
   * Counts of scores in these cells; others are passed over.
   *
   * @param cells ascending
   */
  public static ScoreCounts within(boolean isWeighted, long[] cells) {
    return new ScoreCounts(isWeighted, cells.clone());
  }

  /** Adds a score of a class. */
  public void add(int classIndex, float score, double weight) {
    long place = (long) classIndex << Integer.SIZE | SortableFloats.bits(score);
    long cell = place >>> SortableFloats.LOW_BITS;
    if (cells == null) {
      add(cell, weight);
    } else if (Arrays.binarySearch(cells, cell) >= 0) {
      add(place, weight);
    }
  }

  private void add(long place, double weight) {
    int i = indexOf(place);
    rows[i]++;
    if (isWeighted) {
      weights.add(i, weight);
    }
  }

  private int indexOf(long place) {
    int i = index.of(place);
    if (i >= rows.length) {
      rows = Arrays.copyOf(rows, index.capacity());
      if (isWeighted) {
        weights.resize(index.capacity());
      }
    }
    return i;
  }

  boolean isWeighted() {
    return isWeighted;
  }

  /** The places that have rows, ascending: the class, then the bits of the cell or score. */
  long[] places() {
    return index.sortedKeys();
  }

  /** The rows of a place. */
  long rows(long place) {
    return rows[indexOf(place)];
  }

  /** Adds the weight of a place, so many times, to the first of these sums. */
  void addWeight(long place, ExactSums sum, int times) {
    if (isWeighted) {
      sum.addSum(0, weights, indexOf(place), times);
    }
  }

  @Override
  public void merge(ScoreCounts other) {
    for (int j = 0; j < other.index.size(); j++) {
      int i = indexOf(other.index.key(j));
      rows[i] += other.rows[j];
      if (isWeighted) {
        weights.addSum(i, other.weights, j, 1);
      }
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    long[] places = places();
    long[] ordered = new long[places.length];
    ExactSums sums = new ExactSums(isWeighted ? places.length : 0);
    for (int p = 0; p < places.length; p++) {
      int i = indexOf(places[p]);
      ordered[p] = rows[i];
      if (isWeighted) {
        sums.addSum(p, weights, i, 1);
      }
    }
    out.writeInt(places.length);
    Longs.write(places, places.length, out);
    Longs.write(ordered, ordered.length, out);
    if (isWeighted) {
      sums.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    int size = Lengths.read("places of scores", Integer.MAX_VALUE, in);
    long[] places = Longs.read(size, in);
    int low = cells == null ? SortableFloats.LOW_BITS : 0;
    KeyIndex.checkAscending(places, 1L << (CLASS_BITS + Integer.SIZE - low));
    long[] counted = Longs.read(size, in);
    ExactSums sums = isWeighted ? ExactSums.read(size, in) : null;
    for (int p = 0; p < size; p++) {
      if (counted[p] <= 0) {
        throw new StreamCorruptedException(counted[p] + " rows of a score");
      }
      int i = indexOf(places[p]);
      rows[i] = counted[p];
      if (isWeighted) {
        weights.addSum(i, sums, p, 1);
      }
    }
  }
}
