// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.function.IntToDoubleFunction;

/**
 * A score that rows have and what came of it: one pair a row, or several, each in a series of its
 * own or all in one.
 *
 * @param name what it is, parameters included; two of the same name are the same
 * @param scale what the scores are
 * @param isBinary whether outcomes are 0 or 1
 * @param series how many series there are
 * @param pairs the pairs of a row
 * @param columns the same of the rows of a block; null if they are asked one by one
 * @param ofLogits the same pairs with scores that tell rows of logits apart, in the same order,
 *     where these scores round to the same number; null where they do not
 */
public record ScoreSource(
    String name,
    ScoreScale scale,
    boolean isBinary,
    SeriesCount series,
    Pairs pairs,
    Columns columns,
    ScoreSource ofLogits) {

  /** The most series whose distributions are kept. */
  static final int MOST_SERIES = 4096;

  private static final PredictionBlock.Attachment<double[]> SCORES =
      () -> new double[PredictionBlock.ROWS];

  private static final PredictionBlock.Attachment<double[]> OUTCOMES =
      () -> new double[PredictionBlock.ROWS];

  /** The largest probability; whether that class is the label. */
  public static final ScoreSource TOP_LABEL =
      binary(
              "top_label",
              ScoreScale.PROBABILITY,
              classes -> 1,
              (row, sink) -> sink.add(0, row.confidence(), row.isCorrect() ? 1 : 0),
              (block, from, to, sink) -> sink.add(0, block.confidence(), block.correctness()))
          .orOfLogits(
              ScoreScale.LOG_ODDS,
              (row, sink) -> sink.add(0, row.logOdds(row.predicted()), row.isCorrect() ? 1 : 0),
              (block, from, to, sink) ->
                  sink.add(0, ((LogitBlock) block).predictedLogOdds(), block.correctness()));

  /** The probability of class 1 of two; whether the label is 1. Of other rows nothing. */
  public static final ScoreSource POSITIVE =
      binary(
              "positive",
              ScoreScale.PROBABILITY,
              classes -> 1,
              (row, sink) -> {
                if (row.classes() == 2) {
                  sink.add(0, row.probability(1), row.label() == 1 ? 1 : 0);
                }
              },
              ScoreSource::tellPositive)
          .orOfLogits(
              ScoreScale.LOG_ODDS,
              (row, sink) -> {
                if (row.classes() == 2) {
                  sink.add(0, row.logOdds(1), row.label() == 1 ? 1 : 0);
                }
              },
              ScoreSource::tellPositiveLogOdds);

  /** As {@link #POSITIVE}, with the logit of class 1 less that of class 0 as the score. */
  public static final ScoreSource POSITIVE_LOGIT =
      binary(
          "positive_logit",
          ScoreScale.NUMBER,
          classes -> 1,
          (row, sink) -> {
            if (row.classes() == 2) {
              double[] z = row.logits();
              sink.add(0, z[1] - z[0], row.label() == 1 ? 1 : 0);
            }
          },
          null);

  /** The probability of every class, each a series; whether it is the label. */
  public static final ScoreSource EACH_CLASS =
      binary(
              "each_class",
              ScoreScale.PROBABILITY,
              classes -> classes,
              (row, sink) -> tellClasses(row, (k, y) -> sink.add(k, row.probability(k), y)),
              (block, from, to, sink) -> {
                double[] p = block.attached(SCORES);
                double[] y = block.attached(OUTCOMES);
                for (int k = 0; k < block.classes(); k++) {
                  block.pairs(k, from, to, p, y);
                  sink.add(k, p, y);
                }
              })
          .orOfLogits(
              ScoreScale.LOG_ODDS,
              (row, sink) -> tellClasses(row, (k, y) -> sink.add(k, row.logOdds(k), y)),
              (block, from, to, sink) -> {
                double[] logOdds = block.attached(SCORES);
                double[] y = block.attached(OUTCOMES);
                for (int k = 0; k < block.classes(); k++) {
                  ((LogitBlock) block).logOdds(k, from, to, logOdds);
                  block.isLabel(k, from, to, y);
                  sink.add(k, logOdds, y);
                }
              });

  /** The probabilities of all classes in one series; whether the class is the label. */
  public static final ScoreSource ALL_CLASSES =
      binary(
              "all_classes",
              ScoreScale.PROBABILITY,
              classes -> 1,
              (row, sink) -> tellClasses(row, (k, y) -> sink.add(0, row.probability(k), y)),
              null)
          .orOfLogits(
              ScoreScale.LOG_ODDS,
              (row, sink) -> tellClasses(row, (k, y) -> sink.add(0, row.logOdds(k), y)),
              null);

  /**
   * The rows of every ordered pair of classes (a, b), each a series of number {@code a * classes +
   * b}: the probability of a; whether it is the label, which is a or b.
   */
  public static final ScoreSource CLASS_PAIRS =
      binary(
              "class_pairs",
              ScoreScale.PROBABILITY,
              classes -> classes <= MOST_SERIES ? classes * classes : Integer.MAX_VALUE,
              (row, sink) -> tellPairs(row, row::probability, sink),
              null)
          .orOfLogits(ScoreScale.LOG_ODDS, (row, sink) -> tellPairs(row, row::logOdds, sink), null);

  /** How many series there are, given the number of classes. */
  @FunctionalInterface
  public interface SeriesCount {
    int of(int classes);
  }

  /** Tells the pairs of a row. */
  @FunctionalInterface
  public interface Pairs {
    void of(PredictionRow row, Sink sink);
  }

  /** Tells the pairs of the rows [from, to) of a block. */
  @FunctionalInterface
  public interface Columns {
    void of(PredictionBlock block, int from, int to, ColumnSink sink);
  }

  /** Takes a pair of each row; the arrays are only lent. */
  @FunctionalInterface
  public interface ColumnSink {
    void add(int series, double[] scores, double[] outcomes);
  }

  /** Takes a pair. */
  @FunctionalInterface
  public interface Sink {
    void add(int series, double score, double outcome);
  }

  private static ScoreSource binary(
      String name, ScoreScale scale, SeriesCount series, Pairs pairs, Columns columns) {
    return new ScoreSource(name, scale, true, series, pairs, columns, null);
  }

  /** The same with what is told instead of rows of logits, where the order matters. */
  private ScoreSource orOfLogits(ScoreScale logitScale, Pairs ofRow, Columns ofBlock) {
    return new ScoreSource(
        name,
        scale,
        isBinary,
        series,
        pairs,
        columns,
        new ScoreSource(name + "_of_logits", logitScale, isBinary, series, ofRow, ofBlock, null));
  }

  /** What is told of rows in whose order the scores matter. */
  ScoreSource ofRows(boolean isLogits) {
    return isLogits && ofLogits != null ? ofLogits : this;
  }

  /** Tells the pairs of a row in whose order the scores matter. */
  public void tell(PredictionRow row, Sink sink) {
    ofRows(row.isLogits()).pairs.of(row, sink);
  }

  /** As {@link #EACH_CLASS}, but only probabilities above a threshold. */
  public static ScoreSource eachClassAbove(double threshold) {
    return binary(
            "each_class_above_" + threshold,
            ScoreScale.PROBABILITY,
            classes -> classes,
            (row, sink) ->
                tellClassesAbove(threshold, row, (k, y) -> sink.add(k, row.probability(k), y)),
            null)
        .orOfLogits(
            ScoreScale.LOG_ODDS,
            (row, sink) ->
                tellClassesAbove(threshold, row, (k, y) -> sink.add(k, row.logOdds(k), y)),
            null);
  }

  /** Takes a class of a row and whether it is the label. */
  @FunctionalInterface
  private interface ClassSink {
    void add(int k, double y);
  }

  private static void tellClasses(PredictionRow row, ClassSink sink) {
    for (int k = 0; k < row.classes(); k++) {
      sink.add(k, k == row.label() ? 1 : 0);
    }
  }

  private static void tellClassesAbove(double threshold, PredictionRow row, ClassSink sink) {
    tellClasses(
        row,
        (k, y) -> {
          if (row.probability(k) > threshold) {
            sink.add(k, y);
          }
        });
  }

  private static void tellPairs(PredictionRow row, IntToDoubleFunction score, Sink sink) {
    int label = row.label();
    for (int k = 0; k < row.classes(); k++) {
      if (k != label) {
        sink.add(label * row.classes() + k, score.applyAsDouble(label), 1);
        sink.add(k * row.classes() + label, score.applyAsDouble(k), 0);
      }
    }
  }

  private static void tellPositive(PredictionBlock block, int from, int to, ColumnSink sink) {
    if (block.classes() == 2) {
      double[] p = block.attached(SCORES);
      double[] y = block.attached(OUTCOMES);
      block.pairs(1, from, to, p, y);
      sink.add(0, p, y);
    }
  }

  private static void tellPositiveLogOdds(
      PredictionBlock block, int from, int to, ColumnSink sink) {
    if (block.classes() == 2) {
      double[] logOdds = block.attached(SCORES);
      double[] y = block.attached(OUTCOMES);
      ((LogitBlock) block).logOdds(1, from, to, logOdds);
      block.isLabel(1, from, to, y);
      sink.add(0, logOdds, y);
    }
  }

  /** The k largest probabilities in one series; whether the class is the label. */
  public static ScoreSource largest(int k) {
    return binary(
        "largest_" + k,
        ScoreScale.PROBABILITY,
        classes -> 1,
        (row, sink) -> {
          for (int j : LargestColumns.largest(row, k)) {
            sink.add(0, row.probability(j), j == row.label() ? 1 : 0);
          }
        },
        (block, from, to, sink) ->
            LargestColumns.tell(block, k, from, to, (p, y) -> sink.add(0, p, y)));
  }

  /**
   * A number in [0, 1] of the row and an outcome that is 0 or 1.
   *
   * @param logOdds its log odds, of rows of logits
   */
  public static ScoreSource share(
      String name, RowScalar score, RowScalar logOdds, RowScalar outcome) {
    return single(name, ScoreScale.PROBABILITY, true, score, outcome)
        .orOfLogits(ScoreScale.LOG_ODDS, pairs(logOdds, outcome), columns(logOdds, outcome));
  }

  /**
   * A number of the row, at most 0, and an outcome that is 0 or 1.
   *
   * @param logarithm the logarithm of its size with the sign turned, of rows of logits
   */
  public static ScoreSource negative(
      String name, RowScalar score, RowScalar logarithm, RowScalar outcome) {
    return single(name, ScoreScale.NUMBER, true, score, outcome)
        .orOfLogits(
            ScoreScale.NEGATIVE_LOGARITHM, pairs(logarithm, outcome), columns(logarithm, outcome));
  }

  /** Any number of the row and an outcome that is 0 or 1. */
  public static ScoreSource score(String name, RowScalar score, RowScalar outcome) {
    return single(name, ScoreScale.NUMBER, true, score, outcome);
  }

  /** Any number of the row and a loss. */
  public static ScoreSource loss(String name, RowScalar score, RowScalar loss) {
    return single(name, ScoreScale.NUMBER, false, score, loss);
  }

  private static ScoreSource single(
      String name, ScoreScale scale, boolean isBinary, RowScalar score, RowScalar outcome) {
    return new ScoreSource(
        name, scale, isBinary, classes -> 1, pairs(score, outcome), columns(score, outcome), null);
  }

  private static Pairs pairs(RowScalar score, RowScalar outcome) {
    return (row, sink) -> sink.add(0, score.of(row), outcome.of(row));
  }

  private static Columns columns(RowScalar score, RowScalar outcome) {
    if (!score.isColumn() || !outcome.isColumn()) {
      return null;
    }
    BlockScalar scores = new BlockScalar(score);
    BlockScalar outcomes = new BlockScalar(outcome);
    return (block, from, to, sink) -> sink.add(0, block.attached(scores), block.attached(outcomes));
  }

  /**
   * Checks that predictions of so many classes have such scores, in few enough series that their
   * distributions can be kept; 0 for no rows.
   *
   * @throws IllegalArgumentException if not
   */
  public void check(int classes) {
    if ((equals(POSITIVE) || equals(POSITIVE_LOGIT)) && classes != 0 && classes != 2) {
      throw new IllegalArgumentException(
          "a metric of the positive class needs 2 classes, the predictions have "
              + classes
              + "; use of=top_label or classwise_calibration_error");
    }
    if (!hasDistributions(classes)) {
      throw new IllegalArgumentException(
          "the distributions of %s of %d classes are more than the %d that are kept; use"
                  .formatted(name, classes, MOST_SERIES)
              + (equals(CLASS_PAIRS)
                  ? " multi_class=ovr, or average=micro for any number of classes"
                  : " all classes together (average=micro), or bins of equal width"));
    }
  }

  /** Whether there are few enough series that their distributions can be kept. */
  boolean hasDistributions(int classes) {
    return series.of(classes) <= MOST_SERIES;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreSource source && source.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
