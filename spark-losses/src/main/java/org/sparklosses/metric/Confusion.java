// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.KeyIndex;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;

/** How often each class is predicted for each label. */
public record Confusion() implements Component<Confusion.State> {

  /** With what is kept free. */
  private static final int BYTES_OF_PAIR = 48;

  /**
   * Rows of one label and one predicted class.
   *
   * @param count rows, whatever their weight
   * @param weight the sum of their weights
   */
  public record Entry(int label, int predicted, long count, double weight) {}

  @Override
  public String description() {
    return "counts of label and predicted class";
  }

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    return Math.min((long) classes * classes, rows)
        * (weighted ? BYTES_OF_PAIR + 2 * ExactSums.BYTES_OF_SUM : BYTES_OF_PAIR);
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(shared);
  }

  /**
   * The pairs that occur. Layout when written: {@code int pairs}, in ascending order the {@code
   * long key} of each, {@code label * classes + predicted}, the {@code long count} of each, then
   * their sums of weights, none without weights.
   */
  public static final class State implements ComponentState<State> {

    private static final int INITIAL_CAPACITY = 16;

    private final SharedSums shared;
    private final KeyIndex index = new KeyIndex(INITIAL_CAPACITY);
    private long[] counts = new long[INITIAL_CAPACITY];
    private ExactSums weights;

    State(SharedSums shared) {
      this.shared = shared;
      weights = new ExactSums(shared.isWeighted() ? INITIAL_CAPACITY : 0);
    }

    @Override
    public void add(PredictionRow row) {
      add(row.label(), row.predicted(), row.weight());
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      for (int r = from; r < to; r++) {
        add(block.label(r), block.predicted(r), block.weight(r));
      }
    }

    private void add(int label, int predicted, double weight) {
      int pair = pair((long) label * shared.classes() + predicted);
      counts[pair]++;
      if (shared.isWeighted()) {
        weights.add(pair, weight);
      }
    }

    private int pair(long key) {
      int pair = index.of(key);
      if (pair >= counts.length) {
        counts = Arrays.copyOf(counts, index.capacity());
        weights.resize(shared.isWeighted() ? counts.length : 0);
      }
      return pair;
    }

    @Override
    public void merge(State other) {
      for (int from = 0; from < other.index.size(); from++) {
        int pair = pair(other.index.key(from));
        counts[pair] += other.counts[from];
        if (shared.isWeighted()) {
          weights.addSum(pair, other.weights, from, 1);
        }
      }
    }

    /** The number of classes; 0 before the first row. */
    public int classes() {
      return shared.classes();
    }

    /** The pairs that occur, by label, then by predicted class. */
    public List<Entry> entries() {
      List<Entry> entries = new ArrayList<>();
      for (long key : index.sortedKeys()) {
        int pair = index.of(key);
        double weight = shared.isWeighted() ? weights.value(pair) : counts[pair];
        entries.add(
            new Entry(
                (int) (key / shared.classes()),
                (int) (key % shared.classes()),
                counts[pair],
                weight));
      }
      return entries;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      long[] keys = index.sortedKeys();
      ExactSums sorted = new ExactSums(shared.isWeighted() ? keys.length : 0);
      long[] sortedCounts = new long[keys.length];
      for (int i = 0; i < keys.length; i++) {
        int pair = index.of(keys[i]);
        sortedCounts[i] = counts[pair];
        if (shared.isWeighted()) {
          sorted.addSum(i, weights, pair, 1);
        }
      }
      out.writeInt(keys.length);
      Longs.write(keys, keys.length, out);
      Longs.write(sortedCounts, keys.length, out);
      sorted.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      long all = (long) shared.classes() * shared.classes();
      int pairs = Lengths.read("pairs of classes", all, in);
      long[] keys = Longs.read(pairs, in);
      KeyIndex.checkAscending(keys, all);
      long[] read = Longs.read(pairs, in);
      for (int i = 0; i < pairs; i++) {
        if (read[i] <= 0) {
          throw new StreamCorruptedException(read[i] + " rows of a pair of classes that occurs");
        }
        int pair = pair(keys[i]);
        counts[pair] = read[i];
      }
      weights = ExactSums.read(shared.isWeighted() ? pairs : 0, in);
      weights.resize(shared.isWeighted() ? counts.length : 0);
    }
  }
}
