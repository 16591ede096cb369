package org.sparklosses.metric;

/**
 * What a row can be found guilty of, or is worth counting for. The name in lower case is the key in
 * reports.
 */
public enum InputCheck {
  /** The predictions are NULL, or one of their entries is. */
  NULL_PREDICTION(true, "predictions are NULL or hold a NULL"),
  /** The predictions have no entry. */
  EMPTY_PREDICTION(true, "predictions are an empty array"),
  /** The predictions have another length than the first row. */
  LENGTH_MISMATCH(true, "predictions have another length than the table's first row"),
  /** A prediction is NaN. */
  NAN(true, "a prediction is NaN"),
  /** A logit is +infinity. */
  POSITIVE_INFINITY(true, "a logit is +infinity"),
  /** All logits are -infinity. */
  ALL_NEGATIVE_INFINITY(true, "all logits are -infinity"),
  /** A probability lies outside [0, 1], or they do not sum to 1 within the tolerance. */
  NOT_NORMALISED(true, "probabilities lie outside [0, 1] or do not sum to 1"),
  /** The label is NULL. */
  NULL_LABEL(true, "label is NULL"),
  /** The label is not a class index, or not a whole number. */
  LABEL_OUT_OF_RANGE(true, "label is no class index"),
  /** The weight is NULL. */
  NULL_WEIGHT(true, "weight is NULL"),
  /** The weight is negative, NaN or infinite. */
  INVALID_WEIGHT(true, "weight is negative or not finite"),
  /** The weight is so large or small that sums of products of weights would be lost. */
  WEIGHT_OUT_OF_RANGE(true, "weight is out of range"),
  /** The label is the declared ignore index. The row is left out. */
  IGNORED(false, "label is the ignore index"),
  /** The weight is 0. The row is left out. */
  ZERO_WEIGHT(false, "weight is 0"),
  /** The largest probability is exactly 1, or the label's is exactly 0. The row is used. */
  SATURATED(false, "a probability is exactly 0 at the label or exactly 1"),
  /** Two classes share the largest prediction; the lowest index is taken. The row is used. */
  TIED_ARGMAX(false, "two classes share the largest prediction");

  private final boolean fault;
  private final String description;

  InputCheck(boolean fault, String description) {
    this.fault = fault;
    this.description = description;
  }

  /** Whether a row with it cannot be evaluated, so that a policy decides. */
  public boolean isFault() {
    return fault;
  }

  /** A few words for a message or a report. */
  public String description() {
    return description;
  }
}
