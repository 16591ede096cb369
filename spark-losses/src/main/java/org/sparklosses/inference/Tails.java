// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;

/** Tail probabilities and quantiles of the distributions that tests refer to. NaN gives NaN. */
public final class Tails {

  private static final double SQRT_2 = StrictMath.sqrt(2);

  /** From here on the beta function loses digits, and Hill's expansion has them. */
  private static final double MANY_DEGREES = 1000;

  private Tails() {}

  /** {@code P(Z > z)} of a standard normal Z. */
  public static double normalAbove(double z) {
    return 0.5 * Erf.erfc(z / SQRT_2);
  }

  /** {@code P(|Z| > |z|)} of a standard normal Z. */
  public static double normalBeyond(double z) {
    return Erf.erfc(Math.abs(z) / SQRT_2);
  }

  /**
   * The z with {@code P(Z <= z) = p}.
   *
   * @param p in [0, 1]
   */
  public static double normalQuantile(double p) {
    return SQRT_2 * Erf.erfInv(2 * p - 1);
  }

  /**
   * {@code P(|T| > |t|)} of Student's T: to 12 digits, but with 1000 degrees and more to 6 where it
   * is below 1e-50.
   *
   * @param degrees of freedom, above 0
   */
  public static double studentBeyond(double t, double degrees) {
    if (Double.isNaN(t) || Double.isInfinite(t)) {
      return Double.isNaN(t) ? t : 0;
    }
    if (degrees >= MANY_DEGREES) {
      return normalBeyond(normalOfStudent(t, degrees));
    }
    double square = t * t;
    return square < 1
        ? 1 - Beta.regularizedBeta(square / (degrees + square), 0.5, 0.5 * degrees)
        : Beta.regularizedBeta(degrees / (degrees + square), 0.5 * degrees, 0.5);
  }

  /**
   * The t of at least 0 with {@code P(|T| > t) = p}, by bisection.
   *
   * @param p in (0, 1)
   * @param degrees of freedom, above 0
   */
  public static double studentQuantileBeyond(double p, double degrees) {
    double low = 0;
    double high = 1;
    while (studentBeyond(high, degrees) > p) {
      low = high;
      high *= 2;
    }
    for (double t = low + (high - low) / 2; t > low && t < high; t = low + (high - low) / 2) {
      if (studentBeyond(t, degrees) > p) {
        low = t;
      } else {
        high = t;
      }
    }
    return high;
  }

  /** The z with the same tail as t (Hill 1970, Communications of the ACM 13, algorithm 395). */
  private static double normalOfStudent(double t, double degrees) {
    double a = degrees - 0.5;
    double b = 48 * a * a;
    double y = a * StrictMath.log1p(t / degrees * t);
    double third = (((-0.4 * y - 3.3) * y - 24) * y - 85.5) / (0.8 * y * y + 100 + b);
    return ((third + y + 3) / b + 1) * StrictMath.sqrt(y);
  }

  /**
   * {@code P(X > x)} of a chi-square X.
   *
   * @param degrees of freedom, above 0
   */
  public static double chiSquareAbove(double x, double degrees) {
    if (x <= 0 || x == Double.POSITIVE_INFINITY) {
      return x <= 0 ? 1 : 0;
    }
    return Gamma.regularizedGammaQ(0.5 * degrees, 0.5 * x);
  }

  /**
   * {@code P(X <= k)} of the number X of successes in n trials; k and n may be fractions.
   *
   * @param p the probability of a success, in (0, 1)
   */
  public static double binomialAtMost(double k, double n, double p) {
    if (k < 0) {
      return 0;
    }
    return k >= n ? 1 : Beta.regularizedBeta(1 - p, n - k, k + 1);
  }

  /**
   * The x with {@code P(X <= x) = p} of a beta distribution, by bisection.
   *
   * @param p in (0, 1)
   * @param a above 0
   * @param b above 0
   */
  public static double betaQuantile(double p, double a, double b) {
    double low = 0;
    double high = 1;
    for (double x = 0.5; x > low && x < high; x = low + (high - low) / 2) {
      if (Beta.regularizedBeta(x, a, b) < p) {
        low = x;
      } else {
        high = x;
      }
    }
    return high;
  }

  /** {@code P(X <= k)} of the number X of heads in n throws of a fair coin. */
  public static double fairCoinAtMost(long k, long n) {
    if (k < 0) {
      return 0;
    }
    return k >= n ? 1 : Beta.regularizedBeta(0.5, (double) n - k, k + 1.0);
  }

  /** {@code P(X = k)} of the number X of heads in n throws of a fair coin. */
  public static double fairCoinExactly(long k, long n) {
    if (k < 0 || k > n) {
      return 0;
    }
    // C(n, k) = 1 / ((n + 1) B(k + 1, n - k + 1))
    double logChoices = -Beta.logBeta(k + 1.0, n - k + 1.0) - StrictMath.log(n + 1.0);
    return StrictMath.exp(logChoices - n * StrictMath.log(2));
  }
}
