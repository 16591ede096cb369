// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.calibrate.multiclass.RowSums;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.Findings;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.ClassCount;
import org.sparklosses.table.InvalidRowException;

/**
 * The sums of a scan, the number of classes, and which rows were left out.
 *
 * <p>Layout when written: the number of classes, of rows, the {@link Findings}, the sums.
 *
 * @param <S> the sums
 */
final class FitBuffer<S extends RowSums<S>> implements Mergeable<FitBuffer<S>>, ClassCount {

  private final String predictions;
  private final S sums;
  private final Findings findings = new Findings();
  private int classes;
  private long seen;

  /**
   * Of no rows.
   *
   * @param predictions the name of their column, for messages
   * @param classes their number if it is declared, else 0
   */
  FitBuffer(String predictions, int classes, S sums) {
    this.predictions = predictions;
    this.classes = classes;
    this.sums = sums;
  }

  @Override
  public boolean acceptsClasses(int length) {
    if (classes == 0) {
      classes = length;
    }
    return length == classes;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** Adds a row. */
  void add(double[] l, int label, double weight) {
    seen++;
    sums.add(l, label, weight);
  }

  /** Adds a row of a fold. */
  void add(double[] l, int label, double weight, long fold) {
    seen++;
    sums.add(l, label, weight, fold);
  }

  /** Counts a row that is left out. */
  void addUnused(InputCheck check) {
    seen++;
    findings.add(check, 1);
  }

  S sums() {
    return sums;
  }

  /** What was read and what became of it, but for the weights. */
  Ledger ledger() {
    long unused = findings.counts().values().stream().mapToLong(Long::longValue).sum();
    return new Ledger(seen, seen - unused, Double.NaN, findings.counts());
  }

  @Override
  public void merge(FitBuffer<S> other) {
    if (other.classes != 0 && !acceptsClasses(other.classes)) {
      throw InvalidRowException.differentLengths(predictions, classes, other.classes);
    }
    seen += other.seen;
    findings.merge(other.findings);
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    out.writeLong(seen);
    findings.write(out);
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    classes = in.readInt();
    seen = in.readLong();
    findings.read(in);
    sums.read(in);
  }
}
