// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import java.util.Arrays;
import org.sparklosses.kernel.ChunkLoops;
import org.sparklosses.kernel.ColumnKernel;
import org.sparklosses.kernel.RowTile;
import org.sparklosses.kernel.ScalarLoops;

/** The loops in the Vector API: whole groups of lanes here, the rest of the chunk in plain Java. */
public final class VectorLoops implements ChunkLoops {

  /** Plain Java's loop over doubles is vectorised by the compiler itself. */
  private static final ScalarLoops SCALAR = new ScalarLoops();

  /** Called by name. */
  public VectorLoops() {}

  @Override
  public String name() {
    return "vector-" + VectorWidth.BITS;
  }

  @Override
  public ColumnKernel columns() {
    return VectorColumns.INSTANCE;
  }

  @Override
  public boolean prefersTiles() {
    return true;
  }

  @Override
  public void order(float[] z, int from, int to, float y, int[] result) {
    if (to - from < 2 * FloatLoops.W) {
      SCALAR.order(z, from, to, y, result);
      return;
    }
    int end = from + (to - from) / (2 * FloatLoops.W) * (2 * FloatLoops.W);
    FloatLoops.order(z, from, end, y, result);
    ScalarLoops.mergeLanes(result, FloatLoops.W);
    ScalarLoops.addOrder(z, end, to, y, result);
  }

  @Override
  public void extremes(double[] z, int from, int to, double[] result) {
    if (to - from < DOUBLE_LANES) {
      SCALAR.extremes(z, from, to, result);
      return;
    }
    int end = from + (to - from) / DOUBLE_LANES * DOUBLE_LANES;
    for (int group = 0; group < DOUBLE_LANES; group += DoubleLoops.W) {
      DoubleLoops.extremes(z, from, end, group, result);
    }
    ScalarLoops.mergeLanes(result, DOUBLE_LANES);
    ScalarLoops.addExtremes(z, end, to, result);
  }

  @Override
  public void moments(float[] z, int from, int to, double[] lanes) {
    int end = from + (to - from) / FLOAT_LANES * FLOAT_LANES;
    for (int group = 0; group < FLOAT_LANES; group += 2 * FloatLoops.DW) {
      FloatLoops.moments(z, from, end, group, lanes);
    }
    ScalarLoops.addMoments(z, end, to - end, lanes);
  }

  @Override
  public void moments(double[] z, int from, int to, double[] lanes) {
    int end = from + (to - from) / DOUBLE_LANES * DOUBLE_LANES;
    for (int group = 0; group < DOUBLE_LANES; group += DoubleLoops.W) {
      DoubleLoops.moments(z, from, end, group, lanes);
    }
    ScalarLoops.addMoments(z, end, to - end, lanes);
  }

  @Override
  public void exponentials(
      float[] z,
      int from,
      int to,
      float reference,
      float[] run,
      double[] lanes,
      float[] out,
      int at) {
    if (to - from < FLOAT_LANES) {
      SCALAR.exponentials(z, from, to, reference, run, lanes, out, at);
      return;
    }
    Arrays.fill(lanes, 0, 3 * FLOAT_LANES, 0.0);
    for (int start = from; start < to; start += FLOAT_RUN) {
      int count = Math.min(to - start, FLOAT_RUN);
      int end = start + count / FLOAT_LANES * FLOAT_LANES;
      int first = at + start - from;
      for (int group = 0; group < FLOAT_LANES; group += FloatLoops.W) {
        FloatLoops.exponentials(z, start, end, group, reference, run, out, first);
      }
      ScalarLoops.addExponentials(
          z, end, start + count - end, reference, run, out, first + end - start);
      FloatLoops.addRun(run, lanes);
    }
  }

  @Override
  public void exponentials(double[] z, int from, int to, double reference, double[] lanes) {
    int end = from + (to - from) / DOUBLE_LANES * DOUBLE_LANES;
    for (int group = 0; group < DOUBLE_LANES; group += DoubleLoops.W) {
      DoubleLoops.exponentials(z, from, end, group, reference, lanes);
    }
    ScalarLoops.addExponentials(z, end, to - end, reference, lanes);
  }

  @Override
  public int countAtLeast(float[] z, int from, int to, float threshold) {
    return FloatLoops.countAtLeast(z, from, to, threshold);
  }

  @Override
  public int countAtLeast(double[] z, int from, int to, double threshold) {
    return DoubleLoops.countAtLeast(z, from, to, threshold);
  }

  @Override
  public int firstAtLeast(float[] z, int from, int to, float threshold) {
    if (to - from < FLOAT_LANES) {
      return SCALAR.firstAtLeast(z, from, to, threshold);
    }
    int group = FloatLoops.groupOfFirstAtLeast(z, from, to, threshold);
    return SCALAR.firstAtLeast(z, group, to, threshold);
  }

  @Override
  public int firstAtLeast(double[] z, int from, int to, double threshold) {
    int group = DoubleLoops.groupOfFirstAtLeast(z, from, to, threshold);
    return SCALAR.firstAtLeast(z, group, to, threshold);
  }

  @Override
  public void softmax(float[] z, int offset, int length, float max, float scale, float[] out) {
    FloatLoops.softmax(z, offset, length, max, scale, out);
  }

  @Override
  public void softmax(double[] z, int offset, int length, double max, double scale, double[] out) {
    DoubleLoops.softmax(z, offset, length, max, scale, out);
  }

  @Override
  public void addQuantized(float[] e, int length, float scale, double[] totals) {
    FloatLoops.addQuantized(e, length, scale, totals);
  }

  @Override
  public void addQuantized(double[] p, int length, double[] totals) {
    SCALAR.addQuantized(p, length, totals);
  }

  @Override
  public void tileOrder(
      float[] z,
      int at,
      int stride,
      int length,
      int[] largest,
      int[] second,
      int[] smallest,
      int[] argmax) {
    for (int row = 0; row < RowTile.ROWS; row += TileLoops.W) {
      TileLoops.order(z, at + row, stride, length, row, largest, second, smallest, argmax);
    }
  }

  @Override
  public void tileExponentials(
      float[] z, int at, int stride, int length, float[] max, float[] e, float[] lanes) {
    for (int row = 0; row < RowTile.ROWS; row += TileLoops.W) {
      TileLoops.exponentials(z, at + row, stride, length, row, max, e, lanes);
    }
  }

  @Override
  public void addTileExponentials(
      float[] z, int at, int stride, int length, float[] max, float[] e, float[] lanes) {
    for (int row = 0; row < RowTile.ROWS; row += TileLoops.W) {
      TileLoops.addExponentials(z, at + row, stride, length, row, max, e, lanes);
    }
  }

  @Override
  public void tileRanks(
      float[] z, int at, int stride, int length, int[] labels, float[] y, int[] ranks) {
    for (int row = 0; row < RowTile.ROWS; row += TileLoops.W) {
      TileLoops.ranks(z, at + row, stride, length, row, labels, y, ranks);
    }
  }

  @Override
  public void tileSums(float[] lanes, int at, int used, double[] nodes, double[] out, int outAt) {
    TileLoops.sums(lanes, at, used, nodes, out, outAt);
  }
}
