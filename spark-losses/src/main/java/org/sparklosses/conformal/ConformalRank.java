// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Which score of n is the threshold. */
public final class ConformalRank {

  private ConformalRank() {}

  /**
   * {@code ceil((n + 1)(1 - alpha))}: the k such that the k-th smallest of n scores is at least
   * that of a new row with the probability {@code 1 - alpha}. Above n where n scores are too few
   * for any to be.
   *
   * @param n how many scores there are, at least 0
   * @param alpha in (0, 1), meant as the decimal that it is written as
   */
  public static long of(long n, double alpha) {
    checkAlpha(alpha);
    // As doubles, 0.9 (n + 1) may lie beyond the whole number that it is.
    BigInteger scores = BigInteger.valueOf(n).add(BigInteger.ONE);
    BigInteger beyond = BigDecimal.valueOf(alpha).multiply(new BigDecimal(scores)).toBigInteger();
    return scores.subtract(beyond).longValueExact();
  }

  /**
   * The number itself.
   *
   * @throws IllegalArgumentException if it is not in (0, 1)
   */
  public static double checkAlpha(double alpha) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException(
          "alpha = " + alpha + " is not allowed; give the share left out, in (0, 1), as 0.1");
    }
    return alpha;
  }
}
