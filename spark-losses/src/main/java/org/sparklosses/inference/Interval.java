// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

/**
 * An interval of values.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

  /** Of an estimate in [0, 1], what rounding may leave of a standard error that is 0. */
  private static final double ROUNDING = 1e-15;

  /** Whether a value lies in it, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** How far its ends are apart. */
  public double width() {
    return high - low;
  }

  /** Its ends so much farther apart on either side. */
  public Interval widened(double by) {
    return new Interval(low - by, high + by);
  }

  /** What of it lies between two bounds; an end that is NaN stays so. */
  public Interval within(Interval bounds) {
    return new Interval(Math.max(low, bounds.low), Math.min(high, bounds.high));
  }

  /**
   * An estimate and so many standard errors to either side that a normal estimate covers its mean
   * with the probability {@code level}.
   *
   * @param level in (0, 1), as 0.95
   */
  public static Interval normal(double estimate, double standardError, double level) {
    double reach = Tails.normalQuantile(upperTail(level)) * standardError;
    return new Interval(estimate - reach, estimate + reach);
  }

  /**
   * Around an estimate between two bounds, normal on the scale of the log odds of its place between
   * them (its standard error there by the delta method) and mapped back: neither end lies beyond a
   * bound. The ends are NaN where the log odds tell nothing: if the estimate is one of the bounds,
   * if its standard error is 0 but for rounding, and if either is NaN.
   *
   * @param bounds of the estimate, as 0 and 1
   * @param level in (0, 1), as 0.95
   */
  public static Interval logit(
      Interval bounds, double estimate, double standardError, double level) {
    double z = Tails.normalQuantile(upperTail(level));
    double below = estimate - bounds.low;
    double above = bounds.high - estimate;
    double width = bounds.width();
    if (!(below > 0 && above > 0 && standardError > ROUNDING * width)) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double logOdds = StrictMath.log(below / above);
    double reach = z * standardError * width / (below * above);
    return new Interval(
        bounds.low + width / (1 + StrictMath.exp(reach - logOdds)),
        bounds.low + width / (1 + StrictMath.exp(-reach - logOdds)));
  }

  /**
   * The interval of a proportion by Wilson's score (Wilson 1927).
   *
   * @param successes k, in [0, n]
   * @param trials n; with 0 the ends are NaN
   * @param level in (0, 1), as 0.95
   */
  public static Interval wilson(double successes, double trials, double level) {
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "wilson interval: successes = " + successes + " is outside [0, trials = " + trials + "]");
    }
    double z = Tails.normalQuantile(upperTail(level));
    double share = successes / trials;
    double centre = share + z * z / (2 * trials);
    double reach =
        z * StrictMath.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
    double scale = 1 + z * z / trials;
    return new Interval((centre - reach) / scale, (centre + reach) / scale);
  }

  /**
   * The interval of a proportion by Clopper and Pearson (1934): it covers with the probability
   * {@code level} at least.
   *
   * @param successes k, in [0, n]; of rows with weights k and n may be fractions, which makes it
   *     approximate
   * @param trials n; with 0 the ends are 0 and 1
   * @param level in (0, 1), as 0.95
   */
  public static Interval clopperPearson(double successes, double trials, double level) {
    if (!(successes >= 0 && successes <= trials)) {
      throw new IllegalArgumentException(
          "clopper-pearson interval: successes = %s is outside [0, trials = %s]"
              .formatted(successes, trials));
    }
    double tail = 1 - upperTail(level);
    double failures = trials - successes;
    return new Interval(
        successes == 0 ? 0 : Tails.betaQuantile(tail, successes, failures + 1),
        failures == 0 ? 1 : 1 - Tails.betaQuantile(tail, failures, successes + 1));
  }

  /** {@code (1 + level) / 2}. */
  static double upperTail(double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "level = " + level + " is not allowed; give the probability covered, in (0, 1), as 0.95");
    }
    return 0.5 + level / 2;
  }
}
