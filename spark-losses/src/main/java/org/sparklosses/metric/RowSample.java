// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;

/**
 * A uniform sample of the different rows, each with how often it occurs: those of the least hashes.
 * What is in it depends on the rows alone, not on their order or partitioning, and when no more
 * rows differ than it holds it is all rows. Rows are the same when all their numbers are. Weights
 * do not count.
 *
 * @param content what is kept of a row
 * @param size the most rows; fewer when rows are so wide that all would be above 4 million numbers
 */
public record RowSample(Content content, int size) implements Component<RowSample.State> {

  private static final int MOST_NUMBERS = 1 << 22;

  /** Without its numbers. */
  private static final int BYTES_OF_ROW = 120;

  /** What is not normalised by more than its tolerance has no larger probability. */
  private static final double MOST = 2;

  /** What is kept of a row. */
  public enum Content {
    /** The largest probability, and 1 or 0 for whether that class is the label. */
    TOP_LABEL,
    /** The probability of class 1 of two, and the label. */
    POSITIVE,
    /** The probabilities of all classes, and the label. */
    ALL_CLASSES;

    int length(int classes) {
      return this == ALL_CLASSES ? classes : 1;
    }

    double probability(PredictionRow row, int j) {
      return switch (this) {
        case TOP_LABEL -> row.confidence();
        case POSITIVE -> row.classes() == 2 ? row.probability(1) : 0;
        case ALL_CLASSES -> row.probability(j);
      };
    }

    int label(PredictionRow row) {
      return this == TOP_LABEL ? (row.isCorrect() ? 1 : 0) : row.label();
    }

    double probability(PredictionBlock block, int r, int j) {
      return switch (this) {
        case TOP_LABEL -> block.confidence()[r];
        case POSITIVE -> block.classes() == 2 ? block.probability(r, 1) : 0;
        case ALL_CLASSES -> block.probability(r, j);
      };
    }

    int label(PredictionBlock block, int r) {
      return this == TOP_LABEL ? (block.isCorrect(r) ? 1 : 0) : block.label(r);
    }
  }

  @Override
  public String description() {
    return "sample of %,d rows (%s)".formatted(size, content.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    int length = content.length(classes);
    long kept = Math.min(rows, 2L * Math.min(size, MOST_NUMBERS / Math.max(1, length)));
    return kept * (BYTES_OF_ROW + (long) length * Double.BYTES);
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(this, shared);
  }

  /** A row; ordered by hash, and then by what it is. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(long hash, int label, double[] probabilities) implements Comparable<Entry> {

    static Entry of(int label, double[] probabilities) {
      long hash = mixed(label);
      for (double p : probabilities) {
        hash = hash(hash, p);
      }
      return new Entry(hash, label, probabilities);
    }

    /** The hash of what {@code before} is the hash of and one number more. */
    static long hash(long before, double p) {
      return mixed(before ^ Double.doubleToRawLongBits(p));
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): a permutation. */
    private static long mixed(long bits) {
      long h = bits + 0x9E3779B97F4A7C15L;
      h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
      h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
      return h ^ (h >>> 31);
    }

    @Override
    public int compareTo(Entry other) {
      int byHash = Long.compare(hash, other.hash);
      int byLabel = byHash != 0 ? byHash : Integer.compare(label, other.label);
      return byLabel != 0 ? byLabel : Arrays.compare(probabilities, other.probabilities);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Entry entry && compareTo(entry) == 0;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(hash);
    }
  }

  /**
   * The sample. Layout when written: {@code boolean exact, int rows}, then, in ascending order of
   * hash, {@code int label, long count, double probabilities...} of each.
   */
  public static final class State implements ComponentState<State> {

    private final RowSample component;
    private final SharedSums shared;

    /** Up to twice as many as the sample has, so that few have to be ordered. */
    private final Map<Entry, Long> counts = new HashMap<>();

    /** Rows of larger hashes are not in the sample. */
    private long largestHash = Long.MAX_VALUE;

    private boolean isExact = true;

    State(RowSample component, SharedSums shared) {
      this.component = component;
      this.shared = shared;
    }

    @Override
    public void add(PredictionRow row) {
      double[] probabilities = new double[component.content.length(row.classes())];
      Arrays.setAll(probabilities, j -> component.content.probability(row, j) + 0.0);
      add(Entry.of(component.content.label(row), probabilities), 1L);
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      long[] hashes = hashes(block, from, to);
      for (int r = from; r < to; r++) {
        if (hashes[r - from] <= largestHash) {
          int row = r;
          double[] probabilities = new double[component.content.length(block.classes())];
          Arrays.setAll(probabilities, j -> component.content.probability(block, row, j) + 0.0);
          add(Entry.of(component.content.label(block, r), probabilities), 1L);
        }
      }
    }

    /** The hashes of the entries of rows, class by class: those of a row wait for each other. */
    private long[] hashes(PredictionBlock block, int from, int to) {
      Content content = component.content;
      long[] hashes = new long[to - from];
      for (int r = from; r < to; r++) {
        hashes[r - from] = Entry.mixed(content.label(block, r));
      }
      for (int j = 0; j < content.length(block.classes()); j++) {
        for (int r = from; r < to; r++) {
          hashes[r - from] = Entry.hash(hashes[r - from], content.probability(block, r, j) + 0.0);
        }
      }
      return hashes;
    }

    private void add(Entry entry, long count) {
      if (entry.hash <= largestHash) {
        counts.merge(entry, count, Long::sum);
        if (counts.size() > 2 * limit()) {
          settle();
        }
      }
    }

    /** Drops what is not in the sample. */
    private void settle() {
      int limit = limit();
      if (counts.size() > limit) {
        Entry[] sorted = counts.keySet().stream().sorted().toArray(Entry[]::new);
        Arrays.stream(sorted, limit, sorted.length).forEach(counts::remove);
        largestHash = sorted[limit - 1].hash;
        isExact = false;
      }
    }

    /** The different rows, in ascending order of hash, each with how often it occurs. */
    private List<Map.Entry<Entry, Long>> sample() {
      settle();
      return counts.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }

    private int limit() {
      int length = component.content.length(shared.classes());
      return Math.max(2, Math.min(component.size, MOST_NUMBERS / Math.max(1, length)));
    }

    @Override
    public void merge(State other) {
      isExact &= other.isExact;
      largestHash = Math.min(largestHash, other.largestHash);
      other.counts.forEach(this::add);
    }

    /** Whether the sample is all rows. */
    public boolean isExact() {
      settle();
      return isExact;
    }

    /** The number of rows in the sample, repetitions included. */
    public long rows() {
      return Arrays.stream(counts()).sum();
    }

    /** The different rows: the probabilities of each. */
    public double[][] probabilities() {
      return sample().stream().map(e -> e.getKey().probabilities).toArray(double[][]::new);
    }

    /** The label of each. */
    public int[] labels() {
      return sample().stream().mapToInt(e -> e.getKey().label).toArray();
    }

    /** How often each occurs. */
    public long[] counts() {
      return sample().stream().mapToLong(Map.Entry::getValue).toArray();
    }

    @Override
    public void write(DataOutput out) throws IOException {
      List<Map.Entry<Entry, Long>> sample = sample();
      out.writeBoolean(isExact);
      out.writeInt(sample.size());
      for (Map.Entry<Entry, Long> entry : sample) {
        out.writeInt(entry.getKey().label);
        out.writeLong(entry.getValue());
        for (double p : entry.getKey().probabilities) {
          out.writeDouble(p);
        }
      }
    }

    @Override
    public void read(DataInput in) throws IOException {
      isExact = in.readBoolean();
      int rows = Lengths.read("rows of a sample", limit(), in);
      for (int i = 0; i < rows; i++) {
        int label = Lengths.read("as label of a row", Math.max(2, shared.classes()) - 1, in);
        long count = in.readLong();
        double[] probabilities =
            Arrays.stream(Longs.read(component.content.length(shared.classes()), in))
                .mapToDouble(Double::longBitsToDouble)
                .toArray();
        if (count <= 0 || !Arrays.stream(probabilities).allMatch(p -> p >= 0 && p <= MOST)) {
          throw new StreamCorruptedException(
              count + " times the probabilities " + Arrays.toString(probabilities));
        }
        counts.put(Entry.of(label, probabilities), count);
      }
    }
  }
}
