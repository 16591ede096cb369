// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import org.sparklosses.function.Settings;
import org.sparklosses.score.IsotonicFit;

/** The non-decreasing function of least squares. */
public final class IsotonicCalibration implements BinaryCalibrator {

  private static final String NAME = "isotonic_calibration";

  /** For the service loader. */
  public IsotonicCalibration() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "any shape that keeps the order, for many rows; it gives 0 and 1, so that a floor is"
        + " wanted before a log loss, and makes many scores one";
  }

  @Override
  public String formula() {
    return "non-decreasing function of p of least squares, by pooling adjacent violators; straight"
        + " lines between distinct scores, constant beyond them";
  }

  @Override
  public String source() {
    return "Ayer et al. 1955, doi:10.1214/aoms/1177728423; Zadrozny and Elkan 2002,"
        + " doi:10.1145/775047.775151";
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints groups = table.groups(InputScale.PROBABILITY);
    PiecewiseLinear map = new PiecewiseLinear(NAME, groups.score(), values(groups)).compact();
    return BinaryFit.of(map, FitStatus.of(groups), table);
  }

  /** The value at each score. */
  private static double[] values(BinaryPoints groups) {
    IsotonicFit fit = blocks(groups);
    double[] values = new double[groups.size()];
    int i = 0;
    for (int block = 0; block < fit.size(); block++) {
      for (; i < fit.end(block); i++) {
        values[i] = fit.mean(block);
      }
    }
    return values;
  }

  /** Blocks of scores with one value. */
  static IsotonicFit blocks(BinaryPoints groups) {
    IsotonicFit fit = new IsotonicFit();
    for (int i = 0; i < groups.size(); i++) {
      fit.add(groups.weight(i), groups.positive()[i]);
    }
    return fit;
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return PiecewiseLinear.of(NAME, numbers);
  }
}
