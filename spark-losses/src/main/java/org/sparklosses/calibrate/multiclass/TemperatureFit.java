// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.Floor;

/**
 * A fitted temperature, which every method begins with.
 *
 * @param first what the first scan gave
 * @param search how the best beta was found
 */
record TemperatureFit(FirstSums first, TemperatureSearch search) {

  private static final double SHORT_STEP = 0x1p-6;

  /**
   * Fits: one scan for a sample and the ends, then from the best beta of the sample.
   *
   * @throws IllegalArgumentException if there is no row
   */
  static TemperatureFit of(LogitRows rows) {
    return of(rows, first(rows), TemperatureSearch.CONFIRMED);
  }

  /**
   * The first scan.
   *
   * @throws IllegalArgumentException if there is no row
   */
  static FirstSums first(LogitRows rows) {
    FirstSums first = rows.scan(new FirstSums.At());
    checkRows(first.temperature().rows());
    return first;
  }

  /**
   * Refuses to fit to no rows.
   *
   * @throws IllegalArgumentException if there is none
   */
  static void checkRows(long rows) {
    if (rows == 0) {
      throw new IllegalArgumentException(
          "there is no row of positive weight to fit from; check the filter, the weights and the"
              + " labels");
    }
  }

  /**
   * As {@link #of(LogitRows)}, for who goes on from there: without the scan that confirms, beta is
   * off by 1e-7 of it at most.
   */
  static TemperatureFit unconfirmed(LogitRows rows) {
    return of(rows, first(rows), SHORT_STEP);
  }

  private static TemperatureFit of(LogitRows rows, FirstSums first, double shortStep) {
    TemperatureSearch ended = TemperatureSearch.ended(first.temperature());
    double epsilon = epsilon(first);
    return new TemperatureFit(
        first,
        ended.status() == TemperatureSearch.Status.OK
            ? TemperatureSearch.of(
                beta -> rows.scan(new TemperatureSums.At(beta, epsilon)),
                ofSample(first.sample()),
                shortStep)
            : TemperatureSearch.at(
                ended, rows.scan(new TemperatureSums.At(ended.beta(), epsilon))));
  }

  /** The best beta of a sample; 1 if it has none. */
  static double ofSample(SampleOfRows of) {
    LogitRows sample = of.rows();
    TemperatureSums sums = sample.scan(new TemperatureSums.At(1, 0));
    return TemperatureSearch.ended(sums).status() == TemperatureSearch.Status.OK
        ? TemperatureSearch.of(beta -> sample.scan(new TemperatureSums.At(beta, 0)), 1).beta()
        : 1;
  }

  private static double epsilon(FirstSums first) {
    return Floor.share(first.temperature().weight());
  }

  TemperatureMix map() {
    return new TemperatureMix(first.classes(), search.beta(), epsilon(first));
  }

  /** The result of a method that began with it. */
  ClassFit fit(ClassMap map, int scans, double loss, double excess) {
    return first.fit(map, search.status().note(), search.scans() + scans, loss, excess);
  }
}
