// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.HashMap;
import java.util.Map;
import org.sparklosses.kernel.ColumnKernel;
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
  public static final int ROWS = Shares.ROWS;

  /** From the numbers of one class to those of the next. */
  public static final int STRIDE = Shares.STRIDE;

  /** The most classes. */
  public static final int MOST_CLASSES = RowTile.LONGEST;

  final RowKernel kernel;
  private final PredictionRow row;
  private int rowInView;

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

  private final double[] correctness = new double[ROWS];
  private boolean hasCorrectness;

  private final Map<Attachment<?>, Attached> attached = new HashMap<>();

  /** How often rows were read. */
  private long readings;

  /**
   * Arrays that somebody keeps with a block, so that there is one of them a block and not one a
   * slice of the table: columns that follow from its rows, or scratch. Equal ones share the arrays;
   * scratch is best a constant of the class that uses it.
   *
   * @param <A> the arrays
   */
  @FunctionalInterface
  public interface Attachment<A> {

    /** New arrays, for any rows. */
    A create();

    /** Fills them from the rows at hand; leaves scratch as it is. */
    default void fill(PredictionBlock block, A arrays) {}
  }

  private static final class Attached {

    private final Object arrays;
    private long reading = -1;

    Attached(Object arrays) {
      this.arrays = arrays;
    }
  }

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
    hasCorrectness = false;
    readings++;
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
      row.start(classes, labels[r], weights[r], keys[r]);
      row.setPrediction(
          predicted[r], confidence[r], labelProbability[r], labelRank(r), sumSquares[r]);
      fill(row, r);
      rowInView = r;
    }
    return row;
  }

  /** Tells a row what its predictions are. */
  abstract void fill(PredictionRow view, int r);

  /**
   * What is attached to the block, for the rows at hand. Only who has scratch of their own may
   * change it.
   */
  // Equal attachments have arrays of the same type.
  @SuppressWarnings("unchecked")
  public <A> A attached(Attachment<A> attachment) {
    Attached known = attached.get(attachment);
    if (known == null) {
      known = new Attached(attachment.create());
      attached.put(attachment, known);
    }
    A arrays = (A) known.arrays;
    if (known.reading != readings) {
      known.reading = readings;
      attachment.fill(this, arrays);
    }
    return arrays;
  }

  /** The operations on its columns. */
  public ColumnKernel columns() {
    return columns;
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** The number of rows. */
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

  /** The weight of a row. */
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
  abstract boolean isLogits();

  /** {@link PredictionRow#confidence} of each row. */
  public void confidence(double[] out) {
    System.arraycopy(confidence, 0, out, 0, rows);
  }

  /** {@link PredictionRow#logLoss} of each row. */
  public abstract void logLoss(double[] out);

  /** {@link PredictionRow#entropy} of each row. */
  public abstract void entropy(double[] out);

  /** The log odds of the largest probability of each row, infinite where the probability is 1. */
  public void logOdds(double[] out) {
    double[] rest = new double[rows];
    double[] logarithms = new double[rows];
    for (int r = 0; r < rows; r++) {
      rest[r] = 1 - confidence[r];
      // The logarithm wants no 0.
      out[r] = rest[r] > 0 ? rest[r] : 1;
    }
    columns.logarithms(confidence, rows, logarithms);
    columns.logarithms(out, rows, out);
    for (int r = 0; r < rows; r++) {
      out[r] = rest[r] > 0 ? logarithms[r] - out[r] : Double.POSITIVE_INFINITY;
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
}
