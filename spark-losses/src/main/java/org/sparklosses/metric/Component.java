package org.sparklosses.metric;

/** A part of the state that metrics are read off. Equal components are kept once a query. */
public sealed interface Component {

  /**
   * The weighted mean of a number per row.
   *
   * @param name what it is, parameters included; two of the same name are the same
   */
  record Mean(String name, RowScalar scalar) implements Component {
    @Override
    public boolean equals(Object other) {
      return other instanceof Mean mean && mean.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  /** A pair of a probability and its outcome in bins. */
  record Binned(Pair pair, Binning binning) implements Component {}

  /** The pairs {@code (p_k, 1[y = k])} in bins, for every class k. */
  record Classwise(Binning binning) implements Component {}

  /** A probability and whether what it was given to came true. */
  enum Pair {
    /** The largest probability; whether that class is the label. */
    TOP_LABEL {
      @Override
      double probability(PredictionRow row) {
        return row.confidence();
      }

      @Override
      boolean outcome(PredictionRow row) {
        return row.isCorrect();
      }
    },
    /** The probability of class 1 of two; whether the label is 1. */
    POSITIVE {
      @Override
      double probability(PredictionRow row) {
        return row.classes() == 2 ? row.probability(1) : 0;
      }

      @Override
      boolean outcome(PredictionRow row) {
        return row.label() == 1;
      }
    };

    abstract double probability(PredictionRow row);

    abstract boolean outcome(PredictionRow row);
  }
}
