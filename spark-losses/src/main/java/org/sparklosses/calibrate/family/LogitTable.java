// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.family;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.calibrate.LogitCells;
import org.sparklosses.calibrate.multiclass.LogProbabilities;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.metric.Component;
import org.sparklosses.metric.ComponentState;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.SharedSums;

/**
 * The table of logits that every calibrator of two classes is fitted from: the same as of a scan of
 * the rows. Of other numbers of classes there is none.
 */
public record LogitTable() implements Component<LogitTable.State> {

  private static final int MOST_ENTRIES = 2 * LogitCells.CELLS;
  private static final int SUMS_OF_ENTRY = 3;
  private static final int BYTES_OF_ENTRY = 32 + SUMS_OF_ENTRY * ExactSums.BYTES_OF_SUM;

  @Override
  public String description() {
    return "table of logits and labels";
  }

  @Override
  public State newState(SharedSums shared) {
    return new State();
  }

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    return classes == 2 ? Math.min(rows, MOST_ENTRIES) * BYTES_OF_ENTRY : 0;
  }

  /** The table. Layout when written: that of {@link LogitCells}. */
  public static final class State implements ComponentState<State> {

    private final LogitCells cells = new LogitCells();

    @Override
    public void add(PredictionRow row) {
      if (row.classes() == 2) {
        double[] l = row.logits();
        LogProbabilities.ofLogits(l);
        cells.add(l[1] - l[0], row.label() == 1, row.weight());
      }
    }

    /** The table; without rows where they are not of two classes. */
    public LogitCells cells() {
      return cells;
    }

    @Override
    public void merge(State other) {
      cells.merge(other.cells);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      cells.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      cells.read(in);
    }
  }
}
