// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.IOException;
import java.io.StreamCorruptedException;
import org.sparklosses.exact.Binning;

/**
 * Cells of scores, in ascending order, at every level of fineness: two neighbouring cells of a
 * level are one of the next. A distribution is kept at the first level at which its scores lie in
 * at most {@link #mostCells} cells; which that is depends on the scores alone.
 *
 * <p>Where bins of equal width are to be read off, no cell goes beyond one of many bins whose
 * number the usual numbers of bins divide.
 *
 * @param scale what the scores are
 * @param binning the bins beyond which no cell goes; null for none
 * @param mostCells the most cells in use
 */
record ScoreGrid(ScoreScale scale, Binning binning, int mostCells) {

  /** The finest level. */
  static final int FIRST_LEVEL = 16;

  /** The coarsest level: one cell on either side of the middle. */
  private static final int LAST_LEVEL = 62;

  /** Places of the finest level from the lowest to the highest take so many bits. */
  private static final int PLACE_BITS = 47;

  private static final long PLACE_MASK = (1L << PLACE_BITS) - 1;

  /** Divisible by all usual numbers of bins. */
  static final int BINS = 3600;

  private static final int[] FEWER_BINS = {3600, 1800, 720, 360, 180, 60};

  /** Cells that only have counts: of one series, and of each of several. */
  private static final int COUNTED = 10_000;

  private static final int COUNTED_OF_SEVERAL = 4096;

  /** All series of a source have at most about so many cells together. */
  private static final int ALL_CELLS = 360_000;

  /**
   * The grid of each of so many series.
   *
   * @param hasBins whether, of probabilities, bins of equal width are to be read off
   */
  static ScoreGrid of(ScoreScale scale, boolean hasBins, int series) {
    if (hasBins && scale.saysProbabilities()) {
      int bins = FEWER_BINS[FEWER_BINS.length - 1];
      for (int i = FEWER_BINS.length - 1; i >= 0; i--) {
        bins = (long) FEWER_BINS[i] * series <= ALL_CELLS ? FEWER_BINS[i] : bins;
      }
      return new ScoreGrid(scale, new Binning(bins, Binning.Side.RIGHT), bins / 3 * 5);
    }
    int most = series == 1 ? COUNTED : COUNTED_OF_SEVERAL;
    return new ScoreGrid(
        scale, null, Math.max(100, Math.min(most, ALL_CELLS / Math.max(1, series))));
  }

  /** The cell of a score. */
  long cell(double score, int level) {
    long place = scale.place(score);
    return binning == null
        ? place >> level
        : ((long) binning.of(scale.said(score)) << PLACE_BITS)
            | ((place + ScoreScale.MOST) >> level);
  }

  /** The cell, so many levels on, that holds a cell. */
  long coarser(long cell, int levels) {
    return binning == null
        ? cell >> levels
        : (cell & ~PLACE_MASK) | ((cell & PLACE_MASK) >> levels);
  }

  /**
   * Checks a level that was read.
   *
   * @throws IOException if there is none such
   */
  static void checkLevel(int level) throws IOException {
    if (level < FIRST_LEVEL || level > LAST_LEVEL) {
      throw new StreamCorruptedException("cells of level " + level);
    }
  }

  /** Whether {@link #cell} can give it. */
  boolean isCell(long cell, int level) {
    if (binning == null) {
      return cell <= ScoreScale.MOST >> level && cell >= -ScoreScale.MOST >> level;
    }
    return cell >= 0
        && bin(cell) < binning.cells()
        && (cell & PLACE_MASK) >> (Long.SIZE - 1 - level) == 0;
  }

  /** The bin of {@link #binning} that holds a cell. */
  int bin(long cell) {
    return (int) (cell >> PLACE_BITS);
  }

  /** A score in the middle of a cell of a grid without bins. */
  double middle(long cell, int level) {
    return scale.score((cell << level) + (1L << (level - 1)));
  }

  /**
   * How many levels on cells are few enough.
   *
   * @param cells in ascending order
   * @param level theirs
   */
  int levelsOn(long[] cells, int level) {
    if (cells.length <= mostCells) {
      return 0;
    }
    int[] joining = new int[Long.SIZE + 1];
    for (int i = 1; i < cells.length; i++) {
      // Neighbours are one cell from the level on that drops their highest different bit.
      joining[Long.SIZE - Long.numberOfLeadingZeros(cells[i - 1] ^ cells[i])]++;
    }
    int levels = 0;
    int used = cells.length;
    while (used > mostCells && level + levels < LAST_LEVEL) {
      levels++;
      used -= joining[levels];
    }
    return levels;
  }
}
