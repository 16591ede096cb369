// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.List;

/**
 * Columns of numbers: the points of a curve, the cells of a matrix.
 *
 * @param name what it is, for example {@code roc_curve}
 * @param columns the names of the columns
 * @param rows one number a column each; NaN where undefined
 */
public record NumberTable(String name, List<String> columns, List<List<Double>> rows)
    implements Table {

  /** Copies the lists. */
  public NumberTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }
}
