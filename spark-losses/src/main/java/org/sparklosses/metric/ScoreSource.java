package org.sparklosses.metric;

/**
 * A score that rows have and what came of it: one pair a row, or several, each in a series of its
 * own or all in one.
 *
 * @param name what it is, parameters included; two of the same name are the same
 * @param isProbability whether scores lie in [0, 1]
 * @param isBinary whether outcomes are 0 or 1
 * @param series how many series there are
 * @param pairs the pairs of a row
 * @param columns the same of the rows of a block; null if they are asked one by one
 */
public record ScoreSource(
    String name,
    boolean isProbability,
    boolean isBinary,
    SeriesCount series,
    Pairs pairs,
    Columns columns) {

  /** A source whose rows are asked one by one. */
  public ScoreSource(
      String name, boolean isProbability, boolean isBinary, SeriesCount series, Pairs pairs) {
    this(name, isProbability, isBinary, series, pairs, null);
  }

  /** The most series whose distributions are kept. */
  static final int MOST_SERIES = 4096;

  /** The largest probability; whether that class is the label. */
  public static final ScoreSource TOP_LABEL =
      new ScoreSource(
          "top_label",
          true,
          true,
          classes -> 1,
          (row, sink) -> sink.add(0, row.confidence(), row.isCorrect() ? 1 : 0),
          (block, from, to, sink) -> sink.add(0, block.confidence(), block.correctness()));

  /** The probability of class 1 of two; whether the label is 1. Of other rows nothing. */
  public static final ScoreSource POSITIVE =
      new ScoreSource(
          "positive",
          true,
          true,
          classes -> 1,
          (row, sink) -> {
            if (row.classes() == 2) {
              sink.add(0, row.probability(1), row.label() == 1 ? 1 : 0);
            }
          });

  /** As {@link #POSITIVE}, with the logit of class 1 less that of class 0 as the score. */
  public static final ScoreSource POSITIVE_LOGIT =
      new ScoreSource(
          "positive_logit",
          false,
          true,
          classes -> 1,
          (row, sink) -> {
            if (row.classes() == 2) {
              double[] z = row.logits();
              sink.add(0, z[1] - z[0], row.label() == 1 ? 1 : 0);
            }
          });

  /** The probability of every class, each a series; whether it is the label. */
  public static final ScoreSource EACH_CLASS = eachClass();

  /** The probabilities of all classes in one series; whether the class is the label. */
  public static final ScoreSource ALL_CLASSES =
      new ScoreSource(
          "all_classes",
          true,
          true,
          classes -> 1,
          (row, sink) -> {
            for (int k = 0; k < row.classes(); k++) {
              sink.add(0, row.probability(k), k == row.label() ? 1 : 0);
            }
          });

  /**
   * The rows of every ordered pair of classes (a, b), each a series of number {@code a * classes +
   * b}: the probability of a; whether it is the label, which is a or b.
   */
  public static final ScoreSource CLASS_PAIRS =
      new ScoreSource(
          "class_pairs",
          true,
          true,
          classes -> classes <= MOST_SERIES ? classes * classes : Integer.MAX_VALUE,
          (row, sink) -> {
            int label = row.label();
            for (int k = 0; k < row.classes(); k++) {
              if (k != label) {
                sink.add(label * row.classes() + k, row.probability(label), 1);
                sink.add(k * row.classes() + label, row.probability(k), 0);
              }
            }
          });

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

  /** As {@link #EACH_CLASS}, but only probabilities above a threshold. */
  public static ScoreSource eachClassAbove(double threshold) {
    return new ScoreSource(
        "each_class_above_" + threshold,
        true,
        true,
        classes -> classes,
        (row, sink) -> tellClassesAbove(threshold, row, sink));
  }

  private static ScoreSource eachClass() {
    return new ScoreSource(
        "each_class",
        true,
        true,
        classes -> classes,
        (row, sink) -> tellClassesAbove(-1, row, sink),
        (block, from, to, sink) -> {
          double[] p = block.scores();
          double[] y = block.outcomes();
          for (int k = 0; k < block.classes(); k++) {
            block.pairs(k, from, to, p, y);
            sink.add(k, p, y);
          }
        });
  }

  private static void tellClassesAbove(double threshold, PredictionRow row, Sink sink) {
    for (int k = 0; k < row.classes(); k++) {
      double p = row.probability(k);
      if (p > threshold) {
        sink.add(k, p, k == row.label() ? 1 : 0);
      }
    }
  }

  /** The k largest probabilities in one series; whether the class is the label. */
  public static ScoreSource largest(int k) {
    return new ScoreSource(
        "largest_" + k,
        true,
        true,
        classes -> 1,
        (row, sink) -> {
          for (int j : largest(row, k)) {
            sink.add(0, row.probability(j), j == row.label() ? 1 : 0);
          }
        },
        (block, from, to, sink) -> LargestColumns.tell(block, k, from, to, sink));
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

  /** A probability of the row and whether what it was given to came true. */
  public static ScoreSource probability(String name, RowScalar score, RowScalar outcome) {
    return single(name, true, true, score, outcome);
  }

  /** Any number of the row and an outcome that is 0 or 1. */
  public static ScoreSource score(String name, RowScalar score, RowScalar outcome) {
    return single(name, false, true, score, outcome);
  }

  /** Any number of the row and a loss. */
  public static ScoreSource loss(String name, RowScalar score, RowScalar loss) {
    return single(name, false, false, score, loss);
  }

  private static ScoreSource single(
      String name, boolean isProbability, boolean isBinary, RowScalar score, RowScalar outcome) {
    return new ScoreSource(
        name,
        isProbability,
        isBinary,
        classes -> 1,
        (row, sink) -> sink.add(0, score.of(row), outcome.of(row)),
        score instanceof ColumnScalar s && outcome instanceof ColumnScalar y
            ? (block, from, to, sink) -> sink.add(0, block.column(s), block.column(y))
            : null);
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
