// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.Map;
import org.sparklosses.inference.BinnedChiSquare;

/**
 * Whether a model's confidence is calibrated: tests of the rows being right as often as the largest
 * probability says.
 *
 * @param model the name of the model
 * @param z Spiegelhalter's, above 0 where the model is too sure of rows it has wrong; infinite
 *     where only certain predictions are wrong
 * @param zPValue two-sided
 * @param chiSquare of 15 bins of confidence of equal width
 * @param pValue of both tests together: twice the smaller p-value, at most 1
 * @param holm the p-value adjusted by Holm over all slices; of all rows the p-value itself
 * @param benjaminiHochberg the same by Benjamini and Hochberg
 */
public record CalibrationSignificance(
    String model,
    double z,
    double zPValue,
    BinnedChiSquare chiSquare,
    double pValue,
    double holm,
    double benjaminiHochberg)
    implements Adjustable<CalibrationSignificance> {

  /** The two tests together (Bonferroni); one that is undefined counts for nothing. */
  static CalibrationSignificance of(
      String model, Map<String, Double> spiegelhalter, BinnedChiSquare bins) {
    double z = spiegelhalter.get("z");
    double zPValue = spiegelhalter.get("p_value");
    double p =
        Double.isNaN(bins.pValue())
            ? zPValue
            : Double.isNaN(zPValue)
                ? bins.pValue()
                : Math.min(1, 2 * Math.min(zPValue, bins.pValue()));
    return new CalibrationSignificance(model, z, zPValue, bins, p, p, p);
  }

  @Override
  public CalibrationSignificance adjusted(double newHolm, double newBenjaminiHochberg) {
    return new CalibrationSignificance(
        model, z, zPValue, chiSquare, pValue, newHolm, newBenjaminiHochberg);
  }
}
