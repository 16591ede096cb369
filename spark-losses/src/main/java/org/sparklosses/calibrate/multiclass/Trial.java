// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/**
 * What a method is worth on rows that it was not fitted to, by cross-fitting.
 *
 * @param method its name
 * @param loss the mean log loss of every row under the map fitted to the other folds, in nats
 * @param difference the mean of that less the log loss of the row as it is; below 0 where the
 *     method gains
 * @param standardError of the difference, paired row by row, rows being taken as independent
 */
public record Trial(String method, double loss, double difference, double standardError) {

  private static final double QUANTILE = 1.959963984540054;

  /** The lower end of the 95 % interval of the difference. */
  public double low() {
    return difference - QUANTILE * standardError;
  }

  /** Its upper end. */
  public double high() {
    return difference + QUANTILE * standardError;
  }
}
