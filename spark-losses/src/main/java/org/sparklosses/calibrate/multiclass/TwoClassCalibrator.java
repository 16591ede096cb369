// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Map;
import org.sparklosses.calibrate.BinaryCalibrator;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.BinaryFit;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.FitStatus;
import org.sparklosses.calibrate.MapNumbers;

/**
 * A calibrator of the probability of class 1 of two, fitted in one scan. Where its map gives a
 * probability of 0 or 1 it is mixed with a trace of 1/2, so that the log loss of no row is
 * infinite.
 *
 * @param calibrator of the probability of class 1
 */
record TwoClassCalibrator(BinaryCalibrator calibrator) implements ClassCalibrator {

  @Override
  public String name() {
    return calibrator.name();
  }

  @Override
  public String summary() {
    return calibrator.summary();
  }

  @Override
  public String formula() {
    return calibrator.formula();
  }

  @Override
  public String source() {
    return calibrator.source();
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    return fit(BinaryTable.of(rows.scan(new LogitSums.At()).cells()), 1);
  }

  /** Fits from a table that took so many scans. */
  ClassFit fit(BinaryTable table, int scans) {
    BinaryFit plain = BinaryCalibrators.fit(name(), table, Map.of());
    BinaryFit fit =
        plain.map().needsFloor()
            ? BinaryCalibrators.fit(name(), table, Map.of(BinaryCalibrators.FLOOR.name(), "mix"))
            : plain;
    return new ClassFit(
            new TwoClassMap(fit.map()),
            note(fit),
            fit.rows(),
            fit.weight(),
            scans,
            fit.lossBefore(),
            fit.lossAfter(),
            fit.excessBound())
        .found(fit.iterations(), fit.iterations() == 0 ? Double.NaN : fit.gradientNorm());
  }

  private static String note(BinaryFit fit) {
    String status = fit.status() == FitStatus.OK ? "" : fit.status().meaning();
    return fit.shareOutside() <= 0.01
        ? status
        : "%s%.3g of the weight is at scores whose order the map turns round"
            .formatted(status.isEmpty() ? "" : status + "; ", fit.shareOutside());
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    return new TwoClassMap(BinaryCalibrators.map(name(), numbers));
  }
}
