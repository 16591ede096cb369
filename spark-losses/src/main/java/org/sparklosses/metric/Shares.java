package org.sparklosses.metric;

/**
 * The probability of every class of the rows of a block, that of class j of row r at {@code j *
 * PredictionBlock.STRIDE + r}; not to be changed. As in {@link PredictionRow}, they are floats
 * where logits were.
 */
sealed interface Shares {

  /** A probability of a row. */
  double get(int r, int j);

  /** Writes the probability of class j of the rows [from, to). */
  void copyTo(double[] out, int j, int from, int to);

  /** Floats. */
  // The arrays are filled again and again.
  @SuppressWarnings("ArrayRecordComponent")
  record OfFloats(float[] p) implements Shares {

    @Override
    public double get(int r, int j) {
      return p[j * PredictionBlock.STRIDE + r];
    }

    @Override
    public void copyTo(double[] out, int j, int from, int to) {
      int column = j * PredictionBlock.STRIDE;
      for (int r = from; r < to; r++) {
        out[r] = p[column + r];
      }
    }

    /** Copies the probabilities of a row, as many as there is place for. */
    void copyRow(int r, float[] out) {
      for (int j = 0; j < out.length; j++) {
        out[j] = p[j * PredictionBlock.STRIDE + r];
      }
    }
  }

  /** Doubles. */
  @SuppressWarnings("ArrayRecordComponent")
  record OfDoubles(double[] p) implements Shares {

    @Override
    public double get(int r, int j) {
      return p[j * PredictionBlock.STRIDE + r];
    }

    @Override
    public void copyTo(double[] out, int j, int from, int to) {
      System.arraycopy(p, j * PredictionBlock.STRIDE + from, out, from, to - from);
    }

    /** Copies the probabilities of a row, as many as there is place for. */
    void copyRow(int r, double[] out) {
      for (int j = 0; j < out.length; j++) {
        out[j] = p[j * PredictionBlock.STRIDE + r];
      }
    }
  }
}
