// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.MapNumbers;

/** What {@link StructuredVectorScaling} and {@link StructuredMatrixScaling} have in common. */
abstract class StructuredScaling implements ClassCalibrator {

  private final boolean isFull;
  private final Ridge ridge;

  /**
   * @param isFull whether a class takes from others
   */
  StructuredScaling(boolean isFull, Ridge ridge) {
    this.isFull = isFull;
    this.ridge = ridge;
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    return fit(rows, AffineFit.ENOUGH);
  }

  /**
   * Fits until the objective is near its least value.
   *
   * @param enough how near
   */
  ClassFit fit(LogitRows rows, double enough) {
    TemperatureFit temperature = TemperatureFit.unconfirmed(rows);
    FirstSums first = temperature.first();
    if (isFull) {
      AffineFit.checkClassesOfMatrix(name(), first.classes());
    }
    RowScores scores = new RowScores.OfTemperature(temperature.map());
    double weight = first.temperature().weight();
    Structure structure =
        new Structure(scores, isFull, weight, ridge.over(first.classes(), weight));
    QuasiNewton<StructureSums> found = AffineFit.of(rows, first, structure, enough);
    return temperature
        .fit(
            AffineMap.of(name(), structure, found.theta()),
            found.scans(),
            found.sums().loss(),
            found.excess())
        .found(found.scans(), found.gradientNorm());
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    return AffineMap.of(
        name(), new RowScores.OfTemperature(TemperatureMix.of(classes, numbers)), numbers);
  }
}
