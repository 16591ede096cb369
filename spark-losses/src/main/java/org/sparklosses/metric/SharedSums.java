package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the components of a state have in common: the ledger, the cell of all rows and, where a
 * component needs them, sums by class.
 *
 * <p>Layout when written: {@code long rowsSeen, int checks}, name and count of each, {@code int
 * classes}, the cell of all rows and, where sums by class are kept and a row was evaluated, the
 * cells by label and the totals by class.
 */
public final class SharedSums {

  private final boolean weighted;
  private long rowsSeen;
  private final Map<InputCheck, Long> counts = new EnumMap<>(InputCheck.class);
  private int classes;

  /** One cell: confidence and correctness of every row. */
  private Cells all;

  private boolean isByClass;
  private double smallestEdge = 1;

  /** By label: the label's probability and correctness. Null before the first row. */
  private Cells labels;

  private ClassTotals totals;

  /** Of each mean what the row that was added last adds to it. */
  private double[] summands = new double[0];

  SharedSums(boolean weighted) {
    this.weighted = weighted;
    all = new Cells(1, weighted);
  }

  /**
   * Makes it keep sums by class, and find the large probabilities of every row.
   *
   * @param edge probabilities below it need not be found
   */
  void keepClasses(double edge) {
    isByClass = true;
    smallestEdge = Math.min(smallestEdge, edge);
  }

  void addUnused(InputCheck check) {
    rowsSeen++;
    counts.merge(check, 1L, Long::sum);
  }

  void add(PredictionRow row) {
    rowsSeen++;
    count(InputCheck.SATURATED, row.isSaturated() ? 1 : 0);
    count(InputCheck.TIED_ARGMAX, row.isTied() ? 1 : 0);
    count(InputCheck.CLIPPED, row.isClipped() ? 1 : 0);
    count(InputCheck.RENORMALISED, row.isRenormalised() ? 1 : 0);
    count(InputCheck.PROBABILITY_LIKE, row.isProbabilityLike() ? 1 : 0);
    if (classes == 0) {
      allocate(row.classes());
    }
    double w = row.weight();
    all.add(0, row.confidence(), row.isCorrect(), w);
    if (isByClass) {
      labels.add(row.label(), row.labelProbability(), row.isCorrect(), w);
      row.addTo(totals, weighted);
      row.findLarge(smallestEdge);
    }
  }

  /** Adds the rows [from, to) of a block. */
  void add(PredictionBlock block, int from, int to) {
    rowsSeen += to - from;
    int saturated = 0;
    int tied = 0;
    int clipped = 0;
    int renormalised = 0;
    int probabilityLike = 0;
    for (int r = from; r < to; r++) {
      saturated += block.isSaturated(r) ? 1 : 0;
      tied += block.isTied(r) ? 1 : 0;
      clipped += block.isClipped(r) ? 1 : 0;
      renormalised += block.isRenormalised(r) ? 1 : 0;
      probabilityLike += block.isProbabilityLike(r) ? 1 : 0;
    }
    count(InputCheck.SATURATED, saturated);
    count(InputCheck.TIED_ARGMAX, tied);
    count(InputCheck.CLIPPED, clipped);
    count(InputCheck.RENORMALISED, renormalised);
    count(InputCheck.PROBABILITY_LIKE, probabilityLike);
    if (classes == 0) {
      allocate(block.classes());
    }
    all.addConfidences(0, block, from, to);
    if (isByClass) {
      labels.add(block, block.labels(), block.labelProbability(), block.correctness(), from, to);
      totals.add(block, from, to, weighted);
    }
  }

  private void count(InputCheck check, int found) {
    if (found > 0) {
      counts.merge(check, (long) found, Long::sum);
    }
  }

  private void allocate(int rowClasses) {
    classes = rowClasses;
    if (isByClass) {
      labels = new Cells(classes, weighted);
      totals = new ClassTotals(classes);
    }
  }

  void merge(SharedSums other) {
    if (classes != 0 && other.classes != 0 && classes != other.classes) {
      throw new IllegalArgumentException(
          "states of " + classes + " and of " + other.classes + " classes cannot be merged");
    }
    rowsSeen += other.rowsSeen;
    other.counts.forEach((check, count) -> counts.merge(check, count, Long::sum));
    if (other.classes == 0) {
      return;
    }
    if (classes == 0) {
      allocate(other.classes);
    }
    all.merge(other.all);
    if (isByClass) {
      labels.merge(other.labels);
      totals.merge(other.totals);
    }
  }

  /** Of each mean wx of the row that was added last; not to be changed. */
  double[] summands() {
    return summands;
  }

  void setMeans(int means) {
    summands = new double[means];
  }

  /** Makes them those of so many rows; nothing else of them is known. */
  void setRows(int rowClasses, long rows, double weight) {
    rowsSeen = rows;
    classes = rowClasses;
    all.addWeights(rows, weight);
  }

  /** Whether rows have weights. */
  public boolean isWeighted() {
    return weighted;
  }

  /** The number of classes; 0 before the first row. */
  public int classes() {
    return classes;
  }

  /** The sum of the weights of the rows evaluated. */
  public double weight() {
    return all.weight(0);
  }

  Ledger ledger() {
    Map<InputCheck, Long> found = new EnumMap<>(counts);
    long evaluated = all.count(0);
    // Logits of some rows may well lie in [0, 1].
    found.computeIfPresent(
        InputCheck.PROBABILITY_LIKE, (check, count) -> count < evaluated ? null : count);
    return new Ledger(rowsSeen, evaluated, all.weight(0), found);
  }

  Cells all() {
    return all;
  }

  Cells labels() {
    return labels;
  }

  ClassTotals totals() {
    return totals;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(rowsSeen);
    out.writeInt(counts.size());
    for (Map.Entry<InputCheck, Long> count : counts.entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
    out.writeInt(classes);
    all.write(out);
    if (isByClass && classes > 0) {
      labels.write(out);
      totals.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    rowsSeen = in.readLong();
    int checks = in.readInt();
    for (int i = 0; i < checks; i++) {
      counts.put(InputCheck.valueOf(in.readUTF()), in.readLong());
    }
    classes = in.readInt();
    all = Cells.read(in);
    if (isByClass && classes > 0) {
      labels = Cells.read(in);
      totals = ClassTotals.read(in);
    }
  }
}
