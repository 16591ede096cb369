// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.List;
import java.util.Map;

/**
 * Logistic recalibration (Cox 1958; Van Calster et al. 2019, doi:10.1186/s12916-019-1466-7): the
 * model logit P(y = 1) = intercept + slope z by maximum likelihood, z the logit of p, which is the
 * score here; calibrated logits have slope 1 and intercept 0. Outcomes are 0 or 1. On a grid z is
 * the mean of the cell.
 *
 * <p>Parts: {@code slope}, {@code intercept}, {@code intercept_slope1}: the intercept with the
 * slope held at 1; {@code se_slope}, {@code se_intercept}: standard errors from the inverse
 * information, weights counting rows. A part is NaN where its maximum does not exist: that of
 * intercept_slope1 when there is one outcome only, the others also when a threshold on z separates
 * the outcomes.
 */
public final class CoxCalibration {

  private static final List<String> PARTS =
      List.of("slope", "intercept", "intercept_slope1", "se_slope", "se_intercept");

  private static final int MOST_STEPS = 200;
  private static final double TOLERANCE = 1e-13;

  private CoxCalibration() {}

  /** Of a whole distribution of logits. */
  public static Map<String, Double> of(Atoms logits) {
    Sums total = logits.total();
    if (!(total.outcome() > 0 && hasRest(logits)) || !isFinite(logits)) {
      return Parts.undefined(PARTS);
    }
    double start = fit(logits, new Fit(0, 1), false).intercept();
    if (isSeparable(logits)) {
      return Parts.named(PARTS, Double.NaN, Double.NaN, start, Double.NaN, Double.NaN);
    }
    Fit fit = fit(logits, new Fit(start, 1), true);
    Information information = Information.at(logits, fit);
    return Parts.named(
        PARTS,
        fit.slope(),
        fit.intercept(),
        start,
        Math.sqrt(information.ii() / information.determinant()),
        Math.sqrt(information.ss() / information.determinant()));
  }

  private record Fit(double intercept, double slope) {

    Fit minus(double intercepts, double slopes, double share) {
      return new Fit(intercept - share * intercepts, slope - share * slopes);
    }

    double loss(Atoms logits) {
      CompensatedSum loss = new CompensatedSum();
      for (int i = 0; i < logits.size(); i++) {
        double eta = intercept + slope * logits.score()[i];
        double tail = StrictMath.log1p(StrictMath.exp(-Math.abs(eta)));
        loss.add(logits.weight()[i] * (Math.max(eta, 0) + tail) - logits.outcome()[i] * eta);
      }
      return loss.value();
    }
  }

  /** The gradient and the information, of intercept i and slope s. */
  private record Information(double i, double s, double ii, double is, double ss) {

    static Information at(Atoms logits, Fit fit) {
      CompensatedSum[] sums = new CompensatedSum[5];
      for (int k = 0; k < sums.length; k++) {
        sums[k] = new CompensatedSum();
      }
      for (int a = 0; a < logits.size(); a++) {
        double z = logits.score()[a];
        double small = StrictMath.exp(-Math.abs(fit.intercept() + fit.slope() * z));
        double p = (fit.intercept() + fit.slope() * z >= 0 ? 1 : small) / (1 + small);
        double gradient = logits.weight()[a] * p - logits.outcome()[a];
        double curvature = logits.weight()[a] * small / ((1 + small) * (1 + small));
        sums[0].add(gradient);
        sums[1].add(gradient * z);
        sums[2].add(curvature);
        sums[3].add(curvature * z);
        sums[4].add(curvature * z * z);
      }
      return new Information(
          sums[0].value(), sums[1].value(), sums[2].value(), sums[3].value(), sums[4].value());
    }

    double determinant() {
      return ii * ss - is * is;
    }
  }

  /** Newton's method, a step being halved while it raises the loss. */
  private static Fit fit(Atoms logits, Fit start, boolean isSlopeFree) {
    Fit fit = start;
    double loss = fit.loss(logits);
    for (int step = 0; step < MOST_STEPS; step++) {
      Information at = Information.at(logits, fit);
      double determinant = at.determinant();
      double intercepts =
          isSlopeFree ? (at.ss() * at.i() - at.is() * at.s()) / determinant : at.i() / at.ii();
      double slopes = isSlopeFree ? (at.ii() * at.s() - at.is() * at.i()) / determinant : 0;
      double scale = 1 + Math.max(Math.abs(fit.intercept()), Math.abs(fit.slope()));
      double size = Math.max(Math.abs(intercepts), Math.abs(slopes));
      Fit next = fit.minus(intercepts, slopes, 1);
      for (double share = 0.5; next.loss(logits) > loss && share * size > TOLERANCE * scale; ) {
        next = fit.minus(intercepts, slopes, share);
        share /= 2;
      }
      fit = next;
      loss = fit.loss(logits);
      if (!(size >= TOLERANCE * scale)) {
        break;
      }
    }
    return fit;
  }

  private static boolean isFinite(Atoms logits) {
    return Double.isFinite(logits.score()[0]) && Double.isFinite(logits.score()[logits.size() - 1]);
  }

  private static boolean hasRest(Atoms logits) {
    for (int i = 0; i < logits.size(); i++) {
      if (logits.outcome()[i] < logits.weight()[i]) {
        return true;
      }
    }
    return false;
  }

  /** Whether no row of one outcome lies strictly beyond a row of the other, in one direction. */
  private static boolean isSeparable(Atoms logits) {
    int lowestHit = -1;
    int highestHit = -1;
    int lowestMiss = -1;
    int highestMiss = -1;
    for (int i = 0; i < logits.size(); i++) {
      if (logits.outcome()[i] > 0) {
        lowestHit = lowestHit < 0 ? i : lowestHit;
        highestHit = i;
      }
      if (logits.outcome()[i] < logits.weight()[i]) {
        lowestMiss = lowestMiss < 0 ? i : lowestMiss;
        highestMiss = i;
      }
    }
    return highestMiss <= lowestHit || highestHit <= lowestMiss;
  }
}
