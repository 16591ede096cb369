package org.sparklosses.metric;

/** A state of a component that takes many rows at once. */
public interface BlockwiseState {

  /**
   * Adds the rows [from, to) of a block, which the shared sums already have: the same as adding
   * each.
   *
   * @param summands of each mean of the plan what each row of the block adds to its sum: wx
   */
  void add(PredictionBlock block, double[][] summands, int from, int to);
}
