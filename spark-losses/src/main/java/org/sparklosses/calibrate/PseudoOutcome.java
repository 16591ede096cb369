// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/**
 * What stands for the effect of a treatment on a row, of which only one outcome is seen: augmented
 * inverse propensity weighting (Robins, Rotnitzky and Zhao 1994). Its mean over rows of like
 * features is their mean effect where the propensity is right, or both outcome models are.
 */
public final class PseudoOutcome {

  private PseudoOutcome() {}

  /**
   * {@code mu1 - mu0 + (a - e) / (e (1 - e)) (y - mu_a)}.
   *
   * @param treatment a, 1 if the row was treated, 0 if not
   * @param outcome y, finite
   * @param propensity e, the probability of being treated, in (0, 1)
   * @param untreated mu0, the expected outcome without treatment, finite
   * @param treated mu1, the expected outcome with treatment, finite
   * @throws IllegalArgumentException if a number is none of these
   */
  public static double aipw(
      double treatment, double outcome, double propensity, double untreated, double treated) {
    if (treatment != 0 && treatment != 1) {
      throw new IllegalArgumentException(
          "the treatment is " + treatment + "; it must be 0 or 1, one treatment against none");
    }
    if (!(propensity > 0 && propensity < 1)) {
      throw new IllegalArgumentException(
          "the propensity is %s; it must lie between 0 and 1, for of rows that are always treated, or"
                  .formatted(propensity)
              + " never, no effect is known: leave them out");
    }
    checkFinite("outcome", outcome);
    checkFinite("expected outcome without treatment", untreated);
    checkFinite("expected outcome with treatment", treated);
    double expected = treatment == 1 ? treated : untreated;
    return treated
        - untreated
        + (treatment - propensity) / (propensity * (1 - propensity)) * (outcome - expected);
  }

  static void checkFinite(String what, double x) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("the %s is %s; leave such rows out".formatted(what, x));
    }
  }
}
