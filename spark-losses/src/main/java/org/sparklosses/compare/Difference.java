// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import org.sparklosses.inference.Interval;

/**
 * The difference of a model to the baseline in a metric, on the same rows. What is not known is
 * NaN.
 *
 * @param metric the metric as it was asked for; of a metric of several parts the first
 * @param isLargerBetter whether a larger value is the better one; false too of a metric whose ideal
 *     lies inside of its range
 * @param model the name of the model
 * @param baseline the value of the baseline
 * @param value the value of the model
 * @param difference {@code value - baseline}
 * @param standardError of the difference
 * @param interval of the difference, at the level of the comparison
 * @param test where error, interval and p-value come from
 * @param pValue two-sided, of no difference
 * @param holm the p-value adjusted by Holm over all slices; of all rows the p-value itself
 * @param benjaminiHochberg the same by Benjamini and Hochberg
 */
public record Difference(
    String metric,
    boolean isLargerBetter,
    String model,
    double baseline,
    double value,
    double difference,
    double standardError,
    Interval interval,
    Test test,
    double pValue,
    double holm,
    double benjaminiHochberg)
    implements Adjustable<Difference> {

  /** How a difference is tested. */
  public enum Test {
    /** Student's test of paired differences, of a mean over rows. */
    PAIRED_T,
    /** DeLong, DeLong and Clarke-Pearson's covariance of AUCs (1988). */
    DELONG,
    /** Normal, with the standard error of paired replicates of a bootstrap. */
    BOOTSTRAP,
    /** Not at all. */
    NONE
  }

  @Override
  public Difference adjusted(double newHolm, double newBenjaminiHochberg) {
    return new Difference(
        metric,
        isLargerBetter,
        model,
        baseline,
        value,
        difference,
        standardError,
        interval,
        test,
        pValue,
        newHolm,
        newBenjaminiHochberg);
  }
}
