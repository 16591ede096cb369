package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a component keeps of the rows. Exact: the same rows give the same, however they are parted
 * and in whatever order they are added and merged.
 *
 * @param <S> the state itself
 */
public interface ComponentState<S extends ComponentState<S>> {

  /** Adds a row, which the shared sums already have. */
  void add(PredictionRow row);

  /**
   * Adds the rows [from, to) of a block, which the shared sums already have: the same as adding
   * each, which is what is done unless a state knows better.
   *
   * @param summands of each mean of the plan what each row of the block adds to its sum: wx
   */
  default void add(PredictionBlock block, double[][] summands, int from, int to) {
    for (int r = from; r < to; r++) {
      add(block.row(r));
    }
  }

  /** Adds the rows of another state of the same component. */
  void merge(S other);

  /** Writes the state. */
  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote into this state, which has no rows. */
  void read(DataInput in) throws IOException;
}
