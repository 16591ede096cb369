// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import org.sparklosses.inference.McNemar;

/**
 * Whether a model is right as often as the baseline. It counts rows, whatever their weight.
 *
 * @param model the name of the model
 * @param mcNemar McNemar's test, the baseline being the first
 * @param holm the mid-p-value adjusted by Holm over all slices; of all rows the p-value itself
 * @param benjaminiHochberg the same by Benjamini and Hochberg
 */
public record CorrectnessSignificance(
    String model, McNemar mcNemar, double holm, double benjaminiHochberg)
    implements Adjustable<CorrectnessSignificance> {

  /** The mid-p-value. */
  @Override
  public double pValue() {
    return mcNemar.pMid();
  }

  @Override
  public CorrectnessSignificance adjusted(double newHolm, double newBenjaminiHochberg) {
    return new CorrectnessSignificance(model, mcNemar, newHolm, newBenjaminiHochberg);
  }
}
