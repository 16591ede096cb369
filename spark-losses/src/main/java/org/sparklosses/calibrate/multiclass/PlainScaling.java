// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.MapNumbers;

/**
 * Affine maps of the scores of a row whose scales no penalty holds, or nearly so: {@link
 * VectorScaling}, {@link MatrixScaling} and {@link DirichletCalibration}.
 *
 * <p>Where the formula has no penalty there is a trace of one, {@code 1e-6 K/W} of the square of
 * what a parameter differs from the map that changes nothing by. It moves the log loss by less than
 * a millionth of K/W, and gives separable rows, classes without rows and fewer rows than parameters
 * a best map, one.
 */
abstract class PlainScaling implements ClassCalibrator {

  static final double TRACE = 1e-6;

  private final boolean isFull;
  private final double trace;

  /**
   * @param isFull whether a class takes from others
   * @param trace {@link #TRACE}, in tests less
   */
  PlainScaling(boolean isFull, double trace) {
    this.isFull = isFull;
    this.trace = trace;
  }

  /** The scores of rows of so many classes. */
  abstract RowScores scores(int classes);

  /**
   * The penalty.
   *
   * @param least what no factor is less than
   */
  abstract Penalty penalty(int classes, double least);

  @Override
  public ClassFit fit(LogitRows rows) {
    FirstSums first = TemperatureFit.first(rows);
    return fit(rows, first, scores(first.classes()), AffineFit.ENOUGH);
  }

  /**
   * Fits until the objective is near its least value. By how much it is above is estimated, for a
   * trace of a penalty bounds it by far more than it is.
   *
   * @param scores of the rows
   * @param enough how near
   */
  ClassFit fit(LogitRows rows, FirstSums first, RowScores scores, double enough) {
    int classes = scores.classes();
    if (isFull) {
      AffineFit.checkClassesOfMatrix(name(), classes);
    }
    double weight = first.temperature().weight();
    Structure structure =
        new Structure(scores, isFull, weight, penalty(classes, trace * classes / weight));
    QuasiNewton<StructureSums> found = AffineFit.ofTrace(rows, first, structure, enough);
    return first
        .fit(
            AffineMap.of(name(), structure, found.theta()),
            note(first, found),
            found.scans(),
            found.sums().loss(),
            Double.NaN)
        .found(found.scans(), found.gradientNorm());
  }

  private static String note(FirstSums first, QuasiNewton<StructureSums> found) {
    String ofRows = TemperatureSearch.ended(first.temperature()).status().note();
    return found.excess() <= AffineFit.ENOUGH
        ? ofRows
        : "%sthe fit ended after %d scans, before the least value of its objective"
            .formatted(ofRows.isEmpty() ? "" : ofRows + "; ", 1 + found.scans());
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    return AffineMap.of(name(), scores(classes), numbers);
  }
}
