// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.sparklosses.exact.Lengths;

/**
 * A sample of rows: those of the least hashes of what they hold, each once with the sum of its
 * weights. It is the same in any order and partitioning. Holds {@link #most} rows and {@link
 * #MOST_NUMBERS} numbers at most.
 *
 * <p>Layout when written: the number of classes, of rows; of each row its log-probabilities, label,
 * weight and how often it occurs.
 */
final class SampleOfRows implements RowSums<SampleOfRows> {

  private static final int MOST_ROWS = 1 << 14;
  private static final int MOST_NUMBERS = 1 << 20;
  private static final int MOST_CLASSES = 1 << 24;

  private int classes;
  private final TreeMap<Key, Long> rows = new TreeMap<>();

  /** Of the last row; asked for every row that is added. */
  private long greatestHash;

  /** A sample. */
  record At() implements SumsAt<SampleOfRows> {

    private static final long serialVersionUID = 1L;

    @Override
    public SampleOfRows empty() {
      return new SampleOfRows();
    }
  }

  /** What a row holds, in the order of its hash. */
  private static final class Key implements Comparable<Key> {

    private final long hash;
    private final double[] l;
    private final int label;
    private final double weight;

    Key(double[] l, int label, double weight) {
      this.l = l;
      this.label = label;
      this.weight = weight;
      hash = hash(l, label, weight);
    }

    static long hash(double[] l, int label, double weight) {
      return ContentHash.with(ContentHash.of(l, label), Double.doubleToLongBits(weight));
    }

    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(hash, other.hash);
      order = order == 0 ? Integer.compare(label, other.label) : order;
      order = order == 0 ? Double.compare(weight, other.weight) : order;
      return order == 0 ? Arrays.compare(l, other.l) : order;
    }
  }

  /** The most rows. */
  private int most() {
    return Math.min(MOST_ROWS, Math.max(1, MOST_NUMBERS / Math.max(1, classes)));
  }

  @Override
  public void add(double[] l, int label, double weight) {
    classes = l.length;
    if (rows.size() < most()
        || Long.compareUnsigned(Key.hash(l, label, weight), greatestHash) <= 0) {
      add(new Key(l.clone(), label, weight), 1);
    }
  }

  private void add(Key key, long times) {
    rows.merge(key, times, Long::sum);
    if (rows.size() > most()) {
      rows.pollLastEntry();
    }
    greatestHash = rows.lastKey().hash;
  }

  /** The rows, with the sums of their weights. */
  LogitRows rows() {
    return new LogitRows() {
      @Override
      public <S extends RowSums<S>> S scan(SumsAt<S> at) {
        S sums = at.empty();
        forEach(sums::add);
        return sums;
      }
    };
  }

  /** Takes a row. */
  @FunctionalInterface
  interface Taker {
    void take(double[] l, int label, double weight);
  }

  /** Hands on each row, its weight being that of all that are like it. */
  void forEach(Taker taker) {
    rows.forEach((key, times) -> taker.take(key.l, key.label, key.weight * times));
  }

  /** The sum of the weights of the sample. */
  double weight() {
    double[] sum = new double[1];
    forEach((l, label, weight) -> sum[0] += weight);
    return sum[0];
  }

  @Override
  public void merge(SampleOfRows other) {
    classes = Math.max(classes, other.classes);
    other.rows.forEach(this::add);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    out.writeInt(rows.size());
    for (Map.Entry<Key, Long> row : rows.entrySet()) {
      for (double x : row.getKey().l) {
        out.writeDouble(x);
      }
      out.writeInt(row.getKey().label);
      out.writeDouble(row.getKey().weight);
      out.writeLong(row.getValue());
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    classes = Lengths.read("classes", MOST_CLASSES, in);
    int size = Lengths.read("rows of the sample", most(), in);
    for (int r = 0; r < size; r++) {
      double[] l = new double[classes];
      for (int j = 0; j < classes; j++) {
        l[j] = in.readDouble();
      }
      int label = in.readInt();
      double weight = in.readDouble();
      add(new Key(l, label, weight), in.readLong());
    }
  }
}
