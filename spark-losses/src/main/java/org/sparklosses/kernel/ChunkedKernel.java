// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.Arrays;

/** The walk over a row, chunk by chunk, around the loops of a provider. */
final class ChunkedKernel implements RowKernel {

  private final ChunkLoops loops;

  /** The scratch of a row; a thread reads one row at a time. */
  private final ThreadLocal<RowAccumulator> accumulators =
      ThreadLocal.withInitial(RowAccumulator::new);

  ChunkedKernel(ChunkLoops loops) {
    this.loops = loops;
  }

  @Override
  public String name() {
    return loops.name();
  }

  @Override
  public RowStatistics statistics(float[] z, int offset, int length, int label) {
    RowAccumulator row = accumulators.get();
    return statistics(row, z, offset, length, label, true, null);
  }

  @Override
  public RowStatistics exponentials(float[] z, int offset, int length, int label, float[] out) {
    RowAccumulator row = accumulators.get();
    return statistics(row, z, offset, length, label, false, out);
  }

  @Override
  public ColumnKernel columns() {
    return loops.columns();
  }

  @Override
  public boolean prefersTiles() {
    return loops.prefersTiles();
  }

  @Override
  public void readTile(float[] z, int at, int stride, int length, float[] e, RowTile tile) {
    tile.read(loops, z, at, stride, length, e);
  }

  @Override
  public void rankLabels(RowTile tile, int[] labels, int first, int rows) {
    tile.rankLabels(loops, labels, first, rows);
  }

  /**
   * Chunk by chunk.
   *
   * @param out receives the exponentials, or null
   */
  private RowStatistics statistics(
      RowAccumulator row,
      float[] z,
      int offset,
      int length,
      int label,
      boolean moments,
      float[] out) {
    if (length <= ShortRow.LONGEST) {
      return ShortRow.statistics(
          row, z, offset, length, label, moments, out == null ? row.floatChunk : out);
    }
    // Not -0: order() tells by the sign of a difference.
    float y = label < 0 ? Float.NaN : z[offset + label] + 0.0f;
    row.start(label, y);
    int end = offset + length;
    for (int from = offset; from < end; from += ChunkLoops.FLOATS) {
      int to = Math.min(end, from + ChunkLoops.FLOATS);
      loops.order(z, from, to, y, row.ints);
      row.mergeFloatOrder(from);
      if (row.floatsHoldNaN() || row.max() == Double.POSITIVE_INFINITY) {
        return IrregularRow.statistics(z, offset, length, label);
      }
      if (label >= 0) {
        row.addRank(rank(z, from, to, offset + label, y, row.ints));
      }
      if (row.chunkHasNegativeInfinity()) {
        row.addNegativeInfinities(to - from - loops.countAtLeast(z, from, to, -Float.MAX_VALUE));
      }
      if (moments) {
        loops.moments(z, from, to, row.doubles);
        boolean holdsLabel = label >= from - offset && label < to - offset;
        if (row.mergeFloatMoments(holdsLabel)) {
          row.addSquaresOthers(squares(z, from, to, holdsLabel ? offset + label : -1));
        }
      }
      float[] e = out == null ? row.floatChunk : out;
      int at = out == null ? 0 : from - offset;
      if (row.max() > Double.NEGATIVE_INFINITY) {
        loops.exponentials(z, from, to, (float) row.max(), row.floats, row.doubles, e, at);
        row.mergeFloatExponentials();
      } else {
        Arrays.fill(e, at, at + to - from, 0.0f);
      }
      row.keepReference((from - offset) / ChunkLoops.FLOATS);
    }
    if (row.max() == Double.NEGATIVE_INFINITY) {
      return IrregularRow.statistics(z, offset, length, label);
    }
    if (out != null) {
      row.rescale(out, length);
    }
    if (!moments) {
      row.withoutMoments();
    }
    return row.finish(
        length, loops.firstAtLeast(z, row.maxFrom(), end, (float) row.max()) - offset);
  }

  @Override
  public RowStatistics statistics(double[] z, int offset, int length, int label) {
    RowAccumulator row = accumulators.get();
    double y = label < 0 ? Double.NaN : z[offset + label];
    row.start(label, y);
    int end = offset + length;
    for (int from = offset; from < end; from += ChunkLoops.DOUBLES) {
      int to = Math.min(end, from + ChunkLoops.DOUBLES);
      loops.extremes(z, from, to, row.doubles);
      row.mergeDoubleExtremes(from);
      loops.moments(z, from, to, row.doubles);
      boolean holdsLabel = label >= from - offset && label < to - offset;
      if (row.mergeDoubleMoments(holdsLabel)) {
        row.addSquaresOthers(squares(z, from, to, holdsLabel ? offset + label : -1));
      }
      if (row.max() == Double.POSITIVE_INFINITY || (row.suspectsNaN() && holdsNaN(z, from, to))) {
        return IrregularRow.statistics(z, offset, length, label);
      }
      if (row.chunkHasNegativeInfinity()) {
        row.addNegativeInfinities(to - from - loops.countAtLeast(z, from, to, -Double.MAX_VALUE));
      }
      if (row.max() > Double.NEGATIVE_INFINITY) {
        loops.exponentials(z, from, to, row.max(), row.doubles);
        row.mergeDoubleExponentials();
      }
      if (label >= 0) {
        row.addRank(rank(z, from, to, offset + label, y));
      }
    }
    if (row.max() == Double.NEGATIVE_INFINITY) {
      return IrregularRow.statistics(z, offset, length, label);
    }
    return row.finish(length, loops.firstAtLeast(z, row.maxFrom(), end, row.max()) - offset);
  }

  /**
   * The elements of a chunk that an argmax with lowest index first lists before element {@code at}:
   * those at least as large before it and those larger behind it.
   *
   * @param order the order statistics of the chunk
   */
  private int rank(float[] z, int from, int to, int at, float y, int[] order) {
    if (Float.isInfinite(y)) {
      return rank(z, from, to, at, y);
    }
    int above = order[4];
    int ties = to - from - order[3] - above;
    // The label's own entry is the usual tie.
    boolean isOnlyTie = at >= from && at < to && ties == 1;
    return ties == 0 || isOnlyTie ? above : rank(z, from, to, at, y);
  }

  private int rank(float[] z, int from, int to, int at, float y) {
    int count = 0;
    if (from < at) {
      count += loops.countAtLeast(z, from, Math.min(at, to), y);
    }
    if (at + 1 < to) {
      count += loops.countAtLeast(z, Math.max(at + 1, from), to, Math.nextUp(y));
    }
    return count;
  }

  /** As for float. */
  private int rank(double[] z, int from, int to, int at, double y) {
    int count = 0;
    if (from < at) {
      count += loops.countAtLeast(z, from, Math.min(at, to), y);
    }
    if (at + 1 < to) {
      count += loops.countAtLeast(z, Math.max(at + 1, from), to, Math.nextUp(y));
    }
    return count;
  }

  private static boolean holdsNaN(double[] z, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Double.isNaN(z[i])) {
        return true;
      }
    }
    return false;
  }

  static double squares(float[] z, int from, int to, int except) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += i == except ? 0.0 : (double) z[i] * z[i];
    }
    return sum;
  }

  private static double squares(double[] z, int from, int to, int except) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += i == except ? 0.0 : z[i] * z[i];
    }
    return sum;
  }

  @Override
  public void softmax(float[] z, int offset, int length, RowStatistics row, float[] out) {
    if (row.hasSoftmax()) {
      loops.softmax(z, offset, length, (float) row.max(), (float) (1.0 / row.sumExp()), out);
    } else {
      Arrays.fill(out, 0, length, Float.NaN);
    }
  }

  @Override
  public void softmax(double[] z, int offset, int length, RowStatistics row, double[] out) {
    if (row.hasSoftmax()) {
      loops.softmax(z, offset, length, row.max(), 1.0 / row.sumExp(), out);
    } else {
      Arrays.fill(out, 0, length, Double.NaN);
    }
  }

  @Override
  public int firstAtLeast(float[] p, int from, int to, float threshold) {
    return loops.firstAtLeast(p, from, to, threshold);
  }

  @Override
  public int firstAtLeast(double[] p, int from, int to, double threshold) {
    return loops.firstAtLeast(p, from, to, threshold);
  }

  @Override
  public void addQuantized(float[] e, int length, float scale, double[] totals) {
    loops.addQuantized(e, length, scale, totals);
  }

  @Override
  public void addQuantized(double[] p, int length, double[] totals) {
    loops.addQuantized(p, length, totals);
  }
}
