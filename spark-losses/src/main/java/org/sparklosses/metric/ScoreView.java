// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.score.Atoms;

/** How the pairs of a source are looked at; outcomes are 0 or 1. */
public enum ScoreView {
  /** As they are. */
  PLAIN,
  /** With the other outcome: of a confidence with correctness, the 0/1 loss. */
  LOSS,
  /** With the score negated and the other outcome: the rows of outcome 0 are to be found. */
  MIRRORED;

  double score(double score) {
    return this == MIRRORED ? -score : score;
  }

  double outcome(double outcome) {
    return this == PLAIN ? outcome : 1 - outcome;
  }

  /** A distribution as it is looked at. */
  public Atoms of(Atoms atoms) {
    return switch (this) {
      case PLAIN -> atoms;
      case LOSS -> atoms.complemented();
      case MIRRORED -> atoms.complemented().mirrored();
    };
  }
}
