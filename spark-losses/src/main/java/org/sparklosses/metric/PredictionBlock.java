package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparklosses.exact.Binning;
import org.sparklosses.kernel.ColumnKernel;
import org.sparklosses.kernel.PartialSums;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowTile;

/**
 * Many rows of few classes, column by column: what {@link PredictionRow} is of one row, and to the
 * same bits. Loops over a column cost a fraction of as many calls on rows. All rows have the same
 * number of classes, a label and a weight above 0.
 *
 * <p>An instance is filled again and again: {@link #start}, the predictions of all rows and {@link
 * #set} for each, then {@link #read}.
 */
public abstract sealed class PredictionBlock permits LogitBlock, ProbabilityBlock {

  /** The most rows. */
  public static final int ROWS = 2048;

  /** From the numbers of one class to those of the next: no power of 2, which caches take ill. */
  public static final int STRIDE = ROWS + 16;

  /** The most classes. */
  public static final int MOST_CLASSES = RowTile.LONGEST;

  final RowKernel kernel;
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

  final int[] labels = new int[ROWS];
  private final double[] weights = new double[ROWS];
  private final long[] keys = new long[ROWS];

  final boolean[] regular = new boolean[ROWS];
  final int[] predicted = new int[ROWS];
  final double[] confidence = new double[ROWS];
  final double[] labelProbability = new double[ROWS];
  final double[] sumSquares = new double[ROWS];

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

  PredictionBlock(RowKernel kernel) {
    this.kernel = kernel;
    row = new PredictionRow(kernel, 0, false);
  }

  /**
   * Begins anew.
   *
   * @param newClasses the number of classes of all rows, at most {@link #MOST_CLASSES}
   */
  public void start(int newClasses) {
    classes = newClasses;
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
    return readPredictions();
  }

  /** Reads the predictions; as {@link #read}. */
  abstract boolean readPredictions();

  /** Whether a row's predictions are finite and without fault, so that the block tells of it. */
  public boolean isRegular(int r) {
    return regular[r];
  }

  /** A row by itself, until another is asked for. */
  public PredictionRow row(int r) {
    if (rowInView != r) {
      row.read(this, r);
      rowInView = r;
    }
    return row;
  }

  /** The operations on its columns. */
  public ColumnKernel columns() {
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

  public int classes() {
    return classes;
  }

  public int rows() {
    return rows;
  }

  /** The labels; not to be changed. */
  int[] labels() {
    return labels;
  }

  int label(int r) {
    return labels[r];
  }

  public double weight(int r) {
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

  /** Whether two classes share the largest prediction. */
  abstract boolean isTied(int r);

  /** {@link PredictionRow#isClipped} of a row. */
  abstract boolean isClipped(int r);

  /** {@link PredictionRow#isRenormalised} of a row. */
  abstract boolean isRenormalised(int r);

  /** {@link PredictionRow#isProbabilityLike} of a row. */
  abstract boolean isProbabilityLike(int r);

  /** The largest probability of each row; not to be changed. */
  public double[] confidence() {
    return confidence;
  }

  /** The probability of the label of each row; not to be changed. */
  public double[] labelProbability() {
    return labelProbability;
  }

  /** The sum of the squared probabilities of each row; not to be changed. */
  public double[] sumSquares() {
    return sumSquares;
  }

  /** How many classes come before the label in the order of their predictions. */
  abstract int labelRank(int r);

  /** 1 if fewer than k do, else 0. */
  abstract int amongTop(int k, int r);

  /** The probability of every class. */
  abstract Shares shares();

  /** A probability of a row. */
  double probability(int r, int j) {
    return shares().get(r, j);
  }

  /** Writes the probability of class k and 1 where it is the label, else 0, of rows [from, to). */
  void pairs(int k, int from, int to, double[] p, double[] y) {
    shares().copyTo(p, k, from, to);
    isLabel(k, from, to, y);
  }

  /** Writes 1 where class k is the label, else 0, of rows [from, to). */
  void isLabel(int k, int from, int to, double[] y) {
    for (int r = from; r < to; r++) {
      // The sign bit of the negated difference, a branch would be mispredicted.
      y[r] = 1 + (-(labels[r] ^ k) >> (Integer.SIZE - 1));
    }
  }

  /** Whether predictions are logits. */
  boolean isLogits() {
    return this instanceof LogitBlock;
  }

  /** {@link PredictionRow#confidence} of each row. */
  public void confidence(double[] out) {
    System.arraycopy(confidence, 0, out, 0, rows);
  }

  /** {@link PredictionRow#logLoss} of each row. */
  public abstract void logLoss(double[] out);

  /** {@link PredictionRow#entropy} of each row. */
  public abstract void entropy(double[] out);

  /** {@link Pair#TOP_LABEL}'s log odds of each row, infinite where the probability is 1. */
  public void logOdds(double[] out) {
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

  /** {@link PredictionRow#sumSquares} of each row. */
  public void sumSquares(double[] out) {
    System.arraycopy(sumSquares, 0, out, 0, rows);
  }

  /** {@link PredictionRow#brier} of each row. */
  public void brier(double[] out) {
    for (int r = 0; r < rows; r++) {
      out[r] = Math.max(0.0, sumSquares[r] - 2 * labelProbability[r] + 1);
    }
  }

  /** 1 for each row whose label is among the k largest predictions, else 0. */
  public void isAmongTop(int k, double[] out) {
    for (int r = 0; r < rows; r++) {
      out[r] = amongTop(k, r);
    }
  }

  /** 1 for each row whose prediction is its label, else 0; not to be changed. */
  public double[] correctness() {
    if (!hasCorrectness) {
      hasCorrectness = true;
      for (int r = 0; r < rows; r++) {
        // The sign bit of the negated difference, a branch would be mispredicted.
        int different = predicted[r] ^ labels[r];
        correctness[r] = 1 + (-different >> (Integer.SIZE - 1));
      }
    }
    return correctness;
  }

  /** {@link PredictionRow#isCorrect} of each row: 1 or 0. */
  public void correctness(double[] out) {
    System.arraycopy(correctness(), 0, out, 0, rows);
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
  public double[] column(ColumnScalar scalar) {
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
