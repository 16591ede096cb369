package org.sparklosses.metric;

/** A probability of the row and whether what it was given to came true: the usual two. */
// The functions capture nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
enum Pair {
  /** The largest probability; whether that class is the label. */
  TOP_LABEL(ScoreSource.TOP_LABEL, PredictionRow::confidence, row -> row.isCorrect() ? 1 : 0),
  /** The probability of class 1 of two; whether the label is 1. */
  POSITIVE(
      ScoreSource.POSITIVE,
      row -> row.classes() == 2 ? row.probability(1) : 0,
      row -> row.label() == 1 ? 1 : 0);

  private final ScoreSource source;
  private final RowScalar score;
  private final RowScalar outcome;

  Pair(ScoreSource source, RowScalar score, RowScalar outcome) {
    this.source = source;
    this.score = score;
    this.outcome = outcome;
  }

  /** The pairs of all rows. */
  ScoreSource source() {
    return source;
  }

  /** The mean of a function of probability p and outcome y. */
  Mean mean(String name, Scalar scalar) {
    return new Mean(
        source + " " + name, row -> scalar.of(score.of(row), outcome.of(row), row.weight()));
  }

  /** A number of a row's probability p, outcome y and weight w. */
  @FunctionalInterface
  interface Scalar {
    double of(double p, double y, double w);
  }
}
