package org.sparklosses.metric;

/** A number that one row gives, to be averaged over rows. */
@FunctionalInterface
public interface RowScalar {

  /** The number of a row that has no fault. */
  double of(PredictionRow row);
}
