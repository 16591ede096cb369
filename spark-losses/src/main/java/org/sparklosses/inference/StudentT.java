// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

/**
 * Student's test of a mean, or of a mean difference of pairs, being 0.
 *
 * @param difference the mean
 * @param standardError of the mean
 * @param t their ratio: infinite where the standard error alone is 0, NaN where both are
 * @param degrees of freedom
 * @param pValue two-sided
 */
public record StudentT(
    double difference, double standardError, double t, long degrees, double pValue) {

  /** The test of a mean being 0, with {@code units - 1} degrees of freedom. */
  public static StudentT of(MeanEstimate estimate) {
    double t = estimate.mean() / estimate.standardError();
    long degrees = estimate.units() - 1;
    return new StudentT(
        estimate.mean(),
        estimate.standardError(),
        t,
        degrees,
        Tails.studentBeyond(t, (double) degrees));
  }

  /**
   * The paired test: do the values of two models on the same rows have the same mean?
   *
   * @param first one value a row
   * @param second as many, of the same rows
   */
  public static StudentT paired(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "paired test: "
              + first.length
              + " values against "
              + second.length
              + "; both models need one value a row");
    }
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = first[i] - second[i];
    }
    return of(MeanEstimate.of(differences, null));
  }

  /**
   * The interval of the mean that holds the values that the test does not reject.
   *
   * @param level in (0, 1), as 0.95
   */
  public Interval interval(double level) {
    Interval.upperTail(level);
    double reach =
        degrees > 0
            ? Tails.studentQuantileBeyond(1 - level, (double) degrees) * standardError
            : Double.NaN;
    return new Interval(difference - reach, difference + reach);
  }
}
