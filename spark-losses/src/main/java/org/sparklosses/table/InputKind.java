// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Arrays;
import java.util.Locale;

/** What the predictions are. It is declared, never guessed. */
public enum InputKind {
  /** Scores before softmax: any real numbers. */
  LOGITS,
  /** Numbers in [0, 1] that sum to 1. */
  PROBABILITIES,
  /** Numbers in [0, 1] that are divided by their sum. */
  RENORMALISED_PROBABILITIES;

  /** The kind of a name as {@link #toString} writes it; logits if there is none. */
  public static InputKind named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElse(LOGITS);
  }

  /**
   * The same, divided by their sum.
   *
   * @throws IllegalArgumentException of logits
   */
  public InputKind renormalised() {
    if (isLogits()) {
      throw new IllegalArgumentException(
          "logits are not renormalised: softmax makes probabilities of them that sum to 1; of"
              + " probabilities declare them as such");
    }
    return RENORMALISED_PROBABILITIES;
  }

  /** Whether a softmax makes probabilities of them. */
  public boolean isLogits() {
    return this == LOGITS;
  }

  /** Whether they are divided by their sum. */
  public boolean isRenormalised() {
    return this == RENORMALISED_PROBABILITIES;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
