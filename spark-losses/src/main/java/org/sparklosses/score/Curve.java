// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;

/**
 * Points of a curve from the highest threshold down.
 *
 * @param x the horizontal coordinates, ascending
 * @param y the vertical coordinates
 * @param threshold accepts the rows of at least this score; infinite where none is accepted. On a
 *     grid it is the mean score of the lowest cell that is accepted
 */
// Results are handed on to tables and reports, which read them.
@SuppressWarnings("ArrayRecordComponent")
public record Curve(double[] x, double[] y, double[] threshold) {

  /** The number of points. */
  public int size() {
    return x.length;
  }

  /**
   * The receiver operating characteristic: TPR over FPR, from (0, 0) on, outcomes being 0 or 1; NaN
   * where an outcome does not occur.
   *
   * @param points the largest number of points, at least 2; both ends are kept
   */
  public static Curve roc(Atoms atoms, int points) {
    Sums total = atoms.total();
    return walk(
            atoms, 1, 0, 0, at -> at.rest() / total.rest(), at -> at.outcome() / total.outcome())
        .thinned(points);
  }

  /**
   * Precision over recall, from (0, 1) on, outcomes being 0 or 1; recall is NaN without positives.
   *
   * @param points the largest number of points, at least 2; both ends are kept
   */
  public static Curve precisionRecall(Atoms atoms, int points) {
    Sums total = atoms.total();
    return walk(
            atoms, 1, 0, 1, at -> at.outcome() / total.outcome(), at -> at.outcome() / at.weight())
        .thinned(points);
  }

  /**
   * Selective risk, the mean loss of the accepted rows, over coverage; the score is the confidence,
   * the outcome the loss.
   *
   * @param points the largest number of points, at least 2; both ends are kept
   */
  public static Curve riskCoverage(Atoms atoms, int points) {
    return coverage(atoms, at -> at.outcome() / at.weight()).thinned(points);
  }

  /**
   * Generalised risk, the accepted loss over the weight of all rows, over coverage; as {@link
   * #riskCoverage}.
   */
  public static Curve generalizedRiskCoverage(Atoms atoms, int points) {
    Sums total = atoms.total();
    return coverage(atoms, at -> at.outcome() / total.weight()).thinned(points);
  }

  private static Curve coverage(Atoms atoms, Coordinate risk) {
    Sums total = atoms.total();
    return walk(atoms, 0, 0, 0, at -> at.weight() / total.weight(), risk);
  }

  /** A figure of the rows at or above a threshold. */
  private interface Coordinate {
    double of(Descent at);
  }

  private static Curve walk(
      Atoms atoms, int starts, double startX, double startY, Coordinate x, Coordinate y) {
    int size = starts + atoms.size();
    Curve curve = new Curve(new double[size], new double[size], new double[size]);
    if (starts > 0) {
      curve.x[0] = startX;
      curve.y[0] = startY;
      curve.threshold[0] = Double.POSITIVE_INFINITY;
    }
    Descent at = new Descent(atoms, Sums.NONE);
    for (int i = starts; at.next(); i++) {
      curve.x[i] = x.of(at);
      curve.y[i] = y.of(at);
      curve.threshold[i] = at.score();
    }
    return curve;
  }

  /** At most so many points, evenly along the curve: both ends and the last one of each piece. */
  Curve thinned(int points) {
    if (points < 2) {
      throw new IllegalArgumentException("points is " + points + ": a curve has at least 2");
    }
    if (size() <= points) {
      return this;
    }
    double[] length = new double[size()];
    for (int i = 1; i < size(); i++) {
      length[i] = length[i - 1] + Math.abs(x[i] - x[i - 1]) + Math.abs(y[i] - y[i - 1]);
    }
    double piece = length[size() - 1] / (points - 1);
    Curve thinned = new Curve(new double[points], new double[points], new double[points]);
    int kept = thinned.set(0, this, 0);
    for (int i = 1; i < size(); i++) {
      if (i == size() - 1
          || piece(length[i], piece, points) < piece(length[i + 1], piece, points)) {
        kept = thinned.set(kept, this, i);
      }
    }
    return new Curve(
        Arrays.copyOf(thinned.x, kept),
        Arrays.copyOf(thinned.y, kept),
        Arrays.copyOf(thinned.threshold, kept));
  }

  private static int piece(double length, double piece, int points) {
    return (int) Math.min(points - 2, Math.floor(length / piece));
  }

  private int set(int i, Curve from, int j) {
    x[i] = from.x[j];
    y[i] = from.y[j];
    threshold[i] = from.threshold[j];
    return i + 1;
  }
}
