// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import org.sparklosses.conformal.SetCounts;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.SharedSums;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.NumberForm;
import org.sparklosses.table.NumberReader;
import org.sparklosses.table.RowSpec;

/**
 * Sets of classes, by their sizes and by whether they hold the label.
 *
 * @param rows the columns of the table
 */
record JudgedSets(RowSpec rows) implements NumbersAggregate.Definition<SetCounts> {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "set_coverage";
  }

  /** The size, and 1 where the label is in the set, else 0. */
  @Override
  public NumberForm form() {
    return NumberForm.ofStage("set", 2);
  }

  @Override
  public GroupBuffer<RowGroup<SetCounts>> newGroups() {
    return new GroupBuffer<>(
        rows,
        rows.groupings(),
        0,
        (declaration, key) -> new RowGroup<>(new SetCounts(rows.isWeighted())));
  }

  @Override
  public InputCheck add(NumberReader row, GroupBuffer<RowGroup<SetCounts>> groups) {
    int label = (int) row.y();
    if (label != row.y() || label < 0 || label >= SharedSums.MOST_CLASSES) {
      return InputCheck.LABEL_OUT_OF_RANGE;
    }
    int size = (int) row.forecast()[0];
    boolean isCovered = row.forecast()[1] == 1;
    groups.forEachOf(row.slices(), group -> group.use().add(size, isCovered, label, row.weight()));
    return null;
  }
}
