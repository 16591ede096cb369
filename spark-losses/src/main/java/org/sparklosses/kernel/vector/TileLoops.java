// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.sparklosses.kernel.ChunkLoops;
import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.RowTile;

/** The loops over a tile of short rows: a lane is a row. */
final class TileLoops {

  private static final VectorSpecies<Float> S = FloatLoops.S;
  private static final VectorSpecies<Float> HALF = FloatLoops.HALF;
  private static final VectorSpecies<Double> DS = FloatLoops.DS;
  private static final VectorSpecies<Integer> IS = VectorSpecies.of(int.class, VectorWidth.shape());

  static final int W = S.length();
  private static final int DW = DS.length();
  private static final int ROWS = RowTile.ROWS;

  /** Where the lanes of the squares begin. */
  private static final int SQUARES = ChunkLoops.FLOAT_LANES * ROWS;

  private TileLoops() {}

  /** The order statistics of rows [row, row + W), the first of which begins at {@code at}. */
  static void order(
      float[] z,
      int at,
      int stride,
      int length,
      int row,
      int[] largest,
      int[] second,
      int[] smallest,
      int[] argmax) {
    IntVector first = IntVector.broadcast(IS, Integer.MIN_VALUE);
    IntVector next = first;
    IntVector least = IntVector.broadcast(IS, Integer.MAX_VALUE);
    IntVector index = IntVector.zero(IS);
    for (int j = 0; j < length; j++) {
      FloatVector v = FloatVector.fromArray(S, z, at + j * stride).add(0.0f);
      IntVector bits = v.reinterpretAsInts();
      IntVector key = bits.lanewise(XOR, bits.lanewise(ASHR, 31).lanewise(LSHR, 1));
      index = index.blend(j, key.compare(GT, first));
      next = next.max(first.min(key));
      first = first.max(key);
      least = least.min(key);
    }
    first.intoArray(largest, row);
    next.intoArray(second, row);
    least.intoArray(smallest, row);
    index.intoArray(argmax, row);
  }

  /** The exponentials of the first entries of rows [row, row + W), written to their lanes. */
  static void exponentials(
      float[] z, int at, int stride, int length, int row, float[] max, float[] e, float[] lanes) {
    FloatVector ref = FloatVector.fromArray(S, max, row);
    int lane = row;
    for (int j = 0; j < length; j++) {
      FloatVector x = difference(ref, FloatVector.fromArray(S, z, at + j * stride));
      FloatVector v = expMinus(x);
      v.intoArray(e, at + j * stride);
      v.intoArray(lanes, lane);
      v.mul(v).intoArray(lanes, lane + SQUARES);
      x.mul(v).intoArray(lanes, lane + 2 * SQUARES);
      lane += ROWS;
    }
  }

  /** The exponentials of the further entries of rows [row, row + W), added to the lanes. */
  static void addExponentials(
      float[] z, int at, int stride, int length, int row, float[] max, float[] e, float[] lanes) {
    FloatVector ref = FloatVector.fromArray(S, max, row);
    int lane = row;
    for (int j = ChunkLoops.FLOAT_LANES; j < length; j++) {
      FloatVector x = difference(ref, FloatVector.fromArray(S, z, at + j * stride));
      FloatVector v = expMinus(x);
      v.intoArray(e, at + j * stride);
      FloatVector.fromArray(S, lanes, lane).add(v).intoArray(lanes, lane);
      v.fma(v, FloatVector.fromArray(S, lanes, lane + SQUARES)).intoArray(lanes, lane + SQUARES);
      x.fma(v, FloatVector.fromArray(S, lanes, lane + 2 * SQUARES))
          .intoArray(lanes, lane + 2 * SQUARES);
      lane += ROWS;
    }
  }

  /** {@code ref - z}, or the ceiling above it. */
  private static FloatVector difference(FloatVector ref, FloatVector z) {
    IntVector ceiling = FloatVector.broadcast(S, Exponential.FLOAT_CEILING).reinterpretAsInts();
    return ref.sub(z).reinterpretAsInts().min(ceiling).reinterpretAsFloats();
  }

  /** exp(-x) for a clamped x at least 0. */
  private static FloatVector expMinus(FloatVector x) {
    FloatVector log2e = FloatVector.broadcast(S, Exponential.FLOAT_MINUS_LOG2E);
    FloatVector shifter = FloatVector.broadcast(S, Exponential.FLOAT_SHIFTER);
    FloatVector t = x.fma(log2e, shifter);
    FloatVector f = x.fma(log2e, shifter.sub(t));
    FloatVector p =
        f.fma(
            FloatVector.broadcast(S, Exponential.FLOAT_C5),
            FloatVector.broadcast(S, Exponential.FLOAT_C4));
    p = p.fma(f, FloatVector.broadcast(S, Exponential.FLOAT_C3));
    p = p.fma(f, FloatVector.broadcast(S, Exponential.FLOAT_C2));
    p = p.fma(f, FloatVector.broadcast(S, Exponential.FLOAT_C1));
    p = p.fma(f, FloatVector.broadcast(S, 1.0f));
    return p.mul(t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats());
  }

  /** The ranks of the labels of rows [row, row + W). */
  static void ranks(
      float[] z, int at, int stride, int length, int row, int[] labels, float[] y, int[] ranks) {
    FloatVector own = FloatVector.fromArray(S, y, row);
    IntVector label = IntVector.fromArray(IS, labels, row);
    IntVector rank = IntVector.zero(IS);
    for (int j = 0; j < length; j++) {
      FloatVector v = FloatVector.fromArray(S, z, at + j * stride);
      VectorMask<Float> tied = v.compare(EQ, own).and(label.compare(GT, j).cast(S));
      rank = rank.add(1, v.compare(GT, own).or(tied).cast(IS));
    }
    rank.intoArray(ranks, row);
  }

  /**
   * The sums over the lanes of all rows. In loops without a branch: where vectors meet from two
   * sides the compiler may put them on the heap.
   *
   * @param nodes scratch for eight lanes in double
   */
  static void sums(float[] lanes, int at, int used, double[] nodes, double[] out, int outAt) {
    int pairs = Math.max(0, used - 8) * ROWS;
    int singles = Math.min(8, used) * ROWS;
    for (int i = 0; i < pairs; i += DW) {
      DoubleVector left =
          (DoubleVector) FloatVector.fromArray(HALF, lanes, at + i).castShape(DS, 0);
      DoubleVector right =
          (DoubleVector) FloatVector.fromArray(HALF, lanes, at + 8 * ROWS + i).castShape(DS, 0);
      left.add(right).intoArray(nodes, i);
    }
    for (int i = pairs; i < singles; i += DW) {
      ((DoubleVector) FloatVector.fromArray(HALF, lanes, at + i).castShape(DS, 0))
          .intoArray(nodes, i);
    }
    Arrays.fill(nodes, singles, 8 * ROWS, 0.0);
    for (int r = 0; r < ROWS; r += DW) {
      DoubleVector even =
          DoubleVector.fromArray(DS, nodes, r)
              .add(DoubleVector.fromArray(DS, nodes, 4 * ROWS + r))
              .add(
                  DoubleVector.fromArray(DS, nodes, 2 * ROWS + r)
                      .add(DoubleVector.fromArray(DS, nodes, 6 * ROWS + r)));
      DoubleVector odd =
          DoubleVector.fromArray(DS, nodes, ROWS + r)
              .add(DoubleVector.fromArray(DS, nodes, 5 * ROWS + r))
              .add(
                  DoubleVector.fromArray(DS, nodes, 3 * ROWS + r)
                      .add(DoubleVector.fromArray(DS, nodes, 7 * ROWS + r)));
      even.add(odd).intoArray(out, outAt + r);
    }
  }
}
