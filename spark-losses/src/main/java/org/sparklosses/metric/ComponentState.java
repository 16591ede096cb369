package org.sparklosses.metric;

import org.sparklosses.exact.Mergeable;

/**
 * What a component keeps of the rows.
 *
 * @param <S> the state itself
 */
public interface ComponentState<S extends ComponentState<S>> extends Mergeable<S> {

  /** Adds a row, which the shared sums already have. */
  void add(PredictionRow row);
}
