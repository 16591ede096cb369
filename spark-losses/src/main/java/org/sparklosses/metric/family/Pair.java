// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import org.sparklosses.kernel.Logarithm;
import org.sparklosses.metric.BlockScalar;
import org.sparklosses.metric.ColumnScalar;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.RowScalar;
import org.sparklosses.metric.ScoreSource;

/** A probability of the row and whether what it was given to came true: the usual two. */
// The functions capture nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
enum Pair {
  /** The largest probability; whether that class is the label. */
  TOP_LABEL(ScoreSource.TOP_LABEL, ColumnScalar.CONFIDENCE, ColumnScalar.CORRECTNESS) {
    @Override
    RowScalar logOdds() {
      return new ColumnScalar(
          row -> finite(logOdds(row.confidence())),
          (block, out) -> {
            block.logOdds(out);
            for (int r = 0; r < block.rows(); r++) {
              out[r] = finite(out[r]);
            }
          });
    }

    private double logOdds(double p) {
      return p < 1 ? Logarithm.of(p) - Logarithm.of(1 - p) : Double.POSITIVE_INFINITY;
    }
  },
  /** The probability of class 1 of two; whether the label is 1. */
  POSITIVE(
      ScoreSource.POSITIVE,
      row -> row.classes() == 2 ? row.probability(1) : 0,
      row -> row.label() == 1 ? 1 : 0) {
    @Override
    RowScalar logOdds() {
      return row -> {
        if (row.classes() != 2) {
          return 0;
        }
        double[] z = row.logits();
        return finite(z[1] - z[0]);
      };
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
  abstract RowScalar logOdds();

  private static double finite(double logOdds) {
    return Double.isInfinite(logOdds) ? Math.copySign(LARGEST_FINITE, logOdds) : logOdds;
  }

  /** The pairs of log odds and outcome. */
  ScoreSource ofLogOdds() {
    return ScoreSource.score(source + "_log_odds", logOdds(), outcome);
  }

  /** The mean of a function of probability p and outcome y. */
  Mean mean(String name, Scalar scalar) {
    return new Mean(source + " " + name, scalar(scalar));
  }

  /** A function of probability p and outcome y. */
  RowScalar scalar(Scalar scalar) {
    RowScalar ofRow = row -> scalar.of(score.of(row), outcome.of(row), row.weight());
    return score.isColumn() && outcome.isColumn()
        ? new ColumnScalar(ofRow, (block, out) -> writeScalars(block, scalar, out))
        : ofRow;
  }

  private void writeScalars(PredictionBlock block, Scalar scalar, double[] out) {
    double[] p = block.attached(new BlockScalar(score));
    double[] y = block.attached(new BlockScalar(outcome));
    for (int r = 0; r < block.rows(); r++) {
      out[r] = scalar.of(p[r], y[r], block.weight(r));
    }
  }

  /** A number of a row's probability p, outcome y and weight w. */
  @FunctionalInterface
  interface Scalar {
    double of(double p, double y, double w);
  }
}
