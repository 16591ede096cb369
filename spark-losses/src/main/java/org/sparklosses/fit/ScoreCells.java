// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparklosses.conformal.ScoreCounts;
import org.sparklosses.conformal.ThresholdTable;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.SliceKey;

/**
 * What a scan counts: the cells of all scores, or the scores in some cells of each group.
 *
 * @param rows the columns; at most one of them groups rows
 * @param cells by group; null where cells are counted
 */
record ScoreCells(RowSpec rows, HashMap<String, long[]> cells) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final long[] NONE = {};

  /** What the first scan counts. */
  static ScoreCells all(RowSpec rows) {
    return new ScoreCells(rows, null);
  }

  /** What the second scan counts. */
  static ScoreCells within(RowSpec rows, Map<String, long[]> cells) {
    return new ScoreCells(rows, new HashMap<>(cells));
  }

  /** Whether the cells of all scores are counted. */
  boolean areAll() {
    return cells == null;
  }

  /** The groups of no rows. */
  GroupBuffer<RowGroup<ScoreCounts>> newGroups(int declaredClasses) {
    return new GroupBuffer<>(
        rows,
        rows.groupings(),
        declaredClasses,
        (declaration, key) -> new RowGroup<>(counts(group(key))));
  }

  private ScoreCounts counts(String group) {
    return cells == null
        ? ScoreCounts.ofCells(rows.isWeighted())
        : ScoreCounts.within(rows.isWeighted(), cells.getOrDefault(group, NONE));
  }

  /** The group of a key as a {@link ThresholdTable} has it. */
  String group(SliceKey key) {
    List<String> columns = rows.groupings().get(0);
    return columns.isEmpty() ? ThresholdTable.ALL : key.named(columns).get(columns.get(0));
  }
}
