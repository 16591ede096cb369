package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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

  private TileLoops() {}

  /** The order statistics of rows [row, row + W). */
  static void order(
      float[] z, int length, int row, int[] largest, int[] second, int[] smallest, int[] argmax) {
    IntVector first = IntVector.broadcast(IS, Integer.MIN_VALUE);
    IntVector next = first;
    IntVector least = IntVector.broadcast(IS, Integer.MAX_VALUE);
    IntVector at = IntVector.zero(IS);
    for (int j = 0; j < length; j++) {
      FloatVector v = FloatVector.fromArray(S, z, j * ROWS + row).add(0.0f);
      IntVector bits = v.reinterpretAsInts();
      IntVector key = bits.lanewise(XOR, bits.lanewise(ASHR, 31).lanewise(LSHR, 1));
      at = at.blend(j, key.compare(GT, first));
      next = next.max(first.min(key));
      first = first.max(key);
      least = least.min(key);
    }
    first.intoArray(largest, row);
    next.intoArray(second, row);
    least.intoArray(smallest, row);
    at.intoArray(argmax, row);
  }

  /** The exponentials of rows [row, row + W) and entries [from, to), added to their lanes. */
  static void exponentials(
      float[] z, int from, int to, int row, float[] max, float[] e, float[] lanes) {
    FloatVector ref = FloatVector.fromArray(S, max, row);
    IntVector ceiling = FloatVector.broadcast(S, Exponential.FLOAT_CEILING).reinterpretAsInts();
    FloatVector log2e = FloatVector.broadcast(S, Exponential.FLOAT_MINUS_LOG2E);
    FloatVector shifter = FloatVector.broadcast(S, Exponential.FLOAT_SHIFTER);
    FloatVector c5 = FloatVector.broadcast(S, Exponential.FLOAT_C5);
    FloatVector c4 = FloatVector.broadcast(S, Exponential.FLOAT_C4);
    FloatVector c3 = FloatVector.broadcast(S, Exponential.FLOAT_C3);
    FloatVector c2 = FloatVector.broadcast(S, Exponential.FLOAT_C2);
    FloatVector c1 = FloatVector.broadcast(S, Exponential.FLOAT_C1);
    FloatVector one = FloatVector.broadcast(S, 1.0f);
    int squares = ChunkLoops.FLOAT_LANES * ROWS;
    int at = row;
    for (int j = from; j < to; j++) {
      FloatVector difference = ref.sub(FloatVector.fromArray(S, z, j * ROWS + row));
      FloatVector x = difference.reinterpretAsInts().min(ceiling).reinterpretAsFloats();
      FloatVector t = x.fma(log2e, shifter);
      FloatVector f = x.fma(log2e, shifter.sub(t));
      FloatVector p = f.fma(c5, c4).fma(f, c3).fma(f, c2).fma(f, c1).fma(f, one);
      FloatVector v = p.mul(t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats());
      v.intoArray(e, j * ROWS + row);
      FloatVector.fromArray(S, lanes, at).add(v).intoArray(lanes, at);
      v.fma(v, FloatVector.fromArray(S, lanes, at + squares)).intoArray(lanes, at + squares);
      x.fma(v, FloatVector.fromArray(S, lanes, at + 2 * squares))
          .intoArray(lanes, at + 2 * squares);
      at += ROWS;
    }
  }

  /** The first level of the tree: {@code nodes[i] = lanes[at + i] + lanes[at + i + count]}. */
  static void leaves(float[] lanes, int at, int count, double[] nodes) {
    for (int i = 0; i < count; i += DW) {
      DoubleVector left =
          (DoubleVector) FloatVector.fromArray(HALF, lanes, at + i).castShape(DS, 0);
      DoubleVector right =
          (DoubleVector) FloatVector.fromArray(HALF, lanes, at + i + count).castShape(DS, 0);
      left.add(right).intoArray(nodes, i);
    }
  }

  /** A further level: {@code out[at + i] = nodes[i] + nodes[i + count]}. */
  static void level(double[] nodes, int count, double[] out, int at) {
    for (int i = 0; i < count; i += DW) {
      DoubleVector.fromArray(DS, nodes, i)
          .add(DoubleVector.fromArray(DS, nodes, i + count))
          .intoArray(out, at + i);
    }
  }
}
