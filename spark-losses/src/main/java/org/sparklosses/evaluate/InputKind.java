package org.sparklosses.evaluate;

import java.util.Locale;

/** What the predictions are. It is declared, never guessed. */
public enum InputKind {
  /** Scores before softmax: any real numbers. */
  LOGITS,
  /** Numbers in [0, 1] that sum to 1. */
  PROBABILITIES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
