// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;
import org.sparklosses.kernel.ColumnKernel;
import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.Logarithm;
import org.sparklosses.kernel.LogitColumns;
import org.sparklosses.kernel.PartialSums;
import org.sparklosses.kernel.ProbabilityColumns;
import org.sparklosses.kernel.ScalarColumns;
import org.sparklosses.kernel.ScalarLoops;

/** The operations on columns in vectors: a lane is a row. */
final class VectorColumns implements ColumnKernel {

  static final VectorColumns INSTANCE = new VectorColumns();

  private static final VectorSpecies<Double> S = DoubleLoops.S;
  private static final VectorSpecies<Float> HALF = FloatLoops.HALF;
  private static final int W = S.length();

  /** Adding its bits to a small whole number makes the bits of the sum of both. */
  private static final double WHOLE = 0x1p52;

  private static final long WHOLE_BITS = Double.doubleToRawLongBits(WHOLE);

  /** Added to exponents, which are shifted as numbers without a sign. */
  private static final long BIAS = 1024;

  private static final long BIAS_BITS = BIAS << 52;

  private static final double C0 = Logarithm.coefficient(0);
  private static final double C1 = Logarithm.coefficient(1);
  private static final double C2 = Logarithm.coefficient(2);
  private static final double C3 = Logarithm.coefficient(3);
  private static final double C4 = Logarithm.coefficient(4);
  private static final double C5 = Logarithm.coefficient(5);
  private static final double C6 = Logarithm.coefficient(6);
  private static final double C7 = Logarithm.coefficient(7);
  private static final double C8 = Logarithm.coefficient(8);
  private static final double C9 = Logarithm.coefficient(9);
  private static final double C10 = Logarithm.coefficient(10);

  private VectorColumns() {}

  @Override
  public void exponentials(double[] d, int length, double[] out) {
    int end = length / W * W;
    for (int r = 0; r < end; r += W) {
      DoubleLoops.exp(DoubleLoops.clamp(DoubleVector.fromArray(S, d, r))).intoArray(out, r);
    }
    ScalarColumns.exponentialsFrom(d, end, length, out);
  }

  @Override
  public void logarithms(double[] x, int length, double[] out) {
    int end = length / W * W;
    for (int r = 0; r < end; r += W) {
      log(DoubleVector.fromArray(S, x, r)).intoArray(out, r);
    }
    ScalarColumns.logarithmsFrom(x, end, length, out);
  }

  /**
   * As {@link Logarithm}. Past 325 bytes of code the compiler would no longer inline it, and each
   * vector would be an object.
   */
  private static DoubleVector log(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs();
    LongVector exponent = bits.sub(Logarithm.SQRT_HALF - BIAS_BITS).lanewise(LSHR, 52);
    DoubleVector k = exponent.add(WHOLE_BITS).reinterpretAsDoubles().sub(WHOLE + BIAS);
    LongVector fraction = bits.add(BIAS_BITS).sub(exponent.lanewise(LSHL, 52));
    DoubleVector f = fraction.reinterpretAsDoubles().sub(1.0);
    DoubleVector s = f.div(f.add(2.0));
    DoubleVector z = s.mul(s);
    DoubleVector r = step(DoubleVector.broadcast(S, C10), z, C9);
    r = step(r, z, C8);
    r = step(r, z, C7);
    r = step(r, z, C6);
    r = step(r, z, C5);
    r = step(r, z, C4);
    r = step(r, z, C3);
    r = step(r, z, C2);
    r = step(r, z, C1);
    r = step(r, z, C0).mul(z);
    DoubleVector small = s.fma(f.sub(r), k.mul(-Exponential.LN2_LOW));
    return k.fma(DoubleVector.broadcast(S, Exponential.LN2_HIGH), f.sub(small));
  }

  @Override
  public void readProbabilities(
      double[] p, int stride, int classes, int rows, ProbabilityColumns out) {
    int end = rows / W * W;
    double[] indices = new double[W];
    for (int r = 0; r < end; r += W) {
      DoubleVector max = DoubleVector.broadcast(S, -1);
      DoubleVector runnerUp = DoubleVector.zero(S);
      DoubleVector argmax = DoubleVector.zero(S);
      DoubleVector sum = DoubleVector.zero(S);
      DoubleVector squares = DoubleVector.zero(S);
      DoubleVector outside = DoubleVector.zero(S);
      for (int j = 0; j < classes; j++) {
        DoubleVector given = DoubleVector.fromArray(S, p, j * stride + r);
        outside = outside.max(given.neg().max(given.sub(1.0)));
        DoubleVector q = given.min(1.0).max(0.0);
        q.intoArray(p, j * stride + r);
        argmax = argmax.blend(j, q.compare(GT, max));
        runnerUp = runnerUp.max(max.min(q));
        max = max.max(q);
        sum = sum.add(q);
        squares = squares.add(q.mul(q));
      }
      max.intoArray(out.max(), r);
      runnerUp.intoArray(out.runnerUp(), r);
      sum.intoArray(out.sum(), r);
      squares.intoArray(out.sumSquares(), r);
      outside.intoArray(out.outside(), r);
      argmax.intoArray(indices, 0);
      for (int i = 0; i < W; i++) {
        out.argmax()[r + i] = (int) indices[i];
      }
    }
    ScalarColumns.readProbabilitiesFrom(p, stride, classes, end, rows, out);
  }

  @Override
  public void readLogits(
      double[] z, int stride, int classes, int rows, int[] labels, double[] e, LogitColumns out) {
    int end = rows / W * W;
    LogitLoops loops = new LogitLoops(z, stride, classes, labels, e, out);
    for (int r = 0; r < end; r += W) {
      loops.read(r);
    }
    ScalarColumns.readLogitsFrom(z, stride, classes, end, rows, labels, e, out);
  }

  @Override
  public int listAbove(float[] p, int from, int to, float bound, int[] out) {
    int end = from + (to - from) / FloatLoops.W * FloatLoops.W;
    int found = AboveLoops.list(p, from, end, bound, out);
    return ScalarColumns.listAboveFrom(p, end, to, bound, found, out);
  }

  @Override
  public int listAbove(double[] p, int from, int to, double bound, int[] out) {
    int end = from + (to - from) / W * W;
    int found = AboveLoops.list(p, from, end, bound, out);
    return ScalarColumns.listAboveFrom(p, end, to, bound, found, out);
  }

  /** The next step of a polynomial of z, by Horner's scheme. */
  private static DoubleVector step(DoubleVector r, DoubleVector z, double coefficient) {
    return r.fma(z, DoubleVector.broadcast(S, coefficient));
  }

  @Override
  public void addQuantized(float[] p, int from, int to, double[] totals, int at) {
    DoubleVector quantizer = DoubleVector.broadcast(S, ScalarLoops.QUANTIZER);
    DoubleVector sum = DoubleVector.fromArray(S, totals, at);
    int end = from + (to - from) / W * W;
    for (int r = from; r < end; r += W) {
      DoubleVector v = (DoubleVector) FloatVector.fromArray(HALF, p, r).castShape(S, 0);
      sum = sum.add(v.add(quantizer).sub(quantizer));
    }
    sum.intoArray(totals, at);
    ScalarColumns.INSTANCE.addQuantized(p, end, to, totals, at);
  }

  @Override
  public boolean sum(double[] x, int from, int to, PartialSums parts) {
    DoubleVector firstCut = DoubleVector.broadcast(S, FIRST_CUT);
    DoubleVector secondCut = DoubleVector.broadcast(S, SECOND_CUT);
    DoubleVector thirdCut = DoubleVector.broadcast(S, THIRD_CUT);
    DoubleVector infinity = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    DoubleVector first = DoubleVector.zero(S);
    DoubleVector second = first;
    DoubleVector third = first;
    DoubleVector rest = first;
    DoubleVector magnitude = first;
    DoubleVector largest = first;
    DoubleVector smallest = infinity;
    int end = from + (to - from) / W * W;
    for (int r = from; r < end; r += W) {
      DoubleVector v = DoubleVector.fromArray(S, x, r);
      DoubleVector size = v.abs();
      magnitude = magnitude.add(size);
      largest = largest.blend(size, largest.compare(LT, size));
      DoubleVector above = size.blend(infinity, size.compare(EQ, 0.0));
      smallest = smallest.blend(above, above.compare(LT, smallest));
      DoubleVector cut = v.add(firstCut).sub(firstCut);
      first = first.add(cut);
      v = v.sub(cut);
      cut = v.add(secondCut).sub(secondCut);
      second = second.add(cut);
      v = v.sub(cut);
      cut = v.add(thirdCut).sub(thirdCut);
      third = third.add(cut);
      rest = rest.add(v.sub(cut).abs());
    }
    parts.clear();
    double[] lanes = parts.lanes();
    first.intoArray(lanes, 0);
    second.intoArray(lanes, LANES);
    third.intoArray(lanes, 2 * LANES);
    rest.intoArray(lanes, 3 * LANES);
    magnitude.intoArray(lanes, 4 * LANES);
    smallest.intoArray(lanes, 5 * LANES);
    largest.intoArray(lanes, 6 * LANES);
    parts.add(x, end, to);
    return parts.finish();
  }
}
