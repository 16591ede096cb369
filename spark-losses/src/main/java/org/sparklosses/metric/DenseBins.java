package org.sparklosses.metric;

/**
 * The bins of the probabilities of every class, of few classes and bins and of rows without
 * weights: whole numbers in one small array, which are moved to {@link SparseCells} now and then.
 * Probabilities are rounded as {@link ClassTotals} rounds them: floats beyond the first of so few
 * bins are multiples of 2^-44 anyway.
 */
final class DenseBins {

  /** Every slice has its own: more would take too much memory where slices are many. */
  private static final int MOST_CELLS = 1 << 9;

  private static final int FLOAT_BITS = 44;
  private static final double FLOAT_UNITS = 0x1p44;
  private static final long FLOAT_MASK = (1L << FLOAT_BITS) - 1;

  private static final int DOUBLE_BITS = 52;
  private static final double DOUBLE_UNITS = 0x1p52;
  private static final long DOUBLE_MASK = (1L << DOUBLE_BITS) - 1;

  /** Farther from an edge, in 2^-44 bins and even in 2^-52, its rounding cannot matter. */
  private static final long EDGE_ZONE = 1L << 20;

  /** So many probabilities in units of 2^-44 stay below 2^63. */
  private static final int FLOAT_ROWS = 1 << 18;

  /** So many in units of 2^-52 do. */
  private static final int DOUBLE_ROWS = 1 << 10;

  private static final int HIT_BITS = 32;
  private static final long ROW = 1L << HIT_BITS;

  private final Binning binning;

  /** Of each class and bin the sum of the probabilities, then rows and hits in one number. */
  private final long[] cells;

  private int rows;
  private final float least;

  /** Whether sums are in units of 2^-52 instead of 2^-44. */
  private boolean isOfDoubles;

  /** Bins without rows. */
  DenseBins(int classes, Binning binning) {
    this.binning = binning;
    cells = new long[2 * classes * binning.cells()];
    least = Math.nextDown((float) binning.edge(1));
  }

  /** Whether so many classes and bins are few enough. */
  static boolean areFew(int classes, Binning binning) {
    return (long) classes * binning.cells() <= MOST_CELLS;
  }

  /** Adds the rows [from, to) of a block, once others are moved where there is no room. */
  void add(PredictionBlock block, int from, int to, SparseCells sparse) {
    boolean ofDoubles = block.shares() instanceof Shares.OfDoubles;
    int most = ofDoubles ? DOUBLE_ROWS : FLOAT_ROWS;
    for (int start = from; start < to; start += most) {
      int end = Math.min(to, start + most);
      if (ofDoubles != isOfDoubles || rows + end - start > most) {
        moveTo(sparse);
      }
      isOfDoubles = ofDoubles;
      rows += end - start;
      add(block, start, end);
    }
  }

  private void add(PredictionBlock block, int from, int to) {
    for (int k = 0; k < block.classes(); k++) {
      if (block.shares() instanceof Shares.OfFloats floats) {
        addListed(block, floats.p(), k, list(block, floats.p(), k, from, to));
      } else if (block.shares() instanceof Shares.OfDoubles doubles) {
        addListed(block, doubles.p(), k, list(block, doubles.p(), k, from, to));
      }
    }
  }

  /**
   * Lists the rows that are not in the first bin of a class, and perhaps some on its edge. A branch
   * would be mispredicted.
   */
  private int list(PredictionBlock block, float[] p, int k, int from, int to) {
    int offset = k * PredictionBlock.STRIDE;
    int[] list = block.list();
    int found = 0;
    for (int r = from; r < to; r++) {
      list[found] = r;
      // The sign bit of the difference.
      found += Float.floatToRawIntBits(least - p[offset + r]) >>> (Integer.SIZE - 1);
    }
    return found;
  }

  private int list(PredictionBlock block, double[] p, int k, int from, int to) {
    int offset = k * PredictionBlock.STRIDE;
    int[] list = block.list();
    int found = 0;
    for (int r = from; r < to; r++) {
      list[found] = r;
      found += (int) (Double.doubleToRawLongBits(least - p[offset + r]) >>> (Long.SIZE - 1));
    }
    return found;
  }

  private void addListed(PredictionBlock block, float[] p, int k, int listed) {
    int[] list = block.list();
    int offset = k * PredictionBlock.STRIDE;
    for (int i = 0; i < listed; i++) {
      int r = list[i];
      long units = (long) (p[offset + r] * FLOAT_UNITS);
      // The bin and, in the lower bits, the place within it; only on edges it matters who has them.
      long place = units * binning.count();
      boolean isOnEdge = ((place + EDGE_ZONE) & FLOAT_MASK) <= 2 * EDGE_ZONE;
      int bin = isOnEdge ? binning.of(p[offset + r]) : (int) (place >>> FLOAT_BITS);
      add(k, bin, units, block.label(r));
    }
  }

  private void addListed(PredictionBlock block, double[] p, int k, int listed) {
    int[] list = block.list();
    int offset = k * PredictionBlock.STRIDE;
    for (int i = 0; i < listed; i++) {
      int r = list[i];
      long units = (long) (ClassTotals.quantized(p[offset + r]) * DOUBLE_UNITS);
      long place = units * binning.count();
      boolean isOnEdge = ((place + EDGE_ZONE) & DOUBLE_MASK) <= 2 * EDGE_ZONE;
      int bin = isOnEdge ? binning.of(p[offset + r]) : (int) (place >>> DOUBLE_BITS);
      add(k, bin, units, block.label(r));
    }
  }

  private void add(int k, int bin, long units, int label) {
    int cell = 2 * (k * binning.cells() + bin);
    cells[cell] += units;
    cells[cell + 1] += ROW + (k == label ? 1 : 0);
  }

  /** Adds all but the first bins to cells by {@code k * bins + bin}; nothing is left here. */
  void moveTo(SparseCells sparse) {
    for (int cell = 0; rows > 0 && cell < cells.length / 2; cell++) {
      long counts = cells[2 * cell + 1];
      if (cell % binning.cells() > 0 && counts > 0) {
        int exponent = isOfDoubles ? -DOUBLE_BITS : -FLOAT_BITS;
        sparse.addShares(cell, counts >>> HIT_BITS, counts & (ROW - 1), cells[2 * cell], exponent);
      }
      cells[2 * cell] = 0;
      cells[2 * cell + 1] = 0;
    }
    rows = 0;
  }
}
