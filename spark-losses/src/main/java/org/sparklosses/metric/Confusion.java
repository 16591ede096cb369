package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often each class is predicted for each label. */
public record Confusion() implements Component<Confusion.State> {

  /**
   * Rows of one label and one predicted class.
   *
   * @param count rows, whatever their weight
   * @param weight the sum of their weights
   */
  public record Entry(int label, int predicted, long count, double weight) {}

  @Override
  public State newState(SharedSums shared) {
    return new State(shared);
  }

  /**
   * The pairs that occur. Layout when written: {@code int pairs}, then, in ascending order, {@code
   * long key, long count} of each, key being {@code label * classes + predicted}, then, with
   * weights, their sums.
   */
  public static final class State implements ComponentState<State>, BlockwiseState {

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
      out.writeInt(keys.length);
      for (int i = 0; i < keys.length; i++) {
        int pair = index.of(keys[i]);
        out.writeLong(keys[i]);
        out.writeLong(counts[pair]);
        if (shared.isWeighted()) {
          sorted.addSum(i, weights, pair, 1);
        }
      }
      sorted.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      int pairs = in.readInt();
      for (int i = 0; i < pairs; i++) {
        int pair = pair(in.readLong());
        counts[pair] = in.readLong();
      }
      weights = ExactSums.read(in);
      weights.resize(shared.isWeighted() ? counts.length : 0);
    }
  }
}
