// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.MapNumbers;

/**
 * Chooses a method by the numbers of classes and rows: quadratic scaling of two classes, structured
 * matrix scaling of up to 64 where there are 10 rows or more for each of its parameters, else
 * structured vector scaling where there are, else temperature. On the 1,791 experiments of CalArena
 * (2026, arXiv:2605.30188) these are the methods of the least log loss for so many classes; what is
 * best for a table only its held-out rows can tell.
 */
public final class AutomaticCalibrator implements ClassCalibrator {

  private static final int MOST_CLASSES_OF_MATRIX = 64;
  private static final double ROWS_OF_A_PARAMETER = 10;
  private static final String QUADRATIC = "quadratic_scaling";
  private static final double PARAMETERS_OF_QUADRATIC = 3;

  /** For the service loader. */
  public AutomaticCalibrator() {}

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public String summary() {
    return "one of the others, by the numbers of classes and rows";
  }

  @Override
  public String formula() {
    return "quadratic_scaling if K = 2 and W >= 30; structured_matrix_scaling if 2 < K <= 64 and W"
        + " >= 10 (K^2 + K), else structured_vector_scaling if W >= 20 K, else temperature";
  }

  @Override
  public String source() {
    return "CalArena 2026, arXiv:2605.30188";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    FirstSums first = TemperatureFit.first(rows);
    int classes = first.classes();
    double parameters = first.temperature().weight() / ROWS_OF_A_PARAMETER;
    if (classes == 2 && parameters >= PARAMETERS_OF_QUADRATIC) {
      return ClassCalibrators.named(QUADRATIC).fit(rows).after(1);
    }
    TemperatureFit temperature = TemperatureFit.of(rows, first);
    if (classes > 2
        && classes <= MOST_CLASSES_OF_MATRIX
        && parameters >= classes * (classes + 1.0)) {
      return new StructuredMatrixScaling().fit(rows, temperature);
    }
    return classes > 2 && parameters >= 2.0 * classes
        ? new StructuredVectorScaling().fit(rows, temperature)
        : TemperatureCalibrator.fit(temperature);
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    throw new IllegalArgumentException("a map is of the method that was chosen, not of " + name());
  }
}
