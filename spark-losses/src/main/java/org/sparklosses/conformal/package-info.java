/**
 * Conformal prediction: sets of classes and intervals of numbers that hold the truth with a
 * probability that is asked for, whatever the model and the distribution, as long as the rows of
 * the fit and those to come are exchangeable.
 *
 * <p>A {@link org.sparklosses.conformal.ConformityScore} says how badly a class fits a row. A
 * threshold is an order statistic of the scores of the labels, and has to be exact: an approximate
 * quantile would break what is promised. It is found in two scans of the rows, whatever their
 * number: {@link org.sparklosses.conformal.ScoreCounts} counts them by the upper half of the bits
 * of their scores, then by the lower half in the cells that hold a threshold ({@link
 * org.sparklosses.conformal.ThresholdSearch}). Counts and sums of weights are exact and merge in
 * any order.
 *
 * <p>Scores are rounded to float before they are compared, at the fit and when sets are made.
 * Rounding keeps the order, so that a rounded score is a score of its own right, for which the
 * promise holds exactly; in return two scans suffice, and scores that differ by the rounding of a
 * sum alone are tied, as they should be.
 *
 * <p>Pure functions. May import {@code calibrate}, {@code exact}, {@code function} and {@code
 * inference}. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.conformal;
