// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.MapNumbers;

/** What {@link StructuredVectorScaling} and {@link StructuredMatrixScaling} have in common. */
abstract class StructuredScaling implements ClassCalibrator {

  private static final double ENOUGH = 1e-9;
  private static final double ENOUGH_OF_SAMPLE = 1e-18;
  private static final int MOST_SCANS = 100;

  /** The sums of a task take some 17 MB of so many. */
  private static final int MOST_CLASSES_OF_MATRIX = 512;

  private static final int MOST_STEPS = 60;

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
    return fit(rows, ENOUGH);
  }

  /**
   * Fits until the objective is near its least value.
   *
   * @param enough how near
   */
  ClassFit fit(LogitRows rows, double enough) {
    TemperatureFit temperature = TemperatureFit.unconfirmed(rows);
    FirstSums first = temperature.first();
    if (isFull && first.classes() > MOST_CLASSES_OF_MATRIX) {
      throw new IllegalArgumentException(
          "%s of %d classes has the square of them in parameters, and takes %d at most; choose"
                  .formatted(name(), first.classes(), MOST_CLASSES_OF_MATRIX)
              + " structured_vector_scaling");
    }
    Structure structure =
        new Structure(temperature.map(), isFull, first.temperature().weight(), ridge);
    double scale = structure.weight() / first.sample().weight();
    double[] start = ofSample(structure, first.sample(), scale);
    QuasiNewton found =
        QuasiNewton.minimise(
            structure,
            theta -> rows.scan(new StructureSums.At(structure, theta, 1)),
            start,
            Curvature.of(structure, first.sample(), scale, start),
            enough,
            MOST_SCANS);
    return temperature.fit(
        AffineMap.of(name(), structure, found.theta()),
        found.scans(),
        found.sums().loss(),
        found.excess());
  }

  /** The best parameters of the sample, with the ridge of all rows. */
  private static double[] ofSample(Structure structure, SampleOfRows sample, double scale) {
    LogitRows rows = sample.rows();
    double[] theta = new double[structure.size()];
    return QuasiNewton.minimise(
            structure,
            parameters -> rows.scan(new StructureSums.At(structure, parameters, scale)),
            theta,
            Curvature.of(structure, sample, scale, theta),
            ENOUGH_OF_SAMPLE,
            MOST_STEPS)
        .theta();
  }

  @Override
  public AffineMap map(int classes, MapNumbers numbers) {
    return AffineMap.of(name(), classes, numbers);
  }
}
