package org.sparklosses.metric;

/**
 * A number per row that a block has as a column.
 *
 * @param row the number of a row
 * @param column the same of every row of a block, to the same bits
 */
public record ColumnScalar(RowScalar row, Column column) implements RowScalar {

  /** Writes the number of every row of a block. */
  @FunctionalInterface
  public interface Column {
    void of(PredictionBlock block, double[] out);
  }

  @Override
  public double of(PredictionRow of) {
    return row.of(of);
  }

  void of(PredictionBlock block, double[] out) {
    column.of(block, out);
  }
}
