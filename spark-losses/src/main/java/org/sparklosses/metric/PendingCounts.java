package org.sparklosses.metric;

import java.util.Arrays;

/**
 * Rows and hits of the cells of a grid, in as little memory as counting in place takes, until they
 * are moved to where they are kept.
 */
final class PendingCounts {

  /** Far from what an int can count, whatever the next rows are. */
  private static final int MOST_ROWS = 1 << 30;

  private final int[] rows;
  private final int[] hits;
  private int added;

  PendingCounts(int cells) {
    rows = new int[cells];
    hits = new int[cells];
  }

  /** Takes the counts of a cell. */
  @FunctionalInterface
  interface Sink {
    void addRows(int cell, long rows, long hits);
  }

  /** Counts the rows [from, to) of a block, once others are moved where there is no room. */
  void add(Binning binning, double[] scores, double[] outcomes, int from, int to, Sink sink) {
    if (added > MOST_ROWS) {
      moveTo(sink);
    }
    added += to - from;
    for (int r = from; r < to; r++) {
      int cell = binning.of(scores[r]);
      rows[cell]++;
      if (outcomes[r] > 0) {
        hits[cell]++;
      }
    }
  }

  /** Tells all counts, of which nothing is left here. */
  void moveTo(Sink sink) {
    for (int cell = 0; added > 0 && cell < rows.length; cell++) {
      if (rows[cell] > 0) {
        sink.addRows(cell, rows[cell], hits[cell]);
      }
    }
    Arrays.fill(rows, 0);
    Arrays.fill(hits, 0);
    added = 0;
  }
}
