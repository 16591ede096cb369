// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.util.Arrays;
import org.apache.commons.math3.special.Erf;

/**
 * Scores of one forecast against the number y that came true. NaN gives NaN; all but {@link #pit}
 * are losses, in the unit of y unless said otherwise.
 */
public final class Forecasts {

  private static final double SQRT_2 = StrictMath.sqrt(2);
  private static final double HALF_LOG_2_PI = 0.5 * StrictMath.log(2 * Math.PI);
  private static final double SQRT_1_PI = 1 / StrictMath.sqrt(Math.PI);
  private static final double SQRT_2_PI = StrictMath.sqrt(2 / Math.PI);

  private Forecasts() {}

  /**
   * The negative log density of a normal forecast, in nats.
   *
   * @param sigma the standard deviation, at least 0; 0 gives -infinity for y = mu, else +infinity
   */
  public static double gaussianNll(double mu, double sigma, double y) {
    double d = y - mu;
    if (checked(sigma) == 0 && !Double.isNaN(d)) {
      return d == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double z = d / sigma;
    return HALF_LOG_2_PI + StrictMath.log(sigma) + 0.5 * z * z;
  }

  /**
   * The continuous ranked probability score of a normal forecast: {@code sigma (z (2 Phi(z) - 1) +
   * 2 phi(z) - 1 / sqrt(pi))}, z = (y - mu) / sigma (Gneiting et al. 2005).
   *
   * @param sigma the standard deviation, at least 0; 0 gives |y - mu|
   */
  public static double crpsGaussian(double mu, double sigma, double y) {
    if (checked(sigma) == 0) {
      return Math.abs(y - mu);
    }
    double z = (y - mu) / sigma;
    return sigma * (z * Erf.erf(z / SQRT_2) + SQRT_2_PI * StrictMath.exp(-0.5 * z * z) - SQRT_1_PI);
  }

  /**
   * The share of a normal forecast up to y: Phi((y - mu) / sigma), the probability integral
   * transform.
   *
   * @param sigma the standard deviation, above 0
   */
  public static double pit(double mu, double sigma, double y) {
    return 0.5 * Erf.erfc((mu - y) / checked(sigma) / SQRT_2);
  }

  /**
   * The continuous ranked probability score of an ensemble of M: {@code mean_m |x_m - y| -
   * sum_{i,j} |x_i - x_j| / (2 M^2)}.
   *
   * @param members x, at least one; not changed
   * @param fair divides by {@code 2 M (M - 1)}: unbiased for members drawn from the forecast, NaN
   *     for one (Ferro 2014)
   */
  public static double crpsEnsemble(double[] members, double y, boolean fair) {
    double[] x = members.clone();
    Arrays.sort(x);
    int count = x.length;
    double error = 0;
    double spread = 0;
    for (int i = 0; i < count; i++) {
      error += Math.abs(x[i] - y);
      spread += x[i] * (2 * i + 1 - count);
    }
    double pairs = (double) count * (fair ? count - 1 : count);
    return error / count - spread / pairs;
  }

  /**
   * The score of a central interval: {@code (high - low) + 2/alpha max(low - y, 0) + 2/alpha max(y
   * - high, 0)} (Gneiting and Raftery 2007).
   *
   * @param alpha the share outside of the interval, in (0, 1)
   */
  public static double intervalScore(double low, double high, double y, double alpha) {
    return (high - low) + 2 / alpha * Math.max(low - y, 0) + 2 / alpha * Math.max(y - high, 0);
  }

  /**
   * The loss of a quantile: {@code max(tau (y - q), (tau - 1) (y - q))} (Koenker and Bassett 1978).
   *
   * @param tau the level of the quantile, in [0, 1]
   */
  public static double pinball(double quantile, double y, double tau) {
    double d = y - quantile;
    return Math.max(tau * d, (tau - 1) * d);
  }

  private static double checked(double sigma) {
    if (sigma < 0) {
      throw new IllegalArgumentException(
          "sigma = " + sigma + " is negative; give the standard deviation of the forecast");
    }
    return sigma;
  }
}
