// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.sparklosses.kernel.ColumnKernel;

/**
 * The loops of {@link ColumnKernel#listAbove}: each lane gathers the sign bits of the differences
 * of a few dozen numbers in one word, whose set bits are then listed. Ranges are whole multiples of
 * the number of lanes.
 */
final class AboveLoops {

  private static final VectorSpecies<Float> S = FloatLoops.S;
  private static final int W = S.length();
  private static final VectorSpecies<Integer> IS = VectorSpecies.of(int.class, VectorWidth.shape());

  private static final VectorSpecies<Double> DS = DoubleLoops.S;
  private static final int DW = DS.length();
  private static final VectorSpecies<Long> LS = VectorSpecies.of(long.class, VectorWidth.shape());

  private AboveLoops() {}

  static int list(float[] p, int from, int to, float bound, int[] out) {
    int[] words = new int[W];
    int found = 0;
    for (int start = from; start < to; start += Integer.SIZE * W) {
      int steps = Math.min(Integer.SIZE, (to - start) / W);
      gather(p, start, steps, bound, words);
      for (int lane = 0; lane < W; lane++) {
        for (int bits = words[lane]; bits != 0; bits &= bits - 1) {
          out[found++] = start + lane + W * Integer.numberOfTrailingZeros(bits);
        }
      }
    }
    return found;
  }

  /** Bit by bit: a shift by a number that changes would put vectors on the heap. */
  private static void gather(float[] p, int start, int steps, float bound, int[] words) {
    FloatVector least = FloatVector.broadcast(S, bound);
    IntVector bits = IntVector.zero(IS);
    for (int step = steps - 1; step >= 0; step--) {
      FloatVector difference = least.sub(FloatVector.fromArray(S, p, start + step * W));
      IntVector sign = difference.reinterpretAsInts().lanewise(LSHR, Integer.SIZE - 1);
      bits = bits.add(bits).or(sign);
    }
    bits.intoArray(words, 0);
  }

  static int list(double[] p, int from, int to, double bound, int[] out) {
    long[] words = new long[DW];
    int found = 0;
    for (int start = from; start < to; start += Long.SIZE * DW) {
      int steps = Math.min(Long.SIZE, (to - start) / DW);
      gather(p, start, steps, bound, words);
      for (int lane = 0; lane < DW; lane++) {
        for (long bits = words[lane]; bits != 0; bits &= bits - 1) {
          out[found++] = start + lane + DW * Long.numberOfTrailingZeros(bits);
        }
      }
    }
    return found;
  }

  private static void gather(double[] p, int start, int steps, double bound, long[] words) {
    DoubleVector least = DoubleVector.broadcast(DS, bound);
    LongVector bits = LongVector.zero(LS);
    for (int step = steps - 1; step >= 0; step--) {
      DoubleVector difference = least.sub(DoubleVector.fromArray(DS, p, start + step * DW));
      LongVector sign = difference.reinterpretAsLongs().lanewise(LSHR, Long.SIZE - 1);
      bits = bits.add(bits).or(sign);
    }
    bits.intoArray(words, 0);
  }
}
