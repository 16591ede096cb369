package org.sparklosses.metric;

/** A number that one row gives, to be averaged over rows. */
@FunctionalInterface
public interface RowScalar {

  /** The largest probability. */
  RowScalar CONFIDENCE = of(PredictionRow::confidence, PredictionBlock::confidence);

  /** 1 if the predicted class is the label, else 0. */
  RowScalar CORRECTNESS = of(row -> row.isCorrect() ? 1 : 0, PredictionBlock::correctness);

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
