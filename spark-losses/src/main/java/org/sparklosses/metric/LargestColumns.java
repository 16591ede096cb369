// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.function.BiConsumer;

/**
 * The k largest probabilities of the rows [from, to) of a block, lowest class first on ties: of
 * each row the largest first, in columns where they are floats.
 */
final class LargestColumns {

  private static final PredictionBlock.Attachment<double[]> SCORES =
      () -> new double[PredictionBlock.ROWS];

  private static final PredictionBlock.Attachment<double[]> OUTCOMES =
      () -> new double[PredictionBlock.ROWS];

  private final PredictionBlock block;
  private final int from;
  private final int rows;

  /**
   * The bits of a probability, which are in the order of the probabilities, and below them a number
   * that is the larger the lower the class: no two of a row are the same, and loops over them need
   * no branch.
   */
  private final long[][] largest;

  private LargestColumns(PredictionBlock block, float[] p, int k, int from, int to) {
    this.block = block;
    this.from = from;
    rows = to - from;
    int places = Math.min(k, block.classes());
    largest = new long[places][rows];
    long[] left = new long[rows];
    for (int j = 0; j < block.classes(); j++) {
      readKeys(p, j, left);
      for (int place = 0; place <= Math.min(j, places - 1); place++) {
        exchange(largest[place], left);
      }
    }
  }

  private void readKeys(float[] p, int j, long[] keys) {
    int column = j * PredictionBlock.STRIDE + from;
    int rank = block.classes() - j;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = (long) Float.floatToRawIntBits(p[column + i]) << Integer.SIZE | rank;
    }
  }

  /** Leaves the larger of each two in the first column and the smaller in the second. */
  private static void exchange(long[] first, long[] second) {
    for (int i = 0; i < first.length; i++) {
      long a = first[i];
      long b = second[i];
      first[i] = Math.max(a, b);
      second[i] = Math.min(a, b);
    }
  }

  /** The k classes of largest probability, lowest index first on ties. */
  static int[] largest(PredictionRow row, int k) {
    int[] classes = new int[Math.min(k, row.classes())];
    int found = 0;
    for (int j = 0; j < row.classes(); j++) {
      double p = row.probability(j);
      if (found < classes.length || p > row.probability(classes[found - 1])) {
        int at = found < classes.length ? found++ : found - 1;
        for (; at > 0 && p > row.probability(classes[at - 1]); at--) {
          classes[at] = classes[at - 1];
        }
        classes[at] = j;
      }
    }
    return classes;
  }

  /** Tells them and whether their class is the label, place after place. */
  static void tell(
      PredictionBlock block, int k, int from, int to, BiConsumer<double[], double[]> sink) {
    if (block.shares() instanceof Shares.OfFloats floats) {
      new LargestColumns(block, floats.p(), k, from, to).tell(sink);
    } else {
      tellByRow(block, k, from, to, sink);
    }
  }

  private static void tellByRow(
      PredictionBlock block, int k, int from, int to, BiConsumer<double[], double[]> sink) {
    int[][] classes = new int[to - from][];
    for (int r = from; r < to; r++) {
      classes[r - from] = largest(block.row(r), k);
    }
    double[] scores = block.attached(SCORES);
    double[] outcomes = block.attached(OUTCOMES);
    for (int place = 0; place < Math.min(k, block.classes()); place++) {
      for (int r = from; r < to; r++) {
        int j = classes[r - from][place];
        scores[r] = block.probability(r, j);
        outcomes[r] = j == block.label(r) ? 1 : 0;
      }
      sink.accept(scores, outcomes);
    }
  }

  private void tell(BiConsumer<double[], double[]> sink) {
    double[] scores = block.attached(SCORES);
    double[] outcomes = block.attached(OUTCOMES);
    for (long[] keys : largest) {
      for (int i = 0; i < rows; i++) {
        scores[from + i] = Float.intBitsToFloat((int) (keys[i] >>> Integer.SIZE));
        int label = block.classes() - (int) keys[i];
        outcomes[from + i] = label == block.label(from + i) ? 1 : 0;
      }
      sink.accept(scores, outcomes);
    }
  }
}
