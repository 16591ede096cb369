// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.io.Serializable;
import java.util.List;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.SliceKey;

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

  /** The groups of no rows. */
  default GroupBuffer<G> newGroups() {
    PredictionSpec input = spec().evaluation().input();
    RowSpec rows = input.rows().withPredictions(String.join(", ", spec().columns()));
    return new GroupBuffer<>(rows, declarations(), input.classes(), this::newGroup);
  }
}
