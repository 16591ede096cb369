// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

/**
 * McNemar's test: are two models right equally often on the same rows? Only rows on which one is
 * right and the other wrong tell; without such rows every p-value is 1.
 *
 * @param onlySecond n01, the rows that only the second model has right
 * @param onlyFirst n10, the rows that only the first model has right
 * @param pExact two-sided, by the binomial distribution
 * @param pMid the exact one less the probability of what was observed (Lancaster 1961)
 * @param chiSquare {@code (|n01 - n10| - 1)^2 / (n01 + n10)} (Edwards 1948)
 * @param pChiSquare of the chi-square
 */
public record McNemar(
    long onlySecond,
    long onlyFirst,
    double pExact,
    double pMid,
    double chiSquare,
    double pChiSquare) {

  /** The test of these counts. */
  public static McNemar of(long onlySecond, long onlyFirst) {
    if (onlySecond < 0 || onlyFirst < 0) {
      throw new IllegalArgumentException(
          "mcnemar: counts " + onlySecond + " and " + onlyFirst + " must be at least 0");
    }
    long n = onlySecond + onlyFirst;
    if (n == 0) {
      return new McNemar(0, 0, 1, 1, 0, 1);
    }
    long fewer = Math.min(onlySecond, onlyFirst);
    double twice = 2 * Tails.fairCoinAtMost(fewer, n);
    double excess = Math.abs((double) onlySecond - onlyFirst) - 1;
    double chiSquare = excess * excess / n;
    return new McNemar(
        onlySecond,
        onlyFirst,
        Math.min(1, twice),
        Math.min(1, twice - Tails.fairCoinExactly(fewer, n)),
        chiSquare,
        Tails.chiSquareAbove(chiSquare, 1));
  }
}
