package org.sparklosses.metric;

import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.kernel.RowTile;

/** A block of rows of float logits. Rows are regular whose logits are all finite. */
public final class LogitBlock extends PredictionBlock {

  private final RowTile tile = new RowTile();

  /** Class by class, {@link #STRIDE} for each. */
  private float[] logits = new float[0];

  private final float[] max = new float[ROWS];
  private final float[] runnerUp = new float[ROWS];
  private final float[] min = new float[ROWS];
  private final float[] labelLogits = new float[ROWS];
  private final int[] labelRanks = new int[ROWS];
  private final double[] sumExp = new double[ROWS];
  private final double[] sumExpSquares = new double[ROWS];
  private final double[] sumShiftedExp = new double[ROWS];
  private final float[] scale = new float[ROWS];
  private final double[] logOfSum = new double[ROWS];

  /** Class by class, {@link #STRIDE} for each. */
  private float[] probabilities = new float[0];

  /** A block to be filled. */
  public LogitBlock(RowKernel kernel) {
    super(kernel);
  }

  @Override
  public void start(int newClasses) {
    super.start(newClasses);
    if (logits.length < STRIDE * newClasses) {
      logits = new float[STRIDE * newClasses];
      probabilities = new float[STRIDE * newClasses];
    }
  }

  /** Where the logits are to be written: that of class j of row r to {@code j * STRIDE + r}. */
  public float[] logits() {
    return logits;
  }

  @Override
  boolean readPredictions() {
    boolean allRegular = true;
    for (int first = 0; first < rows(); first += RowTile.ROWS) {
      allRegular &= readTile(first, Math.min(RowTile.ROWS, rows() - first));
    }
    if (allRegular) {
      readColumns();
    }
    return allRegular;
  }

  private boolean readTile(int first, int count) {
    kernel.readTile(logits, first, STRIDE, classes(), probabilities, tile);
    kernel.rankLabels(tile, labels, first, count);
    boolean allRegular = true;
    for (int i = 0; i < count; i++) {
      int r = first + i;
      regular[r] = tile.isFinite(i);
      allRegular &= regular[r];
      max[r] = tile.max(i);
      runnerUp[r] = tile.runnerUp(i);
      min[r] = tile.min(i);
      predicted[r] = tile.argmax(i);
      labelLogits[r] = tile.labelLogit(i);
      labelRanks[r] = tile.labelRank(i);
      sumExp[r] = tile.sumExp(i);
      sumExpSquares[r] = tile.sumExpSquares(i);
      sumShiftedExp[r] = tile.sumShiftedExp(i);
    }
    return allRegular;
  }

  private void readColumns() {
    for (int r = 0; r < rows(); r++) {
      confidence[r] = 1.0 / sumExp[r];
      scale[r] = (float) confidence[r];
    }
    for (int j = 0; j < classes(); j++) {
      for (int r = 0; r < rows(); r++) {
        probabilities[j * STRIDE + r] *= scale[r];
      }
    }
    for (int r = 0; r < rows(); r++) {
      labelProbability[r] = labelDifference(r);
    }
    columns().exponentials(labelProbability, rows(), labelProbability);
    columns().logarithms(sumExp, rows(), logOfSum);
    for (int r = 0; r < rows(); r++) {
      labelProbability[r] /= sumExp[r];
      sumSquares[r] = sumExpSquares[r] / (sumExp[r] * sumExp[r]);
    }
  }

  @Override
  boolean isTied(int r) {
    return classes() > 1 && runnerUp[r] == max[r];
  }

  /** Writes the logit of class j less the largest of the row. */
  void differences(int j, double[] out) {
    int column = j * STRIDE;
    for (int r = 0; r < rows(); r++) {
      out[r] = (double) logits[column + r] - max[r];
    }
  }

  /** The logit of the label less the largest. */
  double labelDifference(int r) {
    return (double) labelLogits[r] - max[r];
  }

  @Override
  int labelRank(int r) {
    return labelRanks[r];
  }

  @Override
  int amongTop(int k, int r) {
    // The sign bit of the difference: a branch would be mispredicted.
    return (labelRanks[r] - k) >>> (Integer.SIZE - 1);
  }

  /** Class by class, {@link #STRIDE} for each; not to be changed. */
  float[] probabilities() {
    return probabilities;
  }

  @Override
  double probability(int r, int j) {
    return probabilities[j * STRIDE + r];
  }

  @Override
  void copyProbabilities(int k, int from, int to, double[] out) {
    int column = k * STRIDE;
    for (int r = from; r < to; r++) {
      out[r] = probabilities[column + r];
    }
  }

  @Override
  void tellLargest(int k, int from, int to, ScoreSource.ColumnSink sink) {
    new LargestColumns(this, k, from, to).tell(sink);
  }

  /** Copies the logits of a row. */
  void logits(int r, float[] out) {
    for (int j = 0; j < classes(); j++) {
      out[j] = logits[j * STRIDE + r];
    }
  }

  /** Copies the probabilities of a row. */
  void probabilities(int r, float[] out) {
    for (int j = 0; j < classes(); j++) {
      out[j] = probabilities[j * STRIDE + r];
    }
  }

  /** The statistics of a row but for the sums of z and z^2. */
  RowStatistics statistics(int r) {
    return new RowStatistics(
        classes(),
        labels[r],
        max[r],
        runnerUp[r],
        min[r],
        predicted[r],
        labelLogits[r] + 0.0,
        labelRanks[r],
        sumExp[r],
        sumExpSquares[r],
        sumShiftedExp[r],
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        0);
  }

  @Override
  void logLoss(double[] out) {
    for (int r = 0; r < rows(); r++) {
      out[r] = ((double) max[r] - labelLogits[r]) + logOfSum[r];
    }
  }

  @Override
  void entropy(double[] out) {
    for (int r = 0; r < rows(); r++) {
      out[r] = Math.max(0.0, logOfSum[r] - sumShiftedExp[r] / sumExp[r]);
    }
  }
}
