// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.MapNumbers;

/** One number for all classes: the temperature. */
public final class TemperatureCalibrator implements ClassCalibrator {

  /** For the service loader. */
  public TemperatureCalibrator() {}

  @Override
  public String name() {
    return TemperatureMix.NAME;
  }

  @Override
  public String summary() {
    return "one number for all classes, which keeps the order of the classes of every row: for few"
        + " rows, and to begin with";
  }

  @Override
  public String formula() {
    return "(1 - e) softmax(beta l) + e/K, l = log p; beta of the least log loss, e = 1/(W + 1)";
  }

  @Override
  public String source() {
    return "Guo et al. 2017, arXiv:1706.04599; the mixture: Berta et al. 2025, arXiv:2511.03685";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    return fit(TemperatureFit.of(rows));
  }

  /** The fit of a temperature that is known. */
  static ClassFit fit(TemperatureFit fit) {
    TemperatureSums last = fit.search().last();
    return fit.fit(fit.map(), 0, last.mixedLoss(), Double.NaN)
        .found(fit.search().scans(), Math.abs(last.derivative(1)));
  }

  @Override
  public TemperatureMix map(int classes, MapNumbers numbers) {
    return TemperatureMix.of(classes, numbers);
  }
}
