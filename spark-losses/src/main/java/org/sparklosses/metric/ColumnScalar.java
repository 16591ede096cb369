// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/**
 * A number per row that a block has as a column.
 *
 * @param row the number of a row
 * @param column the same of every row of a block, to the same bits
 */
public record ColumnScalar(RowScalar row, Column column) implements RowScalar {

  /** The largest probability. */
  public static final RowScalar CONFIDENCE =
      new ColumnScalar(PredictionRow::confidence, PredictionBlock::confidence);

  /** 1 if the predicted class is the label, else 0. */
  public static final RowScalar CORRECTNESS =
      new ColumnScalar(row -> row.isCorrect() ? 1 : 0, PredictionBlock::correctness);

  /** Writes the number of every row of a block. */
  @FunctionalInterface
  public interface Column {
    /** Writes that of row r to {@code out[r]}. */
    void of(PredictionBlock block, double[] out);
  }

  @Override
  public double of(PredictionRow of) {
    return row.of(of);
  }

  @Override
  public boolean isColumn() {
    return true;
  }

  @Override
  public void of(PredictionBlock block, double[] out) {
    column.of(block, out);
  }
}
