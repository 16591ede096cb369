// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/**
 * Residuals p - y on [0, 1] as a cosine series: term k is the sum of w(p - y) cos(k pi p).
 * Smoothing by a Gaussian of deviation sigma that is reflected at 0 and 1 multiplies term k by
 * exp(-(k pi sigma)^2 / 2), so that the terms, which are sums over rows, serve every sigma at once.
 */
final class ResidualSpectrum {

  /**
   * Half the integral of |K''| times sigma^2, K the Gaussian: a mass that moves by d about its
   * mean, its first moment kept, changes what is smoothed by at most this times d^2 / sigma^2.
   */
  static final double CURVATURE = 2 * 0.24197072451914337;

  /** Of what a term is multiplied by, where it no longer counts: exp(-40) = 4e-18. */
  private static final double NEGLIGIBLE_EXPONENT = 40;

  /** Points at which the sign of the smoothed residual is looked at, to a length of sigma. */
  private static final int POINTS_PER_SIGMA = 8;

  private static final int FEWEST_POINTS = 256;

  private ResidualSpectrum() {}

  /** How many terms smoothing by sigma needs. */
  static int terms(double sigma) {
    return 2 + (int) (Math.sqrt(2 * NEGLIGIBLE_EXPONENT) / (Math.PI * sigma));
  }

  /** The first so many terms; inside a cell of a grid the first moment of the residuals is kept. */
  static double[] of(Atoms atoms, int terms) {
    double[] series = new double[terms];
    for (int i = 0; i < atoms.size(); i++) {
      add(series, atoms.score()[i], Residuals.sum(atoms, i), Residuals.moment(atoms, i));
    }
    return series;
  }

  /** The first so many terms of masses at equally spaced points from 0 to 1. */
  static double[] ofNodes(double[] mass, int terms) {
    double[] series = new double[terms];
    for (int i = 0; i < mass.length; i++) {
      if (mass[i] != 0) {
        add(series, i / (mass.length - 1.0), mass[i], 0);
      }
    }
    return series;
  }

  private static void add(double[] series, double p, double mass, double moment) {
    double angle = Math.PI * p;
    double cosine = StrictMath.cos(angle);
    double sine = StrictMath.sin(angle);
    double c = 1;
    double s = 0;
    for (int k = 0; k < series.length; k++) {
      series[k] += mass * c - moment * (k * Math.PI) * s;
      double next = c * cosine - s * sine;
      s = s * cosine + c * sine;
      c = next;
    }
  }

  /** The integral over [0, 1] of |the residuals smoothed by sigma|. */
  static double smoothed(double[] spectrum, double sigma) {
    double[] series = new double[Math.min(spectrum.length, terms(sigma))];
    series[0] = spectrum[0];
    for (int k = 1; k < series.length; k++) {
      double rate = k * Math.PI * sigma;
      series[k] = 2 * spectrum[k] * StrictMath.exp(-0.5 * rate * rate);
    }
    int points = FEWEST_POINTS;
    while (points < POINTS_PER_SIGMA / sigma) {
      points *= 2;
    }
    double integral = 0;
    double from = 0;
    double last = at(series, 0);
    for (int j = 1; j <= points; j++) {
      double t = j / (double) points;
      double f = at(series, t);
      if (last * f < 0) {
        double primitive = primitive(series, root(series, t - 1.0 / points, last, t, f));
        integral += Math.abs(primitive - from);
        from = primitive;
      }
      last = f == 0 ? last : f;
    }
    // Between two roots the residual keeps its sign: its integral is a difference of primitives.
    return integral + Math.abs(series[0] - from);
  }

  /** A root between neighbouring points of opposite signs, by two steps of false position. */
  private static double root(double[] series, double a, double atA, double b, double atB) {
    double root = b - atB * (b - a) / (atB - atA);
    double atRoot = at(series, root);
    return atRoot * atA < 0
        ? root - atRoot * (root - a) / (atRoot - atA)
        : root - atRoot * (b - root) / (atB - atRoot);
  }

  private static double at(double[] series, double t) {
    double cosine = StrictMath.cos(Math.PI * t);
    double sine = StrictMath.sin(Math.PI * t);
    double c = 1;
    double s = 0;
    double sum = 0;
    for (double term : series) {
      sum += term * c;
      double next = c * cosine - s * sine;
      s = s * cosine + c * sine;
      c = next;
    }
    return sum;
  }

  private static double primitive(double[] series, double t) {
    double cosine = StrictMath.cos(Math.PI * t);
    double sine = StrictMath.sin(Math.PI * t);
    double c = cosine;
    double s = sine;
    double sum = series[0] * t;
    for (int k = 1; k < series.length; k++) {
      sum += series[k] * s / (k * Math.PI);
      double next = c * cosine - s * sine;
      s = s * cosine + c * sine;
      c = next;
    }
    return sum;
  }
}
