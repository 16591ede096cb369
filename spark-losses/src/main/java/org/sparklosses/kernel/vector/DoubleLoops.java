// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.sparklosses.kernel.ChunkLoops;
import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.ScalarLoops;

/** The loops over doubles. Ranges are whole multiples of the step unless said otherwise. */
final class DoubleLoops {

  static final VectorSpecies<Double> S = VectorSpecies.of(double.class, VectorWidth.shape());

  static final int W = S.length();
  static final int LANES = ChunkLoops.DOUBLE_LANES;

  private static final double C13 = Exponential.taylor(13);
  private static final double C12 = Exponential.taylor(12);
  private static final double C11 = Exponential.taylor(11);
  private static final double C10 = Exponential.taylor(10);
  private static final double C9 = Exponential.taylor(9);
  private static final double C8 = Exponential.taylor(8);
  private static final double C7 = Exponential.taylor(7);
  private static final double C6 = Exponential.taylor(6);
  private static final double C5 = Exponential.taylor(5);
  private static final double C4 = Exponential.taylor(4);
  private static final double C3 = Exponential.taylor(3);

  private DoubleLoops() {}

  /** {@code d}, or the floor below the underflow. */
  static DoubleVector clamp(DoubleVector d) {
    DoubleVector under = DoubleVector.broadcast(S, Exponential.DOUBLE_UNDERFLOW);
    return d.blend(DoubleVector.broadcast(S, Exponential.DOUBLE_FLOOR), d.compare(LT, under));
  }

  /** exp(d) for a clamped d at most 0. */
  static DoubleVector exp(DoubleVector d) {
    DoubleVector shifter = DoubleVector.broadcast(S, Exponential.DOUBLE_SHIFTER);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector t = d.fma(DoubleVector.broadcast(S, Exponential.DOUBLE_LOG2E), shifter);
    DoubleVector n = shifter.sub(t);
    DoubleVector high = n.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), d);
    DoubleVector r = n.fma(DoubleVector.broadcast(S, Exponential.LN2_LOW), high);
    DoubleVector p = r.fma(DoubleVector.broadcast(S, C13), DoubleVector.broadcast(S, C12));
    p = p.fma(r, DoubleVector.broadcast(S, C11));
    p = p.fma(r, DoubleVector.broadcast(S, C10));
    p = p.fma(r, DoubleVector.broadcast(S, C9));
    p = p.fma(r, DoubleVector.broadcast(S, C8));
    p = p.fma(r, DoubleVector.broadcast(S, C7));
    p = p.fma(r, DoubleVector.broadcast(S, C6));
    p = p.fma(r, DoubleVector.broadcast(S, C5));
    p = p.fma(r, DoubleVector.broadcast(S, C4));
    p = p.fma(r, DoubleVector.broadcast(S, C3));
    p = p.fma(r, DoubleVector.broadcast(S, 0.5)).fma(r, one).fma(r, one);
    return p.mul(t.reinterpretAsLongs().lanewise(LSHL, 52).reinterpretAsDoubles());
  }

  /** The lanes [group, group + W) of the extremes. */
  static void extremes(double[] z, int from, int to, int group, double[] lanes) {
    DoubleVector largest = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
    DoubleVector second = largest;
    DoubleVector smallest = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    for (int i = from + group; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, z, i);
      VectorMask<Double> greater = v.compare(GT, largest);
      DoubleVector loser = v.blend(largest, greater);
      largest = largest.blend(v, greater);
      second = second.blend(loser, loser.compare(GT, second));
      smallest = smallest.blend(v, v.compare(LT, smallest));
    }
    largest.intoArray(lanes, group);
    second.intoArray(lanes, LANES + group);
    smallest.intoArray(lanes, 2 * LANES + group);
  }

  /** The lanes [group, group + W) of the sums of z and z^2. */
  static void moments(double[] z, int from, int to, int group, double[] lanes) {
    DoubleVector sum = DoubleVector.zero(S);
    DoubleVector squares = sum;
    for (int i = from + group; i < to; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(S, z, i);
      sum = sum.add(v);
      squares = v.fma(v, squares);
    }
    sum.intoArray(lanes, group);
    squares.intoArray(lanes, LANES + group);
  }

  /** The lanes [group, group + W) of the exponentials. */
  static void exponentials(
      double[] z, int from, int to, int group, double reference, double[] lanes) {
    DoubleVector ref = DoubleVector.broadcast(S, reference);
    DoubleVector sum = DoubleVector.zero(S);
    DoubleVector squares = sum;
    DoubleVector shifted = sum;
    for (int i = from + group; i < to; i += LANES) {
      DoubleVector d = DoubleVector.fromArray(S, z, i).sub(ref);
      d = clamp(d);
      DoubleVector e = exp(d);
      sum = sum.add(e);
      squares = e.fma(e, squares);
      shifted = d.fma(e, shifted);
    }
    sum.intoArray(lanes, group);
    squares.intoArray(lanes, LANES + group);
    shifted.intoArray(lanes, 2 * LANES + group);
  }

  /** Any range. */
  static int countAtLeast(double[] z, int from, int to, double threshold) {
    DoubleVector bound = DoubleVector.broadcast(S, threshold);
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector count = zero;
    int end = from + (to - from) / W * W;
    for (int i = from; i < end; i += W) {
      DoubleVector v = DoubleVector.fromArray(S, z, i);
      count = count.add(zero.blend(one, v.compare(GE, bound)));
    }
    return (int) count.reduceLanes(VectorOperators.ADD)
        + ScalarLoops.countAtLeastFrom(z, end, to, threshold);
  }

  /** Any range. The start of the group of lanes that holds the first, or of the rest. */
  static int groupOfFirstAtLeast(double[] z, int from, int to, double threshold) {
    DoubleVector bound = DoubleVector.broadcast(S, threshold);
    int end = from + (to - from) / W * W;
    for (int i = from; i < end; i += W) {
      if (DoubleVector.fromArray(S, z, i).compare(GE, bound).anyTrue()) {
        return i;
      }
    }
    return end;
  }

  /** Any length. */
  static void softmax(double[] z, int offset, int length, double max, double scale, double[] out) {
    DoubleVector ref = DoubleVector.broadcast(S, max);
    DoubleVector factor = DoubleVector.broadcast(S, scale);
    int end = length / W * W;
    for (int j = 0; j < end; j += W) {
      DoubleVector d = DoubleVector.fromArray(S, z, offset + j).sub(ref);
      exp(clamp(d)).mul(factor).intoArray(out, j);
    }
    ScalarLoops.softmaxFrom(z, offset, end, length, max, scale, out);
  }
}
