// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The smooth calibration error at a fixed bandwidth (Blasiok and Nakkiran 2023, arXiv:2309.12236):
 * the integral over t in [0, 1] of |sum of w(p - y) K(t, p)| / sum w, K the Gaussian of deviation
 * sigma reflected at 0 and 1, all images included.
 *
 * <p>Parts: {@code value}, NaN without rows; {@code error_bound}: 0.484 / sigma^2 times the mean of
 * (p - m)^2, m the mean of the cell; the sums of a cell keep the first moment of its residuals.
 *
 * @param sigma in [0.001, 1]
 */
public record SmoothEceSigma(double sigma) implements Scan {

  /** Checks the range. */
  public SmoothEceSigma {
    if (!(sigma >= SmoothEce.LEAST_SIGMA && sigma <= 1)) {
      throw new IllegalArgumentException("sigma is " + sigma + ": it must be in [0.001, 1]");
    }
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    return SmoothEce.scan(stretch, ResidualSpectrum.terms(sigma));
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    double weight = total.weight();
    if (!(weight > 0)) {
      return Parts.value(Double.NaN, Double.NaN);
    }
    return Parts.value(
        ResidualSpectrum.smoothed(SmoothEce.spectrum(scanned), sigma) / weight,
        SmoothEce.bound(scanned, sigma) / weight);
  }
}
