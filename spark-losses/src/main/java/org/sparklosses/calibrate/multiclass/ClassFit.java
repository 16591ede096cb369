// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.List;
import java.util.Optional;

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
 * @param iterations steps of the method; 0 where there are none
 * @param gradientNorm the norm of the gradient of the objective where the steps ended; NaN where
 *     there is none
 * @param trials what the methods that were chosen among are worth on rows that they were not fitted
 *     to, the best first; empty where a method was named
 */
public record ClassFit(
    ClassMap map,
    String note,
    long rows,
    double weight,
    int scans,
    double lossBefore,
    double lossAfter,
    double excess,
    int iterations,
    double gradientNorm,
    List<Trial> trials) {

  /** Copies the list. */
  public ClassFit {
    trials = List.copyOf(trials);
  }

  /** The fit of a method that was named. */
  public ClassFit(
      ClassMap map,
      String note,
      long rows,
      double weight,
      int scans,
      double lossBefore,
      double lossAfter,
      double excess) {
    this(map, note, rows, weight, scans, lossBefore, lossAfter, excess, 0, Double.NaN, List.of());
  }

  /** The same, chosen among others. */
  ClassFit chosen(int allScans, List<Trial> among) {
    return new ClassFit(
        map,
        note,
        rows,
        weight,
        allScans,
        lossBefore,
        lossAfter,
        excess,
        iterations,
        gradientNorm,
        among);
  }

  /** The same, found by such steps. */
  ClassFit found(int steps, double gradient) {
    return new ClassFit(
        map, note, rows, weight, scans, lossBefore, lossAfter, excess, steps, gradient, trials);
  }

  /** What the method itself is worth on rows that it was not fitted to, if that was tried. */
  public Optional<Trial> trial() {
    return trials.stream().filter(trial -> trial.method().equals(map.method())).findFirst();
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
