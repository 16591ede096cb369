// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.RowScalar;
import org.sparklosses.metric.ScoreSource;

/**
 * What the certainty of a prediction is measured by, with whether the predicted class is the label.
 * Of probabilities the logits are their logarithms. Of logits those that approach a limit are told
 * on a scale on which they are apart.
 */
// The functions capture nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
enum Confidence {
  /** The largest probability. */
  MSP(ScoreSource.TOP_LABEL),
  /** The largest logit. */
  MAX_LOGIT(score("max_logit", row -> row.statistics().max())),
  /** The negative entropy. */
  NEG_ENTROPY(
      ScoreSource.negative(
          "neg_entropy",
          row -> -row.entropy(),
          PredictionRow::negativeLogEntropy,
          Confidence::correctness)),
  /** The logarithm of the sum of the exponentials of the logits. */
  ENERGY(score("energy", row -> row.statistics().logSumExp())),
  /** The largest probability less the second. */
  MARGIN(
      ScoreSource.share(
          "margin",
          row -> row.confidence() - row.runnerUpProbability(),
          PredictionRow::marginLogOdds,
          Confidence::correctness)),
  /** The largest logit less the second. */
  LOGIT_MARGIN(score("logit_margin", row -> logitMargin(row.statistics()))),
  /** The sum of the squares of the probabilities. */
  DOCTOR(
      ScoreSource.share(
          "doctor",
          PredictionRow::sumSquares,
          PredictionRow::squaresLogOdds,
          Confidence::correctness));

  private final ScoreSource source;

  Confidence(ScoreSource source) {
    this.source = source;
  }

  /** The pairs of all rows. */
  ScoreSource source() {
    return source;
  }

  private static ScoreSource score(String name, RowScalar score) {
    return ScoreSource.score(name, score, Confidence::correctness);
  }

  private static double correctness(PredictionRow row) {
    return row.isCorrect() ? 1 : 0;
  }

  private static double logitMargin(RowStatistics row) {
    return row.max() - row.runnerUp();
  }
}
