// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.Arrays;

/**
 * The statistics of the chunks of a row so far. Chunks of floats and of doubles are merged alike,
 * in double.
 */
final class RowAccumulator {

  /** What the loops leave in integers. */
  final int[] ints = new int[ChunkLoops.SCRATCH];

  /** What the loops leave in float. */
  final float[] floats = new float[ChunkLoops.SCRATCH];

  /** What the loops leave in double. */
  final double[] doubles = new double[ChunkLoops.SCRATCH];

  /** The exponentials of a chunk that nobody asked for. */
  final float[] floatChunk = new float[ChunkLoops.FLOATS];

  /** What the exponentials of each chunk refer to. */
  private double[] references = new double[1];

  private int label;
  private double labelLogit;
  private double max;
  private double runnerUp;
  private double min;
  private int maxFrom;
  private int labelRank;
  private final CompensatedSum sumExp = new CompensatedSum();
  private final CompensatedSum sumExpSquares = new CompensatedSum();
  private final CompensatedSum sumShiftedExp = new CompensatedSum();
  private final CompensatedSum sum = new CompensatedSum();
  private final CompensatedSum sumSquares = new CompensatedSum();
  private final CompensatedSum sumSquaresOthers = new CompensatedSum();
  private int negativeInfinities;
  private double chunkMin;

  void start(int label, double labelLogit) {
    this.label = label;
    this.labelLogit = labelLogit + 0.0;
    max = Double.NEGATIVE_INFINITY;
    runnerUp = Double.NEGATIVE_INFINITY;
    min = Double.POSITIVE_INFINITY;
    maxFrom = 0;
    labelRank = 0;
    sumExp.clear();
    sumExpSquares.clear();
    sumShiftedExp.clear();
    sum.clear();
    sumSquares.clear();
    sumSquaresOthers.clear();
    negativeInfinities = 0;
  }

  double max() {
    return max;
  }

  /** Where the first chunk starts that holds the maximum. */
  int maxFrom() {
    return maxFrom;
  }

  /** Merges the order statistics of a chunk of floats that starts at {@code from}. */
  void mergeFloatOrder(int from) {
    mergeExtremes(
        from,
        OrderedBits.toFloat(ints[0]),
        OrderedBits.toFloat(ints[1]),
        OrderedBits.toFloat(ints[2]));
  }

  /** Whether the chunk of floats whose order statistics the loops left holds a NaN. */
  boolean floatsHoldNaN() {
    return OrderedBits.isNaN(ints[0]) || OrderedBits.isNaN(ints[2]);
  }

  /** Merges the extremes of a chunk of doubles that starts at {@code from}. */
  void mergeDoubleExtremes(int from) {
    mergeExtremes(from, doubles[0], doubles[1], doubles[2]);
  }

  /** Adding 0.0 makes one zero of the two, whose order in a chunk depends on the provider. */
  private void mergeExtremes(int from, double first, double second, double smallest) {
    chunkMin = smallest;
    min = smallest < min ? smallest + 0.0 : min;
    double loser = first > max ? max : first + 0.0;
    runnerUp = loser > runnerUp ? loser : runnerUp;
    runnerUp = second > runnerUp ? second + 0.0 : runnerUp;
    if (first > max) {
      if (max > Double.NEGATIVE_INFINITY) {
        rescale(max - first);
      }
      max = first + 0.0;
      maxFrom = from;
    }
  }

  /** Refers the sums to a new maximum: {@code shift} is the old one less the new one. */
  private void rescale(double shift) {
    double factor = StrictMath.exp(shift);
    if (factor == 0) {
      sumExp.clear();
      sumExpSquares.clear();
      sumShiftedExp.clear();
    } else {
      sumShiftedExp.add(shift * sumExp.value());
      sumShiftedExp.scale(factor);
      sumExp.scale(factor);
      sumExpSquares.scale(factor * factor);
    }
  }

  /** Whether the chunk whose extremes were merged last holds a -infinity. */
  boolean chunkHasNegativeInfinity() {
    return chunkMin == Double.NEGATIVE_INFINITY;
  }

  void addNegativeInfinities(int count) {
    negativeInfinities += count;
  }

  void addRank(int count) {
    labelRank += count;
  }

  void mergeFloatExponentials() {
    int lanes = ChunkLoops.FLOAT_LANES;
    sumExp.add(sum16(doubles, 0));
    sumExpSquares.add(sum16(doubles, lanes));
    sumShiftedExp.add(-sum16(doubles, 2 * lanes));
  }

  void mergeDoubleExponentials() {
    int lanes = ChunkLoops.DOUBLE_LANES;
    sumExp.add(sum8(doubles, 0));
    sumExpSquares.add(sum8(doubles, lanes));
    sumShiftedExp.add(sum8(doubles, 2 * lanes));
  }

  /**
   * Merges the sums of z and z^2 of a chunk of floats.
   *
   * @return whether the sum of squares without the label's logit, if the chunk holds it, must be
   *     given by {@link #addSquaresOthers}
   */
  boolean mergeFloatMoments(boolean holdsLabel) {
    return mergeMoments(sum16(doubles, 0), sum16(doubles, ChunkLoops.FLOAT_LANES), holdsLabel);
  }

  /** As for floats. */
  boolean mergeDoubleMoments(boolean holdsLabel) {
    return mergeMoments(sum8(doubles, 0), sum8(doubles, ChunkLoops.DOUBLE_LANES), holdsLabel);
  }

  /**
   * The label's square may be subtracted while that loses no more than one bit; beyond, and for
   * infinities, the chunk has to be summed again.
   */
  private boolean mergeMoments(double chunkSum, double chunkSquares, boolean holdsLabel) {
    sum.add(chunkSum);
    sumSquares.add(chunkSquares);
    double square = holdsLabel ? labelLogit * labelLogit : 0.0;
    if (isSubtractable(square, chunkSquares)) {
      sumSquaresOthers.add(chunkSquares - square);
      return false;
    }
    return true;
  }

  /** Whether a square may be subtracted from a sum that contains it. */
  static boolean isSubtractable(double square, double sum) {
    return square <= 0.5 * sum && square < Double.POSITIVE_INFINITY;
  }

  void addSquaresOthers(double squares) {
    sumSquaresOthers.add(squares);
  }

  /** Whether the sum tells of a NaN; sums of doubles that overflow both ways are NaN as well. */
  boolean suspectsNaN() {
    return Double.isNaN(sum.value());
  }

  /** Keeps what the exponentials of a chunk refer to: the maximum so far. */
  void keepReference(int chunk) {
    if (chunk == references.length) {
      references = Arrays.copyOf(references, 2 * chunk);
    }
    references[chunk] = max;
  }

  /** Refers the exponentials of all chunks of floats to the maximum of the row. */
  void rescale(float[] exponentials, int length) {
    for (int from = 0, chunk = 0; from < length; from += ChunkLoops.FLOATS, chunk++) {
      double reference = references[chunk];
      if (reference < max && reference > Double.NEGATIVE_INFINITY) {
        float factor = (float) StrictMath.exp(reference - max);
        int to = Math.min(length, from + ChunkLoops.FLOATS);
        for (int j = from; j < to; j++) {
          exponentials[j] *= factor;
        }
      }
    }
  }

  /** Says that the sums of z and of z^2 were not asked for. */
  void withoutMoments() {
    sum.add(Double.NaN);
    sumSquares.add(Double.NaN);
    sumSquaresOthers.add(Double.NaN);
  }

  RowStatistics finish(int classes, int argmax) {
    return new RowStatistics(
        classes,
        label,
        max,
        runnerUp,
        min,
        argmax,
        labelLogit,
        label < 0 ? -1 : labelRank,
        sumExp.value(),
        sumExpSquares.value(),
        sumShiftedExp.value(),
        sum.value(),
        sumSquares.value(),
        sumSquaresOthers.value(),
        0,
        0,
        negativeInfinities);
  }

  /** The sum of sixteen lanes by the fixed tree. */
  static double sum16(double[] a, int at) {
    return (((a[at] + a[at + 8]) + (a[at + 4] + a[at + 12]))
            + ((a[at + 2] + a[at + 10]) + (a[at + 6] + a[at + 14])))
        + (((a[at + 1] + a[at + 9]) + (a[at + 5] + a[at + 13]))
            + ((a[at + 3] + a[at + 11]) + (a[at + 7] + a[at + 15])));
  }

  /** The sum of eight lanes by the fixed tree. */
  static double sum8(double[] a, int at) {
    return ((a[at] + a[at + 4]) + (a[at + 2] + a[at + 6]))
        + ((a[at + 1] + a[at + 5]) + (a[at + 3] + a[at + 7]));
  }
}
