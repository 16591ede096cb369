// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/**
 * A fitted map and what is known of the fit.
 *
 * @param map the map
 * @param note what was found of the rows, for the reader; empty if nothing is the matter
 * @param rows the number of rows of positive weight
 * @param weight the sum of their weights
 * @param scans how often the rows were read
 * @param lossBefore the mean log loss of the rows as they are, in nats
 * @param lossAfter that of the map on the same rows
 * @param excess the objective of the fit is at most so much above its least value; NaN where that
 *     is not known
 */
public record ClassFit(
    ClassMap map,
    String note,
    long rows,
    double weight,
    int scans,
    double lossBefore,
    double lossAfter,
    double excess) {

  /** The same after more scans. */
  ClassFit after(int more) {
    return new ClassFit(map, note, rows, weight, scans + more, lossBefore, lossAfter, excess);
  }

  /**
   * What the log loss of a fit is about above that of the best map, on rows that it has not seen:
   * half a parameter a row (Akaike 1974).
   */
  public double statisticalExcess() {
    long parameters =
        map.numbers().names().stream().mapToLong(name -> map.numbers().array(name).length).sum();
    return parameters / (2 * weight);
  }
}
