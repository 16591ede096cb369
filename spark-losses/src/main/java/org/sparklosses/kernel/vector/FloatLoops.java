package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
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

  static final int W = S.length();
  static final int DW = DS.length();
  static final int LANES = ChunkLoops.FLOAT_LANES;

  private FloatLoops() {}

  /** The lanes [group, group + W) of {@link ChunkLoops#extremes(float[], int, int, float[])}. */
  static void extremes(float[] z, int from, int to, int group, float[] lanes) {
    FloatVector largest = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    FloatVector second = largest;
    FloatVector smallest = FloatVector.broadcast(S, Float.POSITIVE_INFINITY);
    for (int i = from + group; i < to; i += LANES) {
      FloatVector v = FloatVector.fromArray(S, z, i);
      VectorMask<Float> greater = v.compare(GT, largest);
      FloatVector loser = v.blend(largest, greater);
      largest = largest.blend(v, greater);
      second = second.blend(loser, loser.compare(GT, second));
      smallest = smallest.blend(v, v.compare(LT, smallest));
    }
    largest.intoArray(lanes, group);
    second.intoArray(lanes, LANES + group);
    smallest.intoArray(lanes, 2 * LANES + group);
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
  static void exponentials(float[] z, int from, int to, int group, float reference, float[] lanes) {
    FloatVector ref = FloatVector.broadcast(S, reference);
    FloatVector under = FloatVector.broadcast(S, Exponential.FLOAT_UNDERFLOW);
    FloatVector floor = FloatVector.broadcast(S, Exponential.FLOAT_FLOOR);
    FloatVector log2e = FloatVector.broadcast(S, Exponential.FLOAT_LOG2E);
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
    for (int i = from + group; i < to; i += LANES) {
      FloatVector d = FloatVector.fromArray(S, z, i).sub(ref);
      d = d.blend(floor, d.compare(LT, under));
      FloatVector t = d.fma(log2e, shifter);
      FloatVector f = d.fma(log2e, shifter.sub(t));
      FloatVector p = f.fma(c5, c4).fma(f, c3).fma(f, c2).fma(f, c1).fma(f, one);
      FloatVector e = p.mul(t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats());
      sum = sum.add(e);
      squares = e.fma(e, squares);
      shifted = d.fma(e, shifted);
    }
    sum.intoArray(lanes, group);
    squares.intoArray(lanes, LANES + group);
    shifted.intoArray(lanes, 2 * LANES + group);
  }

  /** Adds the exponentials of a block to those of the chunk, which are in double. */
  static void addBlock(float[] block, double[] lanes) {
    for (int k = 0; k < 3 * LANES; k += DW) {
      DoubleVector v = (DoubleVector) FloatVector.fromArray(HALF, block, k).castShape(DS, 0);
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
    FloatVector under = FloatVector.broadcast(S, Exponential.FLOAT_UNDERFLOW);
    FloatVector floor = FloatVector.broadcast(S, Exponential.FLOAT_FLOOR);
    FloatVector log2e = FloatVector.broadcast(S, Exponential.FLOAT_LOG2E);
    FloatVector shifter = FloatVector.broadcast(S, Exponential.FLOAT_SHIFTER);
    FloatVector c5 = FloatVector.broadcast(S, Exponential.FLOAT_C5);
    FloatVector c4 = FloatVector.broadcast(S, Exponential.FLOAT_C4);
    FloatVector c3 = FloatVector.broadcast(S, Exponential.FLOAT_C3);
    FloatVector c2 = FloatVector.broadcast(S, Exponential.FLOAT_C2);
    FloatVector c1 = FloatVector.broadcast(S, Exponential.FLOAT_C1);
    FloatVector one = FloatVector.broadcast(S, 1.0f);
    int end = length / W * W;
    for (int j = 0; j < end; j += W) {
      FloatVector d = FloatVector.fromArray(S, z, offset + j).sub(ref);
      d = d.blend(floor, d.compare(LT, under));
      FloatVector t = d.fma(log2e, shifter);
      FloatVector f = d.fma(log2e, shifter.sub(t));
      FloatVector p = f.fma(c5, c4).fma(f, c3).fma(f, c2).fma(f, c1).fma(f, one);
      p.mul(t.reinterpretAsInts().lanewise(LSHL, 23).reinterpretAsFloats())
          .mul(factor)
          .intoArray(out, j);
    }
    ScalarLoops.softmaxFrom(z, offset, end, length, max, scale, out);
  }

  /** Any length. */
  static void addQuantized(float[] p, int length, double[] totals) {
    DoubleVector quantizer = DoubleVector.broadcast(DS, ScalarLoops.QUANTIZER);
    int end = length / DW * DW;
    for (int j = 0; j < end; j += DW) {
      DoubleVector v = (DoubleVector) FloatVector.fromArray(HALF, p, j).castShape(DS, 0);
      DoubleVector.fromArray(DS, totals, j)
          .add(v.add(quantizer).sub(quantizer))
          .intoArray(totals, j);
    }
    ScalarLoops.addQuantizedFrom(p, end, length, totals);
  }
}
