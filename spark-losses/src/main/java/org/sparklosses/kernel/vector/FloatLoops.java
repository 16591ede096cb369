// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.sparklosses.kernel.ChunkLoops;
import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.ScalarLoops;

/** The loops over floats. Ranges are whole multiples of the step unless said otherwise. */
final class FloatLoops {

  static final VectorSpecies<Float> S = VectorSpecies.of(float.class, VectorWidth.shape());

  /** As many floats as {@link #DS} has doubles. */
  static final VectorSpecies<Float> HALF = VectorSpecies.of(float.class, VectorWidth.halfShape());

  static final VectorSpecies<Double> DS = VectorSpecies.of(double.class, VectorWidth.shape());

  private static final VectorSpecies<Integer> IS = VectorSpecies.of(int.class, VectorWidth.shape());

  static final int W = S.length();
  static final int DW = DS.length();
  static final int LANES = ChunkLoops.FLOAT_LANES;

  private FloatLoops() {}

  /**
   * The order statistics of whole pairs of vectors, lane by lane. The order in which elements are
   * compared does not matter, so that lanes need not be those of the sums.
   *
   * @param lanes receives 5 x W numbers
   */
  static void order(float[] z, int from, int to, float y, int[] lanes) {
    FloatVector label = FloatVector.broadcast(S, y);
    FloatVector zero = FloatVector.zero(S);
    IntVector largest0 = IntVector.broadcast(IS, Integer.MIN_VALUE);
    IntVector largest1 = largest0;
    IntVector second0 = largest0;
    IntVector second1 = largest0;
    IntVector smallest = IntVector.broadcast(IS, Integer.MAX_VALUE);
    IntVector below = IntVector.zero(IS);
    IntVector above = below;
    for (int i = from; i < to; i += 2 * W) {
      FloatVector v0 = FloatVector.fromArray(S, z, i).add(zero);
      IntVector bits0 = v0.reinterpretAsInts();
      IntVector key0 = bits0.lanewise(XOR, bits0.lanewise(ASHR, 31).lanewise(LSHR, 1));
      second0 = second0.max(largest0.min(key0));
      largest0 = largest0.max(key0);
      smallest = smallest.min(key0);
      below = below.add(v0.sub(label).reinterpretAsInts().lanewise(LSHR, 31));
      above = above.add(label.sub(v0).reinterpretAsInts().lanewise(LSHR, 31));
      FloatVector v1 = FloatVector.fromArray(S, z, i + W).add(zero);
      IntVector bits1 = v1.reinterpretAsInts();
      IntVector key1 = bits1.lanewise(XOR, bits1.lanewise(ASHR, 31).lanewise(LSHR, 1));
      second1 = second1.max(largest1.min(key1));
      largest1 = largest1.max(key1);
      smallest = smallest.min(key1);
      below = below.add(v1.sub(label).reinterpretAsInts().lanewise(LSHR, 31));
      above = above.add(label.sub(v1).reinterpretAsInts().lanewise(LSHR, 31));
    }
    largest0.max(largest1).intoArray(lanes, 0);
    second0.max(second1).max(largest0.min(largest1)).intoArray(lanes, W);
    smallest.intoArray(lanes, 2 * W);
    below.intoArray(lanes, 3 * W);
    above.intoArray(lanes, 4 * W);
  }

  /** The lanes [group, group + 2 DW) of {@link ChunkLoops#moments(float[], int, int, double[])}. */
  static void moments(float[] z, int from, int to, int group, double[] lanes) {
    DoubleVector sum0 = DoubleVector.zero(DS);
    DoubleVector sum1 = sum0;
    DoubleVector squares0 = sum0;
    DoubleVector squares1 = sum0;
    for (int i = from + group; i < to; i += LANES) {
      DoubleVector v0 = (DoubleVector) FloatVector.fromArray(HALF, z, i).castShape(DS, 0);
      sum0 = sum0.add(v0);
      squares0 = v0.fma(v0, squares0);
      DoubleVector v1 = (DoubleVector) FloatVector.fromArray(HALF, z, i + DW).castShape(DS, 0);
      sum1 = sum1.add(v1);
      squares1 = v1.fma(v1, squares1);
    }
    sum0.intoArray(lanes, group);
    sum1.intoArray(lanes, group + DW);
    squares0.intoArray(lanes, LANES + group);
    squares1.intoArray(lanes, LANES + group + DW);
  }

  /** The lanes [group, group + W) of the exponentials. */
  static void exponentials(
      float[] z, int from, int to, int group, float reference, float[] lanes, float[] out, int at) {
    FloatVector ref = FloatVector.broadcast(S, reference);
    IntVector ceiling = FloatVector.broadcast(S, Exponential.FLOAT_CEILING).reinterpretAsInts();
    FloatVector log2e = FloatVector.broadcast(S, Exponential.FLOAT_MINUS_LOG2E);
    FloatVector shifter = FloatVector.broadcast(S, Exponential.FLOAT_SHIFTER);
    FloatVector c5 = FloatVector.broadcast(S, Exponential.FLOAT_C5);
    FloatVector c4 = FloatVector.broadcast(S, Exponential.FLOAT_C4);
    FloatVector c3 = FloatVector.broadcast(S, Exponential.FLOAT_C3);
    FloatVector c2 = FloatVector.broadcast(S, Exponential.FLOAT_C2);
    FloatVector c1 = FloatVector.broadcast(S, Exponential.FLOAT_C1);
    FloatVector one = FloatVector.broadcast(S, 1.0f);
    FloatVector sum = FloatVector.zero(S);
    FloatVector squares = sum;
    FloatVector shifted = sum;
    int shift = at - from;
    for (int i = from + group; i < to; i += LANES) {
      FloatVector difference = ref.sub(FloatVector.fromArray(S, z, i));
      FloatVector x = difference.reinterpretAsInts().min(ceiling).reinterpretAsFloats();
      FloatVector t = x.fma(log2e, shifter);
      FloatVector f = x.fma(log2e, shifter.sub(t));
      FloatVector p = f.fma(c5, c4).fma(f, c3).fma(f, c2).fma(f, c1).fma(f, one);
      FloatVector e = p.mul(t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats());
      e.intoArray(out, i + shift);
      sum = sum.add(e);
      squares = e.fma(e, squares);
      shifted = x.fma(e, shifted);
    }
    sum.intoArray(lanes, group);
    squares.intoArray(lanes, LANES + group);
    shifted.intoArray(lanes, 2 * LANES + group);
  }

  /** Adds the exponentials of a run to those of the chunk, which are in double. */
  static void addRun(float[] run, double[] lanes) {
    for (int k = 0; k < 3 * LANES; k += DW) {
      DoubleVector v = (DoubleVector) FloatVector.fromArray(HALF, run, k).castShape(DS, 0);
      DoubleVector.fromArray(DS, lanes, k).add(v).intoArray(lanes, k);
    }
  }

  /** Any range. Counts in float: exact below 2^24. */
  static int countAtLeast(float[] z, int from, int to, float threshold) {
    FloatVector bound = FloatVector.broadcast(S, threshold);
    FloatVector one = FloatVector.broadcast(S, 1.0f);
    FloatVector zero = FloatVector.zero(S);
    FloatVector count = zero;
    int end = from + (to - from) / W * W;
    for (int i = from; i < end; i += W) {
      FloatVector v = FloatVector.fromArray(S, z, i);
      count = count.add(zero.blend(one, v.compare(GE, bound)));
    }
    return (int) count.reduceLanes(VectorOperators.ADD)
        + ScalarLoops.countAtLeastFrom(z, end, to, threshold);
  }

  /** Any range. The start of the group of lanes that holds the first, or of the rest. */
  static int groupOfFirstAtLeast(float[] z, int from, int to, float threshold) {
    FloatVector bound = FloatVector.broadcast(S, threshold);
    int end = from + (to - from) / W * W;
    for (int i = from; i < end; i += W) {
      if (FloatVector.fromArray(S, z, i).compare(GE, bound).anyTrue()) {
        return i;
      }
    }
    return end;
  }

  /** Any length. */
  static void softmax(float[] z, int offset, int length, float max, float scale, float[] out) {
    FloatVector ref = FloatVector.broadcast(S, max);
    FloatVector factor = FloatVector.broadcast(S, scale);
    IntVector ceiling = FloatVector.broadcast(S, Exponential.FLOAT_CEILING).reinterpretAsInts();
    FloatVector log2e = FloatVector.broadcast(S, Exponential.FLOAT_MINUS_LOG2E);
    FloatVector shifter = FloatVector.broadcast(S, Exponential.FLOAT_SHIFTER);
    FloatVector c5 = FloatVector.broadcast(S, Exponential.FLOAT_C5);
    FloatVector c4 = FloatVector.broadcast(S, Exponential.FLOAT_C4);
    FloatVector c3 = FloatVector.broadcast(S, Exponential.FLOAT_C3);
    FloatVector c2 = FloatVector.broadcast(S, Exponential.FLOAT_C2);
    FloatVector c1 = FloatVector.broadcast(S, Exponential.FLOAT_C1);
    FloatVector one = FloatVector.broadcast(S, 1.0f);
    int end = length / W * W;
    for (int j = 0; j < end; j += W) {
      FloatVector difference = ref.sub(FloatVector.fromArray(S, z, offset + j));
      FloatVector x = difference.reinterpretAsInts().min(ceiling).reinterpretAsFloats();
      FloatVector t = x.fma(log2e, shifter);
      FloatVector f = x.fma(log2e, shifter.sub(t));
      FloatVector p = f.fma(c5, c4).fma(f, c3).fma(f, c2).fma(f, c1).fma(f, one);
      p.mul(t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats())
          .mul(factor)
          .intoArray(out, j);
    }
    ScalarLoops.softmaxFrom(z, offset, end, length, max, scale, out);
  }

  /** Any length. */
  static void addQuantized(float[] e, int length, float scale, double[] totals) {
    DoubleVector quantizer = DoubleVector.broadcast(DS, ScalarLoops.QUANTIZER);
    FloatVector factor = FloatVector.broadcast(HALF, scale);
    int end = length / DW * DW;
    for (int j = 0; j < end; j += DW) {
      DoubleVector v =
          (DoubleVector) FloatVector.fromArray(HALF, e, j).mul(factor).castShape(DS, 0);
      DoubleVector.fromArray(DS, totals, j)
          .add(v.add(quantizer).sub(quantizer))
          .intoArray(totals, j);
    }
    ScalarLoops.addQuantizedFrom(e, end, length, scale, totals);
  }
}
