// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/**
 * What a row can be found guilty of, or is worth counting for. The name in lower case is the key in
 * reports.
 */
public enum InputCheck {
  /** The predictions are NULL, or one of their entries is. */
  NULL_PREDICTION(Fate.FAULT, "predictions are NULL or hold a NULL"),
  /** The predictions have no entry. */
  EMPTY_PREDICTION(Fate.FAULT, "predictions are an empty array"),
  /** The predictions have one entry: softmax makes 1 of it, whatever it is. */
  ONE_CLASS(Fate.FAULT, "predictions are an array of one entry"),
  /** The predictions have another length than the first row. */
  LENGTH_MISMATCH(Fate.FAULT, "predictions have another length than the table's first row"),
  /** A prediction is NaN. */
  NAN(Fate.FAULT, "a prediction is NaN"),
  /** A logit is +infinity. */
  POSITIVE_INFINITY(Fate.FAULT, "a logit is +infinity"),
  /** All logits are -infinity. */
  ALL_NEGATIVE_INFINITY(Fate.FAULT, "all logits are -infinity"),
  /** A probability lies outside [0, 1], or they do not sum to 1, by more than the tolerance. */
  NOT_NORMALISED(Fate.FAULT, "probabilities lie outside [0, 1] or do not sum to 1"),
  /** The label is NULL. */
  NULL_LABEL(Fate.FAULT, "label is NULL"),
  /** The label is not a class index, or not a whole number. */
  LABEL_OUT_OF_RANGE(Fate.FAULT, "label is no class index"),
  /** The weight is NULL. */
  NULL_WEIGHT(Fate.FAULT, "weight is NULL"),
  /** The weight is negative, NaN or infinite. */
  INVALID_WEIGHT(Fate.FAULT, "weight is negative or not finite"),
  /** The weight is so large or small that sums of products of weights would be lost. */
  WEIGHT_OUT_OF_RANGE(Fate.FAULT, "weight is out of range"),
  /** The label is the declared ignore index. The row is left out. */
  IGNORED(Fate.LEFT_OUT, "label is the ignore index"),
  /** The weight is 0. The row is left out. */
  ZERO_WEIGHT(Fate.LEFT_OUT, "weight is 0"),
  /** The largest probability is exactly 1, or the label's is exactly 0. The row is used. */
  SATURATED(Fate.USED, "a probability is exactly 0 at the label or exactly 1"),
  /** Two classes share the largest prediction; the lowest index is taken. The row is used. */
  TIED_ARGMAX(Fate.USED, "two classes share the largest prediction"),
  /**
   * A given probability below 0 or above 1 by rounding was taken as 0 or 1, or the label's, below
   * 2^-52, was taken as 2^-52 in the log loss. The row is used.
   */
  CLIPPED(Fate.USED, "a probability was clipped: to [0, 1], or for the log loss to 2^-52"),
  /** Probabilities were divided by a sum that would be a fault otherwise. The row is used. */
  RENORMALISED(Fate.USED, "probabilities did not sum to 1 and were divided by their sum"),
  /**
   * Numbers declared as logits look like probabilities: they lie in [0, 1] and sum to 1 within
   * 0.01, or are one number a row in [0, 1]. It is found only where it holds for all rows that are
   * used.
   */
  PROBABILITY_LIKE(Fate.USED, "all logits look like probabilities: is softmax taken twice?"),
  /** A forecast of quantiles whose numbers do not ascend. The row is used. */
  CROSSING_QUANTILES(Fate.USED, "quantiles cross: one of a higher level is lower");

  /** What becomes of a row. */
  private enum Fate {
    FAULT,
    LEFT_OUT,
    USED
  }

  private final Fate fate;
  private final String description;

  InputCheck(Fate fate, String description) {
    this.fate = fate;
    this.description = description;
  }

  /** Whether a row with it cannot be evaluated, so that a policy decides. */
  public boolean isFault() {
    return fate == Fate.FAULT;
  }

  /** Whether a row with it is evaluated all the same. */
  public boolean isUsed() {
    return fate == Fate.USED;
  }

  /** A few words for a message or a report. */
  public String description() {
    return description;
  }
}
