package org.sparklosses.metric;

/** A probability of the row and whether what it was given to came true: the usual two. */
// The functions capture nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
enum Pair {
  /** The largest probability; whether that class is the label. */
  TOP_LABEL(ScoreSource.TOP_LABEL, PredictionRow::confidence, row -> row.isCorrect() ? 1 : 0) {
    @Override
    double logOdds(PredictionRow row) {
      double p = row.confidence();
      return finite(StrictMath.log(p) - StrictMath.log1p(-p));
    }
  },
  /** The probability of class 1 of two; whether the label is 1. */
  POSITIVE(
      ScoreSource.POSITIVE,
      row -> row.classes() == 2 ? row.probability(1) : 0,
      row -> row.label() == 1 ? 1 : 0) {
    @Override
    double logOdds(PredictionRow row) {
      if (row.classes() != 2) {
        return 0;
      }
      double[] z = row.logits();
      return finite(z[1] - z[0]);
    }
  };

  /** Those of the largest double below 1. */
  private static final double LARGEST_FINITE = StrictMath.log(0x1p53 - 1);

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

  /** The log odds of the probability; those of 1 are taken for those of the largest below 1. */
  abstract double logOdds(PredictionRow row);

  private static double finite(double logOdds) {
    return Double.isInfinite(logOdds) ? Math.copySign(LARGEST_FINITE, logOdds) : logOdds;
  }

  /** The pairs of log odds and outcome. */
  ScoreSource logOdds() {
    return ScoreSource.score(source + "_log_odds", this::logOdds, outcome);
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
