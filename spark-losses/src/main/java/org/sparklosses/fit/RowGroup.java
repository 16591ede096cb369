// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.Findings;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;

/**
 * What is kept of the rows of a group, and which rows were left out.
 *
 * <p>Layout when written: the number of rows, the {@link Findings}, what is kept.
 *
 * @param <C> what is kept
 */
final class RowGroup<C extends Mergeable<C>> implements Mergeable<RowGroup<C>> {

  private final C kept;
  private final Findings findings = new Findings();
  private long seen;

  /** Of no rows. */
  RowGroup(C kept) {
    this.kept = kept;
  }

  /** Counts a row that is used, and gives what it is to be added to. */
  C use() {
    seen++;
    return kept;
  }

  /** Counts a row that is left out. */
  void addUnused(InputCheck check) {
    seen++;
    findings.add(check, 1);
  }

  C kept() {
    return kept;
  }

  /** What was read and what became of it, but for the weights. */
  Ledger ledger() {
    long unused = findings.counts().values().stream().mapToLong(Long::longValue).sum();
    return new Ledger(seen, seen - unused, Double.NaN, findings.counts());
  }

  /** Adds the rows of another, but for what is kept of them. */
  void mergeRows(RowGroup<?> other) {
    seen += other.seen;
    findings.merge(other.findings);
  }

  @Override
  public void merge(RowGroup<C> other) {
    mergeRows(other);
    kept.merge(other.kept);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(seen);
    findings.write(out);
    kept.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    seen = in.readLong();
    findings.read(in);
    kept.read(in);
  }
}
