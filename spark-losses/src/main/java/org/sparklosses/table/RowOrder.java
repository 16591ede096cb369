// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Arrays;

/** The places of a few rows in the order of their groups, rows of one group in their own order. */
final class RowOrder {

  /** With more groups a row than that it is faster to sort than to count. */
  private static final int MOST_GROUPS = 4;

  private final int[] order;
  private final long[] sorted;
  private int[] next = new int[0];

  /**
   * @param rows the most rows
   */
  RowOrder(int rows) {
    order = new int[rows];
    sorted = new long[rows];
  }

  /**
   * Orders rows.
   *
   * @param groups the group of each row, in [0, count)
   */
  void sort(int[] groups, int rows, int count) {
    if (count > MOST_GROUPS * order.length) {
      for (int i = 0; i < rows; i++) {
        sorted[i] = (long) groups[i] << Integer.SIZE | i;
      }
      Arrays.sort(sorted, 0, rows);
      for (int place = 0; place < rows; place++) {
        order[place] = (int) sorted[place];
      }
      return;
    }
    if (next.length < count + 1) {
      next = new int[2 * count + 1];
    }
    Arrays.fill(next, 0, count + 1, 0);
    for (int i = 0; i < rows; i++) {
      next[groups[i] + 1]++;
    }
    for (int group = 0; group < count; group++) {
      next[group + 1] += next[group];
    }
    for (int i = 0; i < rows; i++) {
      order[next[groups[i]]++] = i;
    }
  }

  /** The row at a place of the order. */
  int at(int place) {
    return order[place];
  }
}
