// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import org.sparklosses.calibrate.LogisticRegression.Minimum;
import org.sparklosses.calibrate.LogisticRegression.Targets;

/**
 * Log odds that are linear in features of the logit, by maximum likelihood; with a rule for rows
 * that do not determine them.
 *
 * <ul>
 *   <li>One class: the constant {@code ln((n1 + 1) / (n0 + 1))}, n the weights of the classes.
 *   <li>One score: the constant that the mean of the targets tells.
 *   <li>Two scores, or scores that are too close to one another to tell more: a line in z.
 *   <li>Classes that the features tell apart: Platt's targets take the place of the labels.
 * </ul>
 *
 * @param theta the coefficients of the features
 * @param status what was found
 * @param iterations steps of Newton's method
 * @param gradientNorm where they ended
 */
@SuppressWarnings("ArrayRecordComponent")
record LogitFit(double[] theta, FitStatus status, int iterations, double gradientNorm) {

  /**
   * The fit to points.
   *
   * @param points logits, of at least one row
   * @param isSoftened whether Platt's targets take the place of the labels anyhow
   */
  static LogitFit of(BinaryPoints points, LogitFeatures features, boolean isSoftened) {
    if (!points.hasBothClasses()) {
      double odds = (points.positives() + 1) / (points.negatives() + 1);
      return constant(features, StrictMath.log(odds), FitStatus.ONE_CLASS);
    }
    Targets softened = Targets.platt(points);
    OrthonormalColumns columns = LogisticRegression.orthonormal(features.columns(points), points);
    boolean isLine = columns.rank() < features.count() || points.size() < features.count();
    if (isLine) {
      columns = LogisticRegression.orthonormal(LogitFeatures.LINEAR.columns(points), points);
    }
    if (columns.rank() == 1) {
      Targets targets = isSoftened ? softened : Targets.LABELS;
      return constant(features, targets.meanLogOdds(points), FitStatus.ONE_SCORE);
    }
    boolean isShort = isLine && features != LogitFeatures.LINEAR;
    boolean isSeparable = points.isSeparable(isLine ? 1 : features.degree());
    Minimum minimum =
        LogisticRegression.fit(
            columns, points, isSoftened || isSeparable ? softened : Targets.LABELS);
    double[] theta =
        isLine ? features.line(minimum.theta()[0], minimum.theta()[1]) : minimum.theta();
    FitStatus status =
        isSeparable ? FitStatus.SEPARABLE : isShort ? FitStatus.TWO_SCORES : FitStatus.OK;
    return new LogitFit(theta, status, minimum.iterations(), minimum.gradientNorm());
  }

  private static LogitFit constant(LogitFeatures features, double logOdds, FitStatus status) {
    double[] theta = Arrays.copyOf(new double[] {logOdds}, features.count());
    return new LogitFit(theta, status, 0, 0);
  }
}
