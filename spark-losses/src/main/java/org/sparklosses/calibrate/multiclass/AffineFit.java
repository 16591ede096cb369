// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/** Fits affine maps: first to the sample, from there to all rows. */
final class AffineFit {

  /** The excess to stop at. */
  static final double ENOUGH = 1e-9;

  /** By so much the curvature of all rows may differ from that of the sample. */
  private static final double SAFETY = 10;

  private static final double ENOUGH_OF_SAMPLE = 1e-18;
  private static final int MOST_SCANS = 100;
  private static final int MOST_STEPS = 60;

  /** The sums of a task take some 17 MB of so many. */
  private static final int MOST_CLASSES_OF_MATRIX = 512;

  private AffineFit() {}

  /**
   * Refuses more classes than a map with a number for every two of them is fitted to.
   *
   * @throws IllegalArgumentException if there are more
   */
  static void checkClassesOfMatrix(String method, int classes) {
    if (classes > MOST_CLASSES_OF_MATRIX) {
      throw new IllegalArgumentException(
          "%s of %d classes has the square of them in parameters, and takes %d at most; choose"
                  .formatted(method, classes, MOST_CLASSES_OF_MATRIX)
              + " structured_vector_scaling");
    }
  }

  /**
   * The best parameters.
   *
   * @param first what the first scan of the rows gave
   * @param enough the excess to stop at, which the penalty bounds
   */
  static QuasiNewton<StructureSums> of(
      LogitRows rows, FirstSums first, Structure structure, double enough) {
    double[] same = new double[structure.size()];
    return of(rows, first, structure, same, Double.POSITIVE_INFINITY, enough);
  }

  /**
   * As the other, of scores without a temperature, and with a penalty so small that its bound is
   * far from the excess.
   *
   * @param enough the excess to stop at, by the curvature of the sample with a factor of safety
   */
  static QuasiNewton<StructureSums> ofTrace(
      LogitRows rows, FirstSums first, Structure structure, double enough) {
    double[] scaled = new double[structure.size()];
    int step = structure.isFull() ? structure.classes() + 1 : 1;
    double beta = TemperatureFit.ofSample(first.sample());
    for (int i = 0; i < structure.entries(); i += step) {
      scaled[i] = beta - 1;
    }
    return of(rows, first, structure, scaled, SAFETY, enough);
  }

  private static QuasiNewton<StructureSums> of(
      LogitRows rows,
      FirstSums first,
      Structure structure,
      double[] begin,
      double safety,
      double enough) {
    double scale = structure.weight() / first.sample().weight();
    double[] start = ofSample(structure, first.sample(), scale, begin);
    Curvature curvature = Curvature.of(structure, first.sample(), scale, start);
    return QuasiNewton.minimise(
        theta -> rows.scan(new StructureSums.At(structure, theta, 1)),
        start,
        curvature,
        gradient -> Math.min(structure.excess(gradient), safety * curvature.decrement(gradient)),
        enough,
        MOST_SCANS);
  }

  /** The best parameters of the sample, with the penalty of all rows. */
  private static double[] ofSample(
      Structure structure, SampleOfRows sample, double scale, double[] begin) {
    LogitRows rows = sample.rows();
    return QuasiNewton.minimise(
            parameters -> rows.scan(new StructureSums.At(structure, parameters, scale)),
            begin,
            Curvature.of(structure, sample, scale, begin),
            structure::excess,
            ENOUGH_OF_SAMPLE,
            MOST_STEPS)
        .theta();
  }
}
