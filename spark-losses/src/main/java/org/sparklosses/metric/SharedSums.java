// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.EnumMap;
import java.util.Map;
import org.sparklosses.exact.Cells;
import org.sparklosses.exact.ClassTotals;
import org.sparklosses.exact.Lengths;
import org.sparklosses.kernel.PartialSums;

/**
 * What the components of a state have in common: the ledger, the cell of all rows and, where a
 * component needs them, sums by class.
 *
 * <p>Layout when written: {@code long rowsSeen}, the {@link Findings}, {@code int classes}, the
 * cell of all rows and, where sums by class are kept and a row was evaluated, the cells by label
 * and the totals by class.
 */
public final class SharedSums {

  /** States of more classes are not read: what they claim to have would not fit in memory. */
  public static final int MOST_CLASSES = 1 << 20;

  private static final PredictionBlock.Attachment<PartialSums> PARTS = PartialSums::new;

  private final boolean weighted;
  private long rowsSeen;
  private final Findings findings = new Findings();
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
    findings.add(check, 1);
  }

  void add(PredictionRow row) {
    rowsSeen++;
    findings.add(InputCheck.SATURATED, row.isSaturated() ? 1 : 0);
    findings.add(InputCheck.TIED_ARGMAX, row.isTied() ? 1 : 0);
    findings.add(InputCheck.CLIPPED, row.isClipped() ? 1 : 0);
    findings.add(InputCheck.RENORMALISED, row.isRenormalised() ? 1 : 0);
    findings.add(InputCheck.PROBABILITY_LIKE, row.isProbabilityLike() ? 1 : 0);
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
    findings.add(InputCheck.SATURATED, saturated);
    findings.add(InputCheck.TIED_ARGMAX, tied);
    findings.add(InputCheck.CLIPPED, clipped);
    findings.add(InputCheck.RENORMALISED, renormalised);
    findings.add(InputCheck.PROBABILITY_LIKE, probabilityLike);
    if (classes == 0) {
      allocate(block.classes());
    }
    addToAll(block, from, to);
    if (isByClass) {
      labels.add(
          block.labels(), block.labelProbability(), block.correctness(), block.weights(), from, to);
      addToTotals(block, from, to);
    }
  }

  private void addToAll(PredictionBlock block, int from, int to) {
    if (weighted) {
      for (int r = from; r < to; r++) {
        all.add(0, block.confidence()[r], block.isCorrect(r), block.weight(r));
      }
      return;
    }
    int correct = 0;
    for (int r = from; r < to; r++) {
      correct += block.isCorrect(r) ? 1 : 0;
    }
    all.addAll(0, block.confidence(), correct, from, to, block.columns(), block.attached(PARTS));
  }

  private void addToTotals(PredictionBlock block, int from, int to) {
    if (weighted) {
      for (int r = from; r < to; r++) {
        block.row(r).addTo(totals, true);
      }
    } else {
      block.shares().addTo(totals, block.columns(), from, to);
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
    findings.merge(other.findings);
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
    Map<InputCheck, Long> found = new EnumMap<>(InputCheck.class);
    found.putAll(findings.counts());
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
    findings.write(out);
    out.writeInt(classes);
    all.write(out);
    if (isByClass && classes > 0) {
      labels.write(out);
      totals.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    rowsSeen = in.readLong();
    findings.read(in);
    classes = Lengths.read("classes", MOST_CLASSES, in);
    all = Cells.read(1, weighted, in);
    if (all.count(0) > rowsSeen || classes > 0 != all.count(0) > 0) {
      throw new StreamCorruptedException(
          "%d rows of %d classes of %d rows seen".formatted(all.count(0), classes, rowsSeen));
    }
    if (isByClass && classes > 0) {
      labels = Cells.read(classes, weighted, in);
      totals = ClassTotals.read(classes, in);
    }
  }
}
