// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.Mergeable;

/**
 * What is kept of rows that have a set of classes and a label: how many there are, and how many
 * have their label in the set, by the size of the set and by the label.
 *
 * <p>Layout when written: the counts by size, then those by label.
 */
public final class SetCounts implements Mergeable<SetCounts> {

  /** About how many bytes of memory a size or class takes. */
  public static final int BYTES_OF_KEY = 250;

  private final CoverageCounts bySize;
  private final CoverageCounts byClass;

  /** Of no rows. */
  public SetCounts(boolean isWeighted) {
    bySize = new CoverageCounts(isWeighted);
    byClass = new CoverageCounts(isWeighted);
  }

  /** Adds a row: the size of its set, whether its label is in it, and the label. */
  public void add(int size, boolean isCovered, int label, double weight) {
    bySize.add(size, isCovered, weight);
    byClass.add(label, isCovered, weight);
  }

  /** The figures of the rows. */
  public SetCoverage coverage() {
    return new SetCoverage(bySize.all(), bySize.byKey(), byClass.byKey());
  }

  @Override
  public void merge(SetCounts other) {
    bySize.merge(other.bySize);
    byClass.merge(other.byClass);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    bySize.write(out);
    byClass.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    bySize.read(in);
    byClass.read(in);
  }
}
