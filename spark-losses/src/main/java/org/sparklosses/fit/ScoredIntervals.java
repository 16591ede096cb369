// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import org.sparklosses.conformal.IntervalScores;
import org.sparklosses.conformal.ScoreCounts;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.NumberForm;
import org.sparklosses.table.NumberReader;
import org.sparklosses.table.RowSpec;

/**
 * How far intervals, or points in one column, miss the number that came true.
 *
 * @param form of intervals or points
 * @param cells of scores
 */
record ScoredIntervals(NumberForm form, ScoreCells cells)
    implements NumbersAggregate.Definition<ScoreCounts> {

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "interval_scores";
  }

  @Override
  public RowSpec rows() {
    return cells.rows();
  }

  @Override
  public GroupBuffer<RowGroup<ScoreCounts>> newGroups() {
    return cells.newGroups(0);
  }

  @Override
  public InputCheck add(NumberReader row, GroupBuffer<RowGroup<ScoreCounts>> groups) {
    double[] ends = row.forecast();
    float score =
        IntervalScores.roundedUp(IntervalScores.of(ends[0], ends[ends.length - 1], row.y()));
    groups.forEachOf(row.slices(), group -> group.use().add(0, score, row.weight()));
    return null;
  }
}
