// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.function.DoubleFunction;

/**
 * Finds the beta that makes the log loss of {@code softmax(beta l)} least, one scan a step. The
 * loss is convex, so that the sign of its derivative moves an end of a bracket; the next beta is
 * the root of the cubic model that four derivatives give, else the step of Halley, else that of
 * Newton, where it lies in the bracket, and the geometric middle of the bracket where none does or
 * the derivative did not halve.
 *
 * @param beta the best, in [e^-16, e^16]
 * @param status what was found of the rows
 * @param scans how often they were read
 * @param last the sums of the last scan
 */
record TemperatureSearch(double beta, Status status, int scans, TemperatureSums last) {

  static final double LEAST = StrictMath.exp(-16);
  static final double MOST = StrictMath.exp(16);

  private static final int MOST_SCANS = 60;
  private static final double SMALL = 1e-12;

  /**
   * A step of at most this share of beta is no news: the sums before it are those of the best beta.
   */
  static final double CONFIRMED = 0x1p-20;

  /** Whether there is a best beta. */
  enum Status {
    /** There is. */
    OK(""),
    /** The largest that is allowed. */
    SEPARABLE("every label has the largest score of its row: the larger beta, the less the loss"),
    /** The smallest that is allowed. */
    NO_BETTER_THAN_UNIFORM(
        "labels do not have more than the mean score of their rows: the scores tell nothing, or"
            + " are turned round"),
    /** 1. */
    CONSTANT("no row has two different scores");

    private final String note;

    Status(String note) {
      this.note = note;
    }

    /** For the reader; empty if nothing is the matter. */
    String note() {
      return note;
    }
  }

  /**
   * What ends the search before it begins, if something does.
   *
   * @param sums at any beta
   */
  static TemperatureSearch ended(TemperatureSums sums) {
    Status status =
        sums.areAllConstant()
            ? Status.CONSTANT
            : sums.areAllRight()
                ? Status.SEPARABLE
                : sums.isNoBetterThanUniform() ? Status.NO_BETTER_THAN_UNIFORM : Status.OK;
    double beta = status == Status.SEPARABLE ? MOST : status == Status.CONSTANT ? 1 : LEAST;
    return new TemperatureSearch(status == Status.OK ? Double.NaN : beta, status, 0, sums);
  }

  /** The same with the sums at its beta, from one more scan. */
  static TemperatureSearch at(TemperatureSearch ended, TemperatureSums sums) {
    return new TemperatureSearch(ended.beta, ended.status, ended.scans + 1, sums);
  }

  /**
   * Searches among rows that have a best beta.
   *
   * @param scan gives the sums at a beta
   * @param start where to begin
   */
  static TemperatureSearch of(DoubleFunction<TemperatureSums> scan, double start) {
    return of(scan, start, CONFIRMED);
  }

  /**
   * As {@link #of(DoubleFunction, double)}, for who needs no sums at the best beta.
   *
   * @param shortStep a step of at most this share of beta ends the search, for what the cubic model
   *     is off is then about the fourth power of it
   */
  static TemperatureSearch of(
      DoubleFunction<TemperatureSums> scan, double start, double shortStep) {
    double low = LEAST;
    double high = MOST;
    double beta = start;
    double before = Double.POSITIVE_INFINITY;
    TemperatureSums sums = scan.apply(beta);
    for (int scans = 1; scans < MOST_SCANS; scans++) {
      double slope = sums.derivative(1);
      double curvature = sums.derivative(2);
      if (slope > 0) {
        high = beta;
      } else {
        low = beta;
      }
      if (Math.abs(slope) <= SMALL * beta * curvature) {
        double step = curvature > 0 ? slope / curvature : 0;
        return new TemperatureSearch(beta - step, Status.OK, scans, sums);
      }
      boolean isSteady = curvature > 0 && Math.abs(slope) <= before / 2;
      double step = isSteady ? step(sums, beta, low, high) : 0;
      before = step == 0 ? Double.POSITIVE_INFINITY : Math.abs(slope);
      double next = step == 0 ? StrictMath.sqrt(low * high) : beta + step;
      if (next == beta) {
        return new TemperatureSearch(beta, Status.OK, scans, sums);
      }
      if (step != 0 && Math.abs(step) <= shortStep * beta) {
        return new TemperatureSearch(next, Status.OK, scans, sums);
      }
      beta = next;
      sums = scan.apply(beta);
    }
    return new TemperatureSearch(beta, Status.OK, MOST_SCANS, sums);
  }

  /** The first step of the three that is allowed; 0 if none is. */
  private static double step(TemperatureSums sums, double beta, double low, double high) {
    double newton = -sums.derivative(1) / sums.derivative(2);
    for (double step : new double[] {cubic(sums), halley(sums), newton}) {
      if (low < beta + step && beta + step < high && Math.abs(step) <= 4 * Math.abs(newton)) {
        return step;
      }
    }
    return 0;
  }

  /**
   * The root near 0 of {@code d1 + d2 s + d3 s^2 / 2 + d4 s^3 / 6} that Newton's iteration from 0
   * leads to; NaN if the model does not increase all the way.
   */
  private static double cubic(TemperatureSums sums) {
    double third = sums.derivative(3) / 2;
    double fourth = sums.derivative(4) / 6;
    double s = 0;
    for (int i = 0; i < MOST_SCANS; i++) {
      double value = sums.derivative(1) + s * (sums.derivative(2) + s * (third + s * fourth));
      double slope = sums.derivative(2) + s * (2 * third + s * 3 * fourth);
      if (!(slope > 0)) {
        return Double.NaN;
      }
      double next = s - value / slope;
      if (next == s || Math.abs(next - s) <= 0x1p-52 * Math.abs(next)) {
        return next;
      }
      s = next;
    }
    return Double.NaN;
  }

  private static double halley(TemperatureSums sums) {
    double slope = sums.derivative(1);
    double curvature = sums.derivative(2);
    double denominator = 2 * curvature * curvature - slope * sums.derivative(3);
    return denominator > 0 ? -2 * slope * curvature / denominator : Double.NaN;
  }
}
