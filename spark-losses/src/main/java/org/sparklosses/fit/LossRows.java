// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import org.sparklosses.conformal.RiskSums;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.NumberForm;
import org.sparklosses.table.NumberReader;
import org.sparklosses.table.RowSpec;

/**
 * Losses of rows, one for each value of a parameter.
 *
 * @param rows the columns of the table
 * @param form an array of losses
 * @param bound no loss is more
 */
record LossRows(RowSpec rows, NumberForm form, double bound)
    implements NumbersAggregate.Definition<RiskSums> {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "risk_sums";
  }

  @Override
  public GroupBuffer<RowGroup<RiskSums>> newGroups() {
    return new GroupBuffer<>(
        rows,
        rows.groupings(),
        0,
        (declaration, key) -> new RowGroup<>(new RiskSums(form.length(), bound)));
  }

  @Override
  public InputCheck add(NumberReader row, GroupBuffer<RowGroup<RiskSums>> groups) {
    try {
      groups.forEachOf(row.slices(), group -> group.use().add(row.forecast()));
    } catch (IllegalArgumentException e) {
      throw row.impossible("column '%s': %s".formatted(rows.predictions(), e.getMessage()));
    }
    return null;
  }
}
