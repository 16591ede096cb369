package org.sparklosses.metric;

/**
 * Cells of scores, fixed in advance, in ascending order.
 *
 * <p>Of probabilities: cells of equal width on [0, 1], closed on the right, 0 in the first; 3600
 * for one series, so that the usual numbers of bins divide it. Of other scores: the sign, the
 * exponent and the first 8 bits of the fraction, so that a cell is at most 1/256 of its score wide;
 * everything up to 2^-32 in magnitude shares one cell, everything from 2^32 on another.
 */
final class ScoreGrid {

  /** Divisible by all usual numbers of bins. */
  static final int CELLS = 3600;

  private static final int[] COARSER = {3600, 1800, 720, 360, 180, 60};

  /** All series of a source have at most about so many cells together. */
  private static final int ALL_CELLS = 360_000;

  private static final int FRACTION_BITS = 8;
  private static final int DROPPED_BITS = 52 - FRACTION_BITS;
  private static final long LEAST = Double.doubleToRawLongBits(0x1p-32) >> DROPPED_BITS;
  private static final long MOST = Double.doubleToRawLongBits(0x1p32) >> DROPPED_BITS;

  private final Binning binning;

  private ScoreGrid(Binning binning) {
    this.binning = binning;
  }

  /** The grid of each of so many series. */
  static ScoreGrid of(boolean isProbability, int series) {
    if (!isProbability) {
      return new ScoreGrid(null);
    }
    int cells = COARSER[COARSER.length - 1];
    for (int i = COARSER.length - 1; i >= 0; i--) {
      cells = (long) COARSER[i] * series <= ALL_CELLS ? COARSER[i] : cells;
    }
    return new ScoreGrid(new Binning(cells, Binning.Side.RIGHT));
  }

  /** The most cells that can be in use. */
  int size() {
    return binning == null ? (int) (2 * (MOST - LEAST + 1) + 1) : binning.count();
  }

  /** Whether {@link #cell} can give it. */
  boolean isCell(long key) {
    return binning == null
        ? Math.abs(key) <= MOST - LEAST + 1 && key != Long.MIN_VALUE
        : key >= 0 && key < size();
  }

  /** The cells of equal width; null of scores that are no probabilities. */
  Binning binning() {
    return binning;
  }

  /** The middle of a cell of equal width. */
  double middle(long cell) {
    return (binning.edge((int) cell) + binning.edge((int) cell + 1)) / 2;
  }

  /** The cell of a score. */
  long cell(double score) {
    if (binning != null) {
      return binning.of(score);
    }
    long bits = Double.doubleToRawLongBits(Math.abs(score)) >> DROPPED_BITS;
    long magnitude = Math.max(0, Math.min(bits, MOST) - LEAST + 1);
    return score < 0 ? -magnitude : magnitude;
  }
}
