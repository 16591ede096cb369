// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.sparklosses.kernel.ChunkLoops;
import org.sparklosses.kernel.LogitColumns;

/**
 * The loops over rows of double logits side by side: a lane is a row. Entry j of row r lies at
 * {@code j * stride + r}.
 *
 * @param e receives the exponentials
 * @param out receives the rest
 * @param lanes one quantity after another, of each virtual lane its sum in every row
 * @param numbers of each row one that is turned into an int
 */
// The arrays are filled again and again.
@SuppressWarnings("ArrayRecordComponent")
record LogitLoops(
    double[] z,
    int stride,
    int classes,
    int[] labels,
    double[] e,
    LogitColumns out,
    double[] lanes,
    double[] numbers) {

  private static final VectorSpecies<Double> S = DoubleLoops.S;
  private static final int W = S.length();
  private static final int LANES = ChunkLoops.DOUBLE_LANES;

  LogitLoops(double[] z, int stride, int classes, int[] labels, double[] e, LogitColumns out) {
    this(z, stride, classes, labels, e, out, new double[3 * LANES * W], new double[W]);
  }

  /** Reads the rows [r, r + W). */
  void read(int r) {
    readOrder(r);
    for (int i = 0; i < W; i++) {
      out.argmax()[r + i] = (int) numbers[i];
      out.isFinite()[r + i] = lanes[i] == 0;
      out.labelLogit()[r + i] = z[labels[r + i] * stride + r + i] + 0.0;
      numbers[i] = labels[r + i];
    }
    readRanks(r);
    for (int i = 0; i < W; i++) {
      out.labelRank()[r + i] = (int) numbers[i];
    }
    for (int lane = 0; lane < LANES; lane++) {
      readLane(r, lane);
    }
    sum(0).intoArray(out.sumExp(), r);
    sum(LANES * W).intoArray(out.sumExpSquares(), r);
    sum(2 * LANES * W).intoArray(out.sumShiftedExp(), r);
  }

  /** Leaves the first class that has the largest in the numbers, and in the lanes 0 or NaN. */
  private void readOrder(int r) {
    DoubleVector max = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
    DoubleVector runnerUp = max;
    DoubleVector min = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    DoubleVector argmax = DoubleVector.zero(S);
    DoubleVector check = argmax;
    for (int j = 0; j < classes; j++) {
      DoubleVector v = DoubleVector.fromArray(S, z, j * stride + r);
      // NaN as soon as one infinity or NaN is among them.
      check = v.mul(0.0).add(check);
      VectorMask<Double> greater = v.compare(GT, max);
      argmax = argmax.blend(j, greater);
      DoubleVector loser = v.blend(max, greater);
      max = max.blend(v, greater);
      runnerUp = runnerUp.blend(loser, loser.compare(GT, runnerUp));
      min = min.blend(v, v.compare(LT, min));
    }
    // Adding 0.0 makes one zero of the two.
    max.add(0.0).intoArray(out.max(), r);
    runnerUp.add(0.0).intoArray(out.runnerUp(), r);
    min.add(0.0).intoArray(out.min(), r);
    argmax.intoArray(numbers, 0);
    check.intoArray(lanes, 0);
  }

  /** Makes of the labels in the numbers their ranks. */
  private void readRanks(int r) {
    DoubleVector y = DoubleVector.fromArray(S, out.labelLogit(), r);
    DoubleVector label = DoubleVector.fromArray(S, numbers, 0);
    DoubleVector rank = DoubleVector.zero(S);
    for (int j = 0; j < classes; j++) {
      DoubleVector v = DoubleVector.fromArray(S, z, j * stride + r);
      VectorMask<Double> tied = v.compare(EQ, y).and(label.compare(GT, j));
      rank = rank.add(1, v.compare(GT, y).or(tied));
    }
    rank.intoArray(numbers, 0);
  }

  /** The exponentials of every eighth class. */
  private void readLane(int r, int lane) {
    DoubleVector max = DoubleVector.fromArray(S, out.max(), r);
    DoubleVector sum = DoubleVector.zero(S);
    DoubleVector squares = sum;
    DoubleVector shifted = sum;
    for (int j = lane; j < classes; j += LANES) {
      DoubleVector d = DoubleLoops.clamp(DoubleVector.fromArray(S, z, j * stride + r).sub(max));
      DoubleVector v = DoubleLoops.exp(d);
      v.intoArray(e, j * stride + r);
      sum = sum.add(v);
      squares = v.fma(v, squares);
      shifted = d.fma(v, shifted);
    }
    sum.intoArray(lanes, lane * W);
    squares.intoArray(lanes, (LANES + lane) * W);
    shifted.intoArray(lanes, (2 * LANES + lane) * W);
  }

  /** The sum of a quantity over the virtual lanes, by the fixed tree. */
  private DoubleVector sum(int at) {
    DoubleVector even = pair(at, 0).add(pair(at, 2));
    return even.add(pair(at, 1).add(pair(at, 3)));
  }

  private DoubleVector pair(int at, int lane) {
    DoubleVector low = DoubleVector.fromArray(S, lanes, at + lane * W);
    return low.add(DoubleVector.fromArray(S, lanes, at + (lane + 4) * W));
  }
}
