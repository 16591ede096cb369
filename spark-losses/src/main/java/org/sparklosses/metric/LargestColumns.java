package org.sparklosses.metric;

/**
 * The k largest probabilities of the rows [from, to) of a block, lowest class first on ties: of
 * each row the largest first, in columns.
 */
final class LargestColumns {

  private final LogitBlock block;
  private final int from;
  private final int rows;

  /**
   * The bits of a probability, which are in the order of the probabilities, and below them a number
   * that is the larger the lower the class: no two of a row are the same, and loops over them need
   * no branch.
   */
  private final long[][] largest;

  LargestColumns(LogitBlock block, int k, int from, int to) {
    this.block = block;
    this.from = from;
    rows = to - from;
    int places = Math.min(k, block.classes());
    largest = new long[places][rows];
    long[] left = new long[rows];
    for (int j = 0; j < block.classes(); j++) {
      readKeys(j, left);
      for (int place = 0; place <= Math.min(j, places - 1); place++) {
        exchange(largest[place], left);
      }
    }
  }

  private void readKeys(int j, long[] keys) {
    float[] p = block.probabilities();
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

  /** Tells them and whether their class is the label, place after place. */
  void tell(ScoreSource.ColumnSink sink) {
    double[] scores = block.scores();
    double[] outcomes = block.outcomes();
    for (long[] keys : largest) {
      for (int i = 0; i < rows; i++) {
        scores[from + i] = Float.intBitsToFloat((int) (keys[i] >>> Integer.SIZE));
        int label = block.classes() - (int) keys[i];
        outcomes[from + i] = label == block.label(from + i) ? 1 : 0;
      }
      sink.add(0, scores, outcomes);
    }
  }
}
