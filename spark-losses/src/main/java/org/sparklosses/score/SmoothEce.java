// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * The smooth calibration error (Blasiok and Nakkiran 2023, arXiv:2309.12236): that of {@link
 * SmoothEceSigma} at the bandwidth that equals it, or at 0.001 if it is not above 0.001 there.
 *
 * <p>Parts: {@code value} and {@code sigma}, NaN without rows; {@code error_bound}: the error does
 * not rise with sigma, hence the fixed point moves by no more than the error at it.
 */
public record SmoothEce() implements Scan {

  /** The least bandwidth. */
  static final double LEAST_SIGMA = 1e-3;

  private static final double TOLERANCE = 1e-11;
  private static final int MOST_STEPS = 100;
  private static final double FIRST_SIGMA = 0.1;

  private static final List<String> PARTS = List.of("value", "sigma", "error_bound");

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    return scan(stretch, ResidualSpectrum.terms(LEAST_SIGMA));
  }

  /** The sum of w(p - m)^2 and then the spectrum. */
  static double[] scan(Atoms stretch, int terms) {
    double[] scanned = new double[terms + 1];
    for (int i = 0; i < stretch.size(); i++) {
      scanned[0] += Residuals.spread(stretch, i);
    }
    System.arraycopy(ResidualSpectrum.of(stretch, terms), 0, scanned, 1, terms);
    return scanned;
  }

  static double[] spectrum(double[] scanned) {
    return Arrays.copyOfRange(scanned, 1, scanned.length);
  }

  static double bound(double[] scanned, double sigma) {
    return ResidualSpectrum.CURVATURE * scanned[0] / (sigma * sigma);
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    double[] spectrum = spectrum(scanned);
    return result(
        scanned, total, sigma -> ResidualSpectrum.smoothed(spectrum, sigma) / total.weight());
  }

  /** As by the scan, but with as many terms of the spectrum as the answer needs. */
  @Override
  public Map<String, Double> of(Atoms whole) {
    Sums total = whole.total();
    Lazy lazy = new Lazy(whole, total.weight());
    return result(scan(whole, 1), total, lazy::smoothed);
  }

  private static Map<String, Double> result(
      double[] scanned, Sums total, DoubleUnaryOperator smoothed) {
    if (!(total.weight() > 0)) {
      return Parts.undefined(PARTS);
    }
    double sigma = fixedPoint(smoothed);
    return Parts.named(
        PARTS, smoothed.applyAsDouble(sigma), sigma, bound(scanned, sigma) / total.weight());
  }

  /**
   * The sigma at which a function that does not rise equals sigma: it lies between any sigma and
   * the value there, and a secant is where to look next.
   */
  private static double fixedPoint(DoubleUnaryOperator smoothed) {
    double low = LEAST_SIGMA;
    double high = 1;
    double last = 1;
    double lastExcess = Double.NaN;
    double sigma = FIRST_SIGMA;
    for (int step = 0; step < MOST_STEPS && high - low > TOLERANCE; step++) {
      double value = smoothed.applyAsDouble(sigma);
      if (sigma == LEAST_SIGMA && value <= sigma) {
        return sigma;
      }
      low = Math.max(low, Math.min(sigma, value));
      high = Math.min(high, Math.max(sigma, value));
      double excess = value - sigma;
      double secant = sigma - excess * (sigma - last) / (excess - lastExcess);
      last = sigma;
      lastExcess = excess;
      if (low == LEAST_SIGMA && last != LEAST_SIGMA) {
        sigma = LEAST_SIGMA;
      } else {
        sigma = secant > low && secant < high ? secant : 0.5 * (low + high);
      }
    }
    return high;
  }

  /** A spectrum that grows with demand. */
  private static final class Lazy {

    private final Atoms atoms;
    private final double weight;
    private double[] spectrum = new double[0];

    Lazy(Atoms atoms, double weight) {
      this.atoms = atoms;
      this.weight = weight;
    }

    double smoothed(double sigma) {
      int terms = ResidualSpectrum.terms(sigma);
      if (terms > spectrum.length) {
        int most = ResidualSpectrum.terms(LEAST_SIGMA);
        spectrum = ResidualSpectrum.of(atoms, Math.min(most, Math.max(terms, 2 * spectrum.length)));
      }
      return ResidualSpectrum.smoothed(spectrum, sigma) / weight;
    }
  }
}
