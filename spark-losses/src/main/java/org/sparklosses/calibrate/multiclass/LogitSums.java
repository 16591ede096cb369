// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.calibrate.LogitCells;

/**
 * What calibrators of two classes are fitted from: a table of logits.
 *
 * <p>Layout when written: that of {@link LogitCells}.
 */
final class LogitSums implements RowSums<LogitSums> {

  private final LogitCells cells = new LogitCells();

  /** The table. */
  record At() implements SumsAt<LogitSums> {

    private static final long serialVersionUID = 1L;

    @Override
    public LogitSums empty() {
      return new LogitSums();
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    if (l.length != 2) {
      throw new IllegalArgumentException(
          "a row has %d classes where this method of calibration takes two; choose one of several"
                  .formatted(l.length)
              + " classes, such as structured_matrix_scaling");
    }
    cells.add(l[1] - l[0], label == 1, weight);
  }

  LogitCells cells() {
    return cells;
  }

  @Override
  public void merge(LogitSums other) {
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
