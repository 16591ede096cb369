// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.List;
import java.util.Optional;
import org.sparklosses.exact.ExactSums;

/**
 * A part of the state that metrics are read off, with a state of its own. A component is a value:
 * equal components keep the same.
 *
 * @param <S> its state
 */
public non-sealed interface Component<S extends ComponentState<S>> extends Need {

  /** What is kept of the rows: the states of several components. */
  interface Kept {

    /** What they have in common. */
    SharedSums shared();

    /** The components whose states are kept. */
    List<Component<?>> components();

    /** The state of a component that is kept itself. */
    <S extends ComponentState<S>> Optional<S> kept(Component<S> component);

    /**
     * The state of a component.
     *
     * @throws IllegalArgumentException if it neither is kept nor follows from what is
     */
    <S extends ComponentState<S>> S get(Component<S> component);
  }

  /**
   * The state of no rows.
   *
   * @param shared what all components of a state have in common; it has no rows yet
   */
  S newState(SharedSums shared);

  /**
   * About how many bytes of memory a state of so many rows takes, which differ as rows do that are
   * new; a few hundred unless said otherwise.
   *
   * @param classes the number of classes
   * @param weighted whether rows have weights
   */
  default long bytes(long rows, int classes, boolean weighted) {
    return ExactSums.BYTES_OF_SUM;
  }

  /** What this component would have kept, if that follows from what is kept. */
  default Optional<S> derivedFrom(Kept kept) {
    return Optional.empty();
  }
}
