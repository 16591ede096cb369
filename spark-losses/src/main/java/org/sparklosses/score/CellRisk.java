// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/**
 * What is known of the selective risk L / C inside a cell whose rows come in an unknown order,
 * their losses being in [0, 1]: x of its weight accepted, the loss that comes with it is at least
 * {@code max(0, x - (weight - loss))} and at most {@code min(x, loss)}. The highest risk rises up
 * to x = loss and falls from there on; the lowest falls up to x = weight - loss and rises from
 * there on.
 *
 * @param weightAbove the weight of the rows of higher scores
 * @param lossAbove their loss
 * @param weight the weight of the rows of the cell
 * @param loss their loss
 */
record CellRisk(double weightAbove, double lossAbove, double weight, double loss) {

  static CellRisk of(Descent at) {
    return new CellRisk(at.weightAbove(), at.outcomeAbove(), at.atomWeight(), at.atomOutcome());
  }

  /** The weight of the cell without loss. */
  double correct() {
    return weight - loss;
  }

  /** The highest risk with {@code x} of the cell accepted. */
  double high(double x) {
    return ratio(lossAbove + Math.min(x, loss), weightAbove + x, 0);
  }

  /** The lowest risk with {@code x} of the cell accepted. */
  double low(double x) {
    return ratio(lossAbove + Math.max(0, x - correct()), weightAbove + x, 1);
  }

  /** {@code part / whole}, and the limit where both are 0. */
  private static double ratio(double part, double whole, double limit) {
    return whole > 0 ? part / whole : limit;
  }

  /** The integral of the highest risk over x in [0, loss]. */
  double risingHigh() {
    return loss - logarithmic(weightAbove - lossAbove, weightAbove, loss);
  }

  /** The integral of the highest risk over x in [loss, weight]. */
  double fallingHigh() {
    return logarithmic(lossAbove + loss, weightAbove + loss, correct());
  }

  /** The integral of the lowest risk over x in [0, weight - loss]. */
  double fallingLow() {
    return logarithmic(lossAbove, weightAbove, correct());
  }

  /** The integral of the lowest risk over x in [weight - loss, weight]. */
  double risingLow() {
    double from = weightAbove + correct();
    return loss - logarithmic(from - lossAbove, from, loss);
  }

  /** The integral of {@code factor / t}, t in [from, from + length]; 0 if the factor is. */
  private static double logarithmic(double factor, double from, double length) {
    return factor > 0 && length > 0 ? factor * StrictMath.log1p(length / from) : 0;
  }
}
