package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparklosses.kernel.ColumnKernel;
import org.sparklosses.kernel.PartialSums;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.kernel.RowTile;

/**
 * Many rows of few float logits, column by column: what {@link PredictionRow} is of one row, and to
 * the same bits. Loops over a column cost a fraction of as many calls on rows. All rows have the
 * same number of classes, a label and a weight above 0.
 *
 * <p>An instance is filled again and again: {@link #start}, the logits of all rows and {@link #set}
 * for each, then {@link #read}.
 */
public final class PredictionBlock {

  /** The most rows. */
  public static final int ROWS = 2048;

  /** From the logits of one class to those of the next: no power of 2, which caches take ill. */
  public static final int STRIDE = ROWS + 16;

  /** The most classes. */
  public static final int MOST_CLASSES = RowTile.LONGEST;

  private final RowKernel kernel;
  private final RowTile tile = new RowTile();
  private final PredictionRow row;
  private int rowInView;

  private final PartialSums parts = new PartialSums();
  private final int[] places = new int[ROWS];
  private final int[] flags = new int[ROWS];
  private final int[] list = new int[ROWS + 1];
  private final double[] scores = new double[ROWS];
  private final double[] outcomes = new double[ROWS];
  private ColumnKernel columns;
  private int classes;
  private int rows;

  /** Class by class, {@link #STRIDE} for each. */
  private float[] logits = new float[0];

  private final int[] labels = new int[ROWS];
  private final double[] weights = new double[ROWS];
  private final long[] keys = new long[ROWS];

  private final boolean[] regular = new boolean[ROWS];
  private final float[] max = new float[ROWS];
  private final float[] runnerUp = new float[ROWS];
  private final float[] min = new float[ROWS];
  private final float[] labelLogits = new float[ROWS];
  private final int[] predicted = new int[ROWS];
  private final int[] labelRanks = new int[ROWS];
  private final double[] sumExp = new double[ROWS];
  private final double[] sumExpSquares = new double[ROWS];
  private final double[] sumShiftedExp = new double[ROWS];

  private final double[] confidence = new double[ROWS];
  private final float[] scale = new float[ROWS];
  private final double[] labelProbability = new double[ROWS];
  private final double[] logOfSum = new double[ROWS];
  private final double[] sumSquares = new double[ROWS];

  /** Class by class, {@link #STRIDE} for each. */
  private float[] probabilities = new float[0];

  /** Columns of pairs, and those of them that are of the rows at hand. */
  private final Map<ColumnScalar, double[]> columnsOfScalars = new HashMap<>();

  private final Set<ColumnScalar> computed = new HashSet<>();

  private final Map<Binning, int[]> confidenceBins = new HashMap<>();

  /** The binnings whose bins are those of the rows at hand. */
  private final List<Binning> binned = new ArrayList<>();

  private final double[] correctness = new double[ROWS];
  private boolean hasCorrectness;

  private double[][] summands = new double[0][];
  private boolean hasSummands;

  /** A block to be filled. */
  public PredictionBlock(RowKernel kernel) {
    this.kernel = kernel;
    row = new PredictionRow(kernel, 0);
  }

  /**
   * Begins anew.
   *
   * @param newClasses the number of classes of all rows, at most {@link #MOST_CLASSES}
   */
  public void start(int newClasses) {
    classes = newClasses;
    if (logits.length < STRIDE * newClasses) {
      logits = new float[STRIDE * newClasses];
      probabilities = new float[STRIDE * newClasses];
    }
  }

  /** Where the logits are to be written: that of class j of row r to {@code j * STRIDE + r}. */
  public float[] logits() {
    return logits;
  }

  /**
   * Says what else a row has.
   *
   * @param label the class index
   * @param weight above 0 and finite
   * @param key the hash of the row's unit, for what resamples units
   */
  public void set(int r, int label, double weight, long key) {
    labels[r] = label;
    weights[r] = weight;
    keys[r] = key;
  }

  /**
   * Reads the rows.
   *
   * @return whether all are regular; what a block says of others is arbitrary
   */
  public boolean read(int newRows) {
    rows = newRows;
    columns = kernel.columns();
    rowInView = -1;
    hasSummands = false;
    hasCorrectness = false;
    binned.clear();
    computed.clear();
    boolean allRegular = true;
    for (int first = 0; first < rows; first += RowTile.ROWS) {
      allRegular &= readTile(first, Math.min(RowTile.ROWS, rows - first));
    }
    if (allRegular) {
      readColumns();
    }
    return allRegular;
  }

  private boolean readTile(int first, int count) {
    kernel.readTile(logits, first, STRIDE, classes, probabilities, tile);
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
    for (int r = 0; r < rows; r++) {
      confidence[r] = 1.0 / sumExp[r];
      scale[r] = (float) confidence[r];
    }
    for (int j = 0; j < classes; j++) {
      for (int r = 0; r < rows; r++) {
        probabilities[j * STRIDE + r] *= scale[r];
      }
    }
    for (int r = 0; r < rows; r++) {
      labelProbability[r] = labelDifference(r);
    }
    columns.exponentials(labelProbability, rows, labelProbability);
    columns.logarithms(sumExp, rows, logOfSum);
    for (int r = 0; r < rows; r++) {
      labelProbability[r] /= sumExp[r];
      sumSquares[r] = sumExpSquares[r] / (sumExp[r] * sumExp[r]);
    }
  }

  /** Whether all logits of a row are finite, so that the block tells of it. */
  public boolean isRegular(int r) {
    return regular[r];
  }

  /** A row by itself, until another is asked for. */
  PredictionRow row(int r) {
    if (rowInView != r) {
      row.read(this, r);
      rowInView = r;
    }
    return row;
  }

  /** The operations on its columns. */
  ColumnKernel columns() {
    return columns;
  }

  /** Scratch for sums of columns. */
  PartialSums parts() {
    return parts;
  }

  /** Scratch for the place where something is kept of each row. */
  public int[] places() {
    return places;
  }

  /** Scratch for a number of each row. */
  int[] flags() {
    return flags;
  }

  /** Scratch for a score of each row. */
  double[] scores() {
    return scores;
  }

  /** Scratch for an outcome of each row. */
  double[] outcomes() {
    return outcomes;
  }

  /** Scratch for a list of rows, and one number more. */
  int[] list() {
    return list;
  }

  int classes() {
    return classes;
  }

  int rows() {
    return rows;
  }

  /** The labels; not to be changed. */
  int[] labels() {
    return labels;
  }

  int label(int r) {
    return labels[r];
  }

  double weight(int r) {
    return weights[r];
  }

  /** The weights; not to be changed. */
  double[] weights() {
    return weights;
  }

  /** The hash of the row's unit. */
  public long key(int r) {
    return keys[r];
  }

  int predicted(int r) {
    return predicted[r];
  }

  boolean isCorrect(int r) {
    return predicted[r] == labels[r];
  }

  boolean isSaturated(int r) {
    return confidence[r] >= 1.0 || labelProbability[r] == 0;
  }

  boolean isTied(int r) {
    return classes > 1 && runnerUp[r] == max[r];
  }

  /** The largest probability of each row; not to be changed. */
  double[] confidence() {
    return confidence;
  }

  /** The probability of the label of each row; not to be changed. */
  double[] labelProbability() {
    return labelProbability;
  }

  /** The sum of the squared probabilities of each row; not to be changed. */
  double[] sumSquares() {
    return sumSquares;
  }

  /** Writes the logit of class j less the largest of the row. */
  void differences(int j, double[] out) {
    int column = j * STRIDE;
    for (int r = 0; r < rows; r++) {
      out[r] = (double) logits[column + r] - max[r];
    }
  }

  /** The logit of the label less the largest. */
  double labelDifference(int r) {
    return (double) labelLogits[r] - max[r];
  }

  int labelRank(int r) {
    return labelRanks[r];
  }

  /** A probability of a row. */
  double probability(int r, int j) {
    return probabilities[j * STRIDE + r];
  }

  /** Class by class, {@link #STRIDE} for each; not to be changed. */
  float[] probabilities() {
    return probabilities;
  }

  /** Writes the probability of class k and 1 where it is the label, else 0, of rows [from, to). */
  void pairs(int k, int from, int to, double[] p, double[] y) {
    int column = k * STRIDE;
    for (int r = from; r < to; r++) {
      p[r] = probabilities[column + r];
      y[r] = 1 + (-(labels[r] ^ k) >> (Integer.SIZE - 1));
    }
  }

  /** Copies the logits of a row. */
  void logits(int r, float[] out) {
    for (int j = 0; j < classes; j++) {
      out[j] = logits[j * STRIDE + r];
    }
  }

  /** Copies the probabilities of a row. */
  void probabilities(int r, float[] out) {
    for (int j = 0; j < classes; j++) {
      out[j] = probabilities[j * STRIDE + r];
    }
  }

  /** The statistics of a row but for the sums of z and z^2. */
  RowStatistics statistics(int r) {
    return new RowStatistics(
        classes,
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

  /** {@link PredictionRow#confidence} of each row. */
  void confidence(double[] out) {
    System.arraycopy(confidence, 0, out, 0, rows);
  }

  /** {@link PredictionRow#logLoss} of each row. */
  void logLoss(double[] out) {
    for (int r = 0; r < rows; r++) {
      out[r] = ((double) max[r] - labelLogits[r]) + logOfSum[r];
    }
  }

  /** {@link Pair#TOP_LABEL}'s log odds of each row, infinite where the probability is 1. */
  void logOdds(double[] out) {
    double[] rest = new double[rows];
    for (int r = 0; r < rows; r++) {
      rest[r] = 1 - confidence[r];
      // The logarithm wants no 0.
      out[r] = rest[r] > 0 ? rest[r] : 1;
    }
    columns.logarithms(confidence, rows, scores);
    columns.logarithms(out, rows, out);
    for (int r = 0; r < rows; r++) {
      out[r] = rest[r] > 0 ? scores[r] - out[r] : Double.POSITIVE_INFINITY;
    }
  }

  /** {@link PredictionRow#entropy} of each row. */
  void entropy(double[] out) {
    for (int r = 0; r < rows; r++) {
      out[r] = Math.max(0.0, logOfSum[r] - sumShiftedExp[r] / sumExp[r]);
    }
  }

  /** {@link PredictionRow#sumSquares} of each row. */
  void sumSquares(double[] out) {
    System.arraycopy(sumSquares, 0, out, 0, rows);
  }

  /** {@link PredictionRow#brier} of each row. */
  void brier(double[] out) {
    for (int r = 0; r < rows; r++) {
      out[r] = Math.max(0.0, sumSquares[r] - 2 * labelProbability[r] + 1);
    }
  }

  /** 1 for each row whose label is among the k largest predictions, else 0. */
  void isAmongTop(int k, double[] out) {
    for (int r = 0; r < rows; r++) {
      // The sign bit of the difference: a branch would be mispredicted.
      out[r] = (labelRanks[r] - k) >>> (Integer.SIZE - 1);
    }
  }

  /** 1 for each row whose prediction is its label, else 0; not to be changed. */
  double[] correctness() {
    if (!hasCorrectness) {
      hasCorrectness = true;
      for (int r = 0; r < rows; r++) {
        // The sign bit of the negated difference: a branch would be mispredicted.
        int different = predicted[r] ^ labels[r];
        correctness[r] = 1 + (-different >> (Integer.SIZE - 1));
      }
    }
    return correctness;
  }

  /** The bin of the largest probability of each row; not to be changed. */
  int[] confidenceBins(Binning binning) {
    int[] bins = confidenceBins.get(binning);
    if (bins == null) {
      bins = new int[ROWS];
      confidenceBins.put(binning, bins);
    }
    if (!binned.contains(binning)) {
      binned.add(binning);
      for (int r = 0; r < rows; r++) {
        bins[r] = binning.of(confidence[r]);
      }
    }
    return bins;
  }

  /** A number of each row; not to be changed. */
  double[] column(ColumnScalar scalar) {
    double[] column = columnsOfScalars.computeIfAbsent(scalar, s -> new double[ROWS]);
    if (computed.add(scalar)) {
      scalar.of(this, column);
    }
    return column;
  }

  /** What each row adds to the sum of each mean: wx, or x without weights. */
  public double[][] summands(List<Mean> means, boolean weighted) {
    if (!hasSummands) {
      hasSummands = true;
      computeSummands(means, weighted);
    }
    return summands;
  }

  private void computeSummands(List<Mean> means, boolean weighted) {
    if (summands.length != means.size()) {
      summands = new double[means.size()][ROWS];
    }
    boolean isRowByRow = false;
    for (int i = 0; i < summands.length; i++) {
      if (means.get(i).scalar() instanceof ColumnScalar column) {
        column.of(this, summands[i]);
      } else {
        isRowByRow = true;
      }
    }
    for (int r = 0; isRowByRow && r < rows; r++) {
      for (int i = 0; i < summands.length; i++) {
        RowScalar scalar = means.get(i).scalar();
        if (!(scalar instanceof ColumnScalar)) {
          summands[i][r] = scalar.of(row(r));
        }
      }
    }
    for (int i = 0; weighted && i < summands.length; i++) {
      for (int r = 0; r < rows; r++) {
        summands[i][r] *= weights[r];
      }
    }
  }
}
