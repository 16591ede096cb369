package org.sparklosses.metric;

/** A number that one row gives, to be averaged over rows. */
@FunctionalInterface
public interface RowScalar {

  /** The number of a row that has no fault. */
  double of(PredictionRow row);

  /**
   * A number that blocks have as a column.
   *
   * @param column the same number of every row of a block, to the same bits
   */
  static RowScalar of(RowScalar row, ColumnScalar.Column column) {
    return new ColumnScalar(row, column);
  }
}
