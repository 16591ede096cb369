// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Optional;
import org.sparklosses.score.CompensatedSum;

/**
 * The minimum of the mean of {@code softplus(t) - u t}, t = X theta, over rows with targets u in
 * [0, 1]: Newton's method in orthonormal columns, a step being halved while it raises the mean.
 */
final class LogisticRegression {

  private static final int MOST_STEPS = 200;

  /** A whole step of less than this share is the last: the next would be rounding. */
  private static final double LAST_STEP = 1e-10;

  private static final double LEAST_SHARE = 1e-8;
  private static final double ROUNDING = 1e-15;

  private final OrthonormalColumns columns;

  /** The weight of what counts for class 1, and of what counts for class 0, by point. */
  private final double[] towards;

  private final double[] against;
  private final double total;

  /**
   * Of the columns of points.
   *
   * @param points rows of both classes
   */
  private LogisticRegression(OrthonormalColumns columns, BinaryPoints points, Targets targets) {
    this.columns = columns;
    total = points.weight();
    towards = new double[points.size()];
    against = new double[points.size()];
    for (int i = 0; i < towards.length; i++) {
      double positive = points.positive()[i] / total;
      double negative = points.negative()[i] / total;
      towards[i] = positive * targets.one() + negative * targets.zero();
      against[i] = positive * (1 - targets.one()) + negative * (1 - targets.zero());
    }
  }

  /**
   * What takes the place of the labels.
   *
   * @param one of class 1
   * @param zero of class 0
   */
  record Targets(double one, double zero) {

    static final Targets LABELS = new Targets(1, 0);

    /** The log odds of their mean. */
    double meanLogOdds(BinaryPoints points) {
      double positives = points.positives();
      double negatives = points.negatives();
      return StrictMath.log(positives * one + negatives * zero)
          - StrictMath.log(positives * (1 - one) + negatives * (1 - zero));
    }

    /** Platt's: the means of the labels of either class with a row of each label added. */
    static Targets platt(BinaryPoints points) {
      double positives = points.positives();
      double negatives = points.negatives();
      return new Targets((positives + 1) / (positives + 2), 1 / (negatives + 2));
    }
  }

  /**
   * A minimum.
   *
   * @param theta the coefficients of the columns that are left
   * @param value the mean there
   * @param iterations steps of Newton's method
   * @param gradientNorm the norm of the gradient of the mean in orthonormal columns
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Minimum(double[] theta, double value, int iterations, double gradientNorm) {}

  static OrthonormalColumns orthonormal(double[][] columns, BinaryPoints points) {
    double[] weight = new double[points.size()];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = points.weight(i);
    }
    return OrthonormalColumns.of(columns, weight);
  }

  /** The minimum over the rows. */
  static Minimum fit(OrthonormalColumns columns, BinaryPoints points, Targets targets) {
    return new LogisticRegression(columns, points, targets).minimum();
  }

  /** The curvature of the mean in orthonormal columns, at coefficients of theirs. */
  static Optional<Cholesky> curvature(
      OrthonormalColumns columns, BinaryPoints points, double[] theta) {
    return Cholesky.of(
        new LogisticRegression(columns, points, Targets.LABELS).derivatives(theta).curvature());
  }

  private Minimum minimum() {
    double[] theta = new double[columns.rank()];
    double value = value(theta);
    Derivatives at = derivatives(theta);
    int step = 0;
    boolean isLast = false;
    while (step < MOST_STEPS && !isLast) {
      step++;
      double[] direction = direction(at);
      double share = 1;
      double[] next = moved(theta, direction, share);
      double nextValue = value(next);
      while (!(nextValue <= value + ROUNDING * Math.abs(value)) && share > LEAST_SHARE) {
        share /= 2;
        next = moved(theta, direction, share);
        nextValue = value(next);
      }
      if (share <= LEAST_SHARE) {
        break;
      }
      isLast = share == 1 && largest(direction) <= LAST_STEP * (1 + largest(next));
      theta = next;
      value = nextValue;
      at = derivatives(theta);
    }
    double norm = 0;
    for (double g : at.gradient()) {
      norm += g * g;
    }
    return new Minimum(columns.solve(theta), value, step, Math.sqrt(norm));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Derivatives(double[] gradient, double[][] curvature) {}

  /** The step of Newton's method; where the curvature is none, that of a larger one. */
  private static double[] direction(Derivatives at) {
    return Cholesky.raised(at.curvature()).solve(at.gradient());
  }

  private static double[] moved(double[] from, double[] direction, double share) {
    double[] moved = from.clone();
    for (int j = 0; j < moved.length; j++) {
      moved[j] -= share * direction[j];
    }
    return moved;
  }

  private static double largest(double[] x) {
    double largest = 0;
    for (double v : x) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  private double logOdds(double[] theta, int i) {
    double t = 0;
    for (int j = 0; j < theta.length; j++) {
      t += theta[j] * columns.q()[j][i];
    }
    return t;
  }

  private double value(double[] theta) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = 0; i < towards.length; i++) {
      sum.add(Logit.loss(towards[i], against[i], logOdds(theta, i)));
    }
    return sum.value();
  }

  private Derivatives derivatives(double[] theta) {
    int n = theta.length;
    CompensatedSum[] gradient = sums(n);
    CompensatedSum[] curvature = sums(n * n);
    for (int i = 0; i < towards.length; i++) {
      double t = logOdds(theta, i);
      double p = Logit.sigmoid(t);
      double q = Logit.sigmoid(-t);
      double slope = against[i] * p - towards[i] * q;
      double bend = (towards[i] + against[i]) * p * q;
      for (int j = 0; j < n; j++) {
        double x = columns.q()[j][i];
        gradient[j].add(slope * x);
        for (int k = 0; k <= j; k++) {
          curvature[j * n + k].add(bend * x * columns.q()[k][i]);
        }
      }
    }
    double[] g = new double[n];
    double[][] h = new double[n][n];
    for (int j = 0; j < n; j++) {
      g[j] = gradient[j].value();
      for (int k = 0; k <= j; k++) {
        h[j][k] = curvature[j * n + k].value();
      }
    }
    return new Derivatives(g, h);
  }

  private static CompensatedSum[] sums(int n) {
    CompensatedSum[] sums = new CompensatedSum[n];
    for (int i = 0; i < n; i++) {
      sums[i] = new CompensatedSum();
    }
    return sums;
  }
}
