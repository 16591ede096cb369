package org.sparklosses.calibrate.multiclass;

import java.util.Map;

/**
 * Chooses a method by the numbers of classes and rows: structured matrix scaling of up to 64
 * classes where there are 10 rows or more for each of its parameters, else structured vector
 * scaling where there are, else temperature. On the 1,791 experiments of CalArena (2026,
 * arXiv:2605.30188) these are the methods of the least log loss for so many classes; what is best
 * for a table only its held-out rows can tell.
 */
public final class AutomaticCalibrator implements ClassCalibrator {

  private static final int MOST_CLASSES_OF_MATRIX = 64;
  private static final double ROWS_OF_A_PARAMETER = 10;

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
    return "structured_matrix_scaling if K <= 64 and W >= 10 (K^2 + K), else"
        + " structured_vector_scaling if W >= 20 K, else temperature";
  }

  @Override
  public String source() {
    return "CalArena 2026, arXiv:2605.30188";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    TemperatureFit temperature = TemperatureFit.of(rows);
    double classes = temperature.first().classes();
    double parameters = temperature.first().temperature().weight() / ROWS_OF_A_PARAMETER;
    if (classes <= MOST_CLASSES_OF_MATRIX && parameters >= classes * (classes + 1)) {
      return new StructuredMatrixScaling().fit(rows, temperature);
    }
    return parameters >= 2 * classes
        ? new StructuredVectorScaling().fit(rows, temperature)
        : TemperatureCalibrator.fit(temperature);
  }

  @Override
  public ClassMap map(int classes, Map<String, double[]> parameters) {
    throw new IllegalArgumentException("a map is of the method that was chosen, not of " + name());
  }
}
