// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.MapNumbers;

/** A temperature in a mixture with what it is of and with the uniform distribution. */
public final class EnsembleTemperature implements ClassCalibrator {

  /** For the service loader. */
  public EnsembleTemperature() {}

  @Override
  public String name() {
    return EnsembleMap.NAME;
  }

  @Override
  public String summary() {
    return "a temperature, mixed with the probabilities as they are and with uniform ones; keeps"
        + " the order of the classes of every row, and wins about as often as temperature";
  }

  @Override
  public String formula() {
    return "(1 - e) (w1 softmax(beta l) + w2 softmax(l) + w3/K) + e/K, l = log p; beta of the least"
        + " log loss, then w >= 0 of sum 1 of the least log loss, e = 1/(W + 1)";
  }

  @Override
  public String source() {
    return "Zhang, Kailkhura and Han 2020, arXiv:2003.07329, whose weights are of the least"
        + " squares";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    TemperatureFit temperature = TemperatureFit.of(rows);
    EnsembleSearch search = search(rows, temperature, EnsembleSearch.ENOUGH);
    return temperature.fit(
        search.map(), search.scans(), search.sums().mixedLoss(), search.sums().excess());
  }

  /** The best weights, from those of the sample. */
  static EnsembleSearch search(LogitRows rows, TemperatureFit temperature, double enough) {
    LogitRows sample = temperature.first().sample().rows();
    EnsembleMap equal =
        new EnsembleMap(temperature.map(), new double[] {1.0 / 3, 1.0 / 3, 1.0 / 3});
    EnsembleMap start =
        EnsembleSearch.of(map -> sample.scan(new EnsembleSums.At(map)), equal, enough).map();
    return EnsembleSearch.of(map -> rows.scan(new EnsembleSums.At(map)), start, enough);
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    return EnsembleMap.of(classes, numbers);
  }
}
