// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import org.sparklosses.score.CompensatedSum;

/**
 * Columns X = Q R, Q orthonormal in the mean over weighted rows and R triangular: the curvature of
 * a likelihood in the coefficients of Q is well conditioned whatever the scale of X. A column that
 * those before it tell, up to rounding, is left out.
 */
final class OrthonormalColumns {

  /** What is left of a column that others tell is less than this share of it. */
  private static final double DEPENDENT = 1e-11;

  private final double[][] q;
  private final double[][] r;

  private OrthonormalColumns(double[][] q, double[][] r) {
    this.q = q;
    this.r = r;
  }

  /** Gram-Schmidt, twice over, which is enough. Columns from the first dependent one on go. */
  static OrthonormalColumns of(double[][] columns, double[] weight) {
    double total = CompensatedSum.of(weight);
    double[][] q = new double[columns.length][];
    double[][] r = new double[columns.length][columns.length];
    for (int j = 0; j < columns.length; j++) {
      double[] v = columns[j].clone();
      double size = Math.sqrt(mean(v, v, weight, total));
      for (int pass = 0; pass < 2; pass++) {
        for (int k = 0; k < j; k++) {
          double share = mean(q[k], v, weight, total);
          r[k][j] += share;
          for (int i = 0; i < v.length; i++) {
            v[i] -= share * q[k][i];
          }
        }
      }
      r[j][j] = Math.sqrt(mean(v, v, weight, total));
      if (!(r[j][j] > DEPENDENT * size)) {
        return new OrthonormalColumns(Arrays.copyOf(q, j), Arrays.copyOf(r, j));
      }
      for (int i = 0; i < v.length; i++) {
        v[i] /= r[j][j];
      }
      q[j] = v;
    }
    return new OrthonormalColumns(q, r);
  }

  private static double mean(double[] a, double[] b, double[] weight, double total) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < a.length; i++) {
      sum.add(weight[i] / total * a[i] * b[i]);
    }
    return sum.value();
  }

  /** The number of columns that are left. */
  int rank() {
    return q.length;
  }

  double[][] q() {
    return q;
  }

  /** The coefficients of X that are those of Q: the solution of R x = c. */
  double[] solve(double[] c) {
    double[] x = c.clone();
    for (int i = rank() - 1; i >= 0; i--) {
      for (int k = i + 1; k < rank(); k++) {
        x[i] -= r[i][k] * x[k];
      }
      x[i] /= r[i][i];
    }
    return x;
  }

  /** The coefficients of Q that are those of X: R x. */
  double[] times(double[] x) {
    double[] c = new double[rank()];
    for (int i = 0; i < c.length; i++) {
      for (int k = i; k < c.length; k++) {
        c[i] += r[i][k] * x[k];
      }
    }
    return c;
  }

  /** The row of Q that goes with a row of X: the solution of R' y = x. */
  double[] row(double[] x) {
    double[] y = x.clone();
    for (int i = 0; i < rank(); i++) {
      for (int k = 0; k < i; k++) {
        y[i] -= r[k][i] * y[k];
      }
      y[i] /= r[i][i];
    }
    return y;
  }
}
