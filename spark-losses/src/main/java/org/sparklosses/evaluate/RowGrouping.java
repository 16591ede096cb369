package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.List;

/**
 * By which groups one pass of a comparison takes the rows, and what it keeps of each. It travels to
 * the executors.
 *
 * @param <G> what is kept of a group
 */
interface RowGrouping<G extends RowGroup<G>> extends Serializable {

  /** What is compared. */
  ComparisonSpec spec();

  /** The columns of each way to group the rows; no columns make one group of all rows. */
  List<List<String>> declarations();

  /** A group of no rows. */
  G newGroup(int declaration, SliceKey key);
}
