// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What statistics say of the label's share, where two logits make the truth a logistic curve. */
class LabelSharesTest {

  /** Relative to the sum of the exponentials, in which the smaller one is rounded. */
  private static final double WITHIN = 4e-15;

  @Test
  void sharesOfTwoClassesAreLogistic() {
    for (double lead = -700; lead < 700; lead += 0.37) {
      RowStatistics s = RowKernels.get().statistics(new double[] {lead, 0}, 0, 2, 0);
      double odds = StrictMath.exp(-lead);
      double complement = lead < 0 ? 1 / (1 + 1 / odds) : odds / (1 + odds);
      String at = "at " + lead;
      assertEquals(1 / (1 + odds), s.labelProbability(), WITHIN / (1 + odds), at);
      assertEquals(complement, s.labelComplement(), WITHIN, at);
      assertEquals(odds, s.labelOdds(), WITHIN * Math.max(1, odds), at);
      if (lead < 30) {
        double log =
            lead > 0 ? -lead - StrictMath.log1p(odds) : -StrictMath.log1p(StrictMath.exp(lead));
        assertEquals(log, s.logLabelComplement(), WITHIN * Math.max(-log, 1 / complement), at);
      }
    }
  }

  @Test
  void aLabelOfNoChanceHasOddsWithoutBound() {
    RowStatistics s =
        RowKernels.get().statistics(new double[] {Double.NEGATIVE_INFINITY, 0}, 0, 2, 0);
    assertEquals(1.0, s.labelComplement());
    assertEquals(Double.POSITIVE_INFINITY, s.labelOdds());
    assertEquals(0.0, s.logLabelComplement(), 0.0);
  }

  @Test
  void aLabelWithoutRivalHasNoOddsAgainst() {
    RowStatistics s = RowKernels.get().statistics(new double[] {3}, 0, 1, 0);
    assertEquals(0.0, s.labelComplement(), 0.0);
    assertEquals(0.0, s.labelOdds(), 0.0);
    assertEquals(Double.NEGATIVE_INFINITY, s.logLabelComplement());
  }
}
