// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Optional;

/** A positive definite matrix A = L L'. */
public final class Cholesky {

  private final double[][] l;

  private Cholesky(double[][] l) {
    this.l = l;
  }

  /** Of the lower triangle of a matrix; none if that is not positive definite beyond rounding. */
  public static Optional<Cholesky> of(double[][] a) {
    int n = a.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = a[i][j];
        for (int k = 0; k < j; k++) {
          rest -= l[i][k] * l[j][k];
        }
        if (i == j) {
          if (!(rest > 1e-14 * a[i][i]) || Double.isInfinite(rest)) {
            return Optional.empty();
          }
          l[i][i] = Math.sqrt(rest);
        } else {
          l[i][j] = rest / l[j][j];
        }
      }
    }
    return Optional.of(new Cholesky(l));
  }

  /**
   * Of the lower triangle of a matrix whose diagonal is raised, in its place, until it is positive
   * definite beyond rounding.
   *
   * @throws ArithmeticException if one of its numbers is not finite
   */
  public static Cholesky raised(double[][] a) {
    double ridge = 0;
    for (int i = 0; i < a.length; i++) {
      ridge += a[i][i];
    }
    ridge = Math.max(Double.MIN_NORMAL, 1e-12 * ridge);
    Optional<Cholesky> found = of(a);
    while (found.isEmpty()) {
      if (!(ridge < Double.POSITIVE_INFINITY)) {
        throw new ArithmeticException("a matrix of curvature is not finite");
      }
      for (int i = 0; i < a.length; i++) {
        a[i][i] += ridge;
      }
      ridge *= 100;
      found = of(a);
    }
    return found.get();
  }

  /** {@code A^-1 b}. */
  public double[] solve(double[] b) {
    double[] x = half(b);
    for (int i = x.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < x.length; k++) {
        x[i] -= l[k][i] * x[k];
      }
      x[i] /= l[i][i];
    }
    return x;
  }

  /** {@code b' A^-1 b}. */
  public double norm(double[] b) {
    double norm = 0;
    for (double y : half(b)) {
      norm += y * y;
    }
    return norm;
  }

  private double[] half(double[] b) {
    double[] y = b.clone();
    for (int i = 0; i < y.length; i++) {
      for (int k = 0; k < i; k++) {
        y[i] -= l[i][k] * y[k];
      }
      y[i] /= l[i][i];
    }
    return y;
  }
}
