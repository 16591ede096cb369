// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Finds a least value of an objective by the limited-memory method of Broyden, Fletcher, Goldfarb
 * and Shanno (Liu and Nocedal 1989), which begins with a given Hessian: one scan a step.
 *
 * @param <S> the sums of a scan
 * @param theta the parameters
 * @param sums at these
 * @param scans how often the rows were read
 * @param excess of the objective above its least value, as the caller measures it
 */
// Handed on by those who made it, and read in place.
@SuppressWarnings("ArrayRecordComponent")
record QuasiNewton<S extends QuasiNewton.Objective>(
    double[] theta, S sums, int scans, double excess) {

  private static final int PAIRS = 20;
  private static final double SUFFICIENT = 1e-4;

  /** By so much of its value the objective may be off. */
  private static final double NOISE = 0x1p-50;

  /** What is made least, at some parameters. */
  interface Objective {

    /** Its value. */
    double objective();

    /** Its gradient. */
    double[] gradient();
  }

  /** The norm of the gradient at the parameters. */
  double gradientNorm() {
    double[] gradient = sums.gradient();
    return Math.sqrt(dot(gradient, gradient));
  }

  /** A step and the change of the gradient over it. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Pair(double[] step, double[] change, double curvature) {}

  /**
   * Minimises.
   *
   * @param scan gives the sums at parameters
   * @param hessian near that of the objective, positive definite
   * @param excess what the objective exceeds its least value by, of its gradient
   * @param enough the excess to stop at
   * @param most the most scans
   */
  static <S extends Objective> QuasiNewton<S> minimise(
      Function<double[], S> scan,
      double[] start,
      Curvature hessian,
      ToDoubleFunction<double[]> excess,
      double enough,
      int most) {
    Deque<Pair> pairs = new ArrayDeque<>();
    double[] theta = start.clone();
    S sums = scan.apply(theta);
    int scans = 1;
    double[] gradient = sums.gradient();
    while (excess.applyAsDouble(gradient) > enough && scans < most) {
      double[] direction = direction(gradient, pairs, hessian);
      double slope = dot(direction, gradient);
      double value = sums.objective();
      double length = 1;
      double[] next = moved(theta, direction, length);
      S found = scan.apply(next);
      scans++;
      double noise = NOISE * Math.abs(value);
      while (!(found.objective() <= value + SUFFICIENT * length * slope + noise) && scans < most) {
        length /= 2;
        next = moved(theta, direction, length);
        found = scan.apply(next);
        scans++;
      }
      if (!(found.objective() < value - noise)
          && !(excess.applyAsDouble(found.gradient()) < excess.applyAsDouble(gradient))) {
        // What is left is rounding.
        return new QuasiNewton<>(theta, sums, scans, excess.applyAsDouble(gradient));
      }
      double[] nextGradient = found.gradient();
      double[] step = difference(next, theta);
      double[] change = difference(nextGradient, gradient);
      double curvature = dot(step, change);
      if (curvature > 0) {
        pairs.addLast(new Pair(step, change, curvature));
        if (pairs.size() > PAIRS) {
          pairs.removeFirst();
        }
      }
      theta = next;
      sums = found;
      gradient = nextGradient;
    }
    return new QuasiNewton<>(theta, sums, scans, excess.applyAsDouble(gradient));
  }

  private static double[] direction(double[] gradient, Deque<Pair> pairs, Curvature hessian) {
    double[] q = gradient.clone();
    double[] alpha = new double[pairs.size()];
    int i = pairs.size();
    for (Iterator<Pair> newest = pairs.descendingIterator(); newest.hasNext(); ) {
      Pair pair = newest.next();
      alpha[--i] = dot(pair.step, q) / pair.curvature;
      add(q, -alpha[i], pair.change);
    }
    double[] direction = hessian.solve(q);
    for (Pair pair : pairs) {
      double beta = dot(pair.change, direction) / pair.curvature;
      add(direction, alpha[i++] - beta, pair.step);
    }
    for (int j = 0; j < direction.length; j++) {
      direction[j] = -direction[j];
    }
    return direction;
  }

  private static double[] moved(double[] from, double[] direction, double length) {
    double[] to = from.clone();
    add(to, length, direction);
    return to;
  }

  private static void add(double[] to, double factor, double[] x) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * x[i];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
