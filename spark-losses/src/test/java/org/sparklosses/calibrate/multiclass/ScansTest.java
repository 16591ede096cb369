// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.calibrate.MapNumbers;

/** How often rows are read. */
class ScansTest {

  @ParameterizedTest
  @CsvSource({"3,0.5", "10,0.3", "10,2", "10,6", "100,1.5"})
  void temperatureReadsTheRowsFourTimes(int classes, double temperature) {
    MemoryRows rows = MemoryRows.drawn(20_000, classes, temperature, 1);
    ClassFit fit = new TemperatureCalibrator().fit(rows);
    assertEquals(rows.scans(), fit.scans());
    assertTrue(fit.scans() <= 4, "scans: " + fit.scans());
    double slope =
        rows.scan(new TemperatureSums.At(fit.map().numbers().number("beta"), 0)).derivative(1);
    assertEquals(0, slope, 1e-12);
  }

  /** Those of the temperature, which they begin with, included. */
  @ParameterizedTest
  @CsvSource({"5", "10", "30", "50"})
  void structuredScalingReadsTheRowsAFewTimes(int classes) {
    MemoryRows rows = MemoryRows.drawn(classes > 40 ? 9_000 : 20_000, classes, 2, 2);
    ClassFit vector = new StructuredVectorScaling().fit(rows);
    ClassFit matrix = new StructuredMatrixScaling().fit(rows);
    assertTrue(vector.scans() <= 7, "vector: " + vector.scans());
    // Beyond 44 classes the whole Hessian is too large to begin with.
    int most = classes > 44 ? 16 : 10;
    assertTrue(matrix.scans() <= most, "matrix: " + matrix.scans());
    assertTrue(vector.excess() <= 1e-9 && matrix.excess() <= 1e-9);
    assertTrue(matrix.lossAfter() < vector.lossAfter());
    assertTrue(vector.lossAfter() < vector.lossBefore());
  }

  /** Scalings whose penalty is a trace end by an estimate of what is left. */
  @ParameterizedTest
  @CsvSource({"3,5", "10,8", "30,20"})
  void plainScalingReadsTheRowsAFewTimes(int classes, int most) {
    MemoryRows rows = MemoryRows.drawn(20_000, classes, 2, 2);
    ClassFit vector = new VectorScaling().fit(rows);
    assertTrue(vector.scans() <= 8, "scans: " + vector.scans());
    for (PlainScaling scaling :
        List.of(new VectorScaling(), new MatrixScaling(), new DirichletCalibration())) {
      int before = rows.scans();
      ClassFit fit = scaling.fit(rows);
      assertEquals(rows.scans() - before, fit.scans());
      assertTrue(fit.scans() <= most, scaling.name() + ": " + fit.scans());
      if (classes <= 10) {
        ClassFit exact =
            scaling.fit(rows, TemperatureFit.first(rows), scaling.scores(classes), 1e-20);
        assertEquals(objective(scaling, exact), objective(scaling, fit), 1e-9, scaling.name());
      }
      assertTrue(fit.lossAfter() <= vector.lossAfter() + 1e-9);
      assertTrue(vector.lossAfter() < vector.lossBefore());
    }
  }

  @ParameterizedTest
  @CsvSource({"3,0.5", "10,2", "10,6", "100,1.5"})
  void weightsOfAnEnsembleTakeAFewScansMore(int classes, double temperature) {
    MemoryRows rows = MemoryRows.drawn(20_000, classes, temperature, 1);
    int ofTemperature = new TemperatureCalibrator().fit(rows).scans();
    ClassFit fit = new EnsembleTemperature().fit(rows);
    assertTrue(fit.scans() - ofTemperature <= 6, "scans: " + fit.scans());
    assertTrue(fit.excess() <= 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"3,0.5", "10,2", "10,6", "100,1.5"})
  void temperaturesOfOtherLossesTakeAFewScans(int classes, double temperature) {
    MemoryRows rows = MemoryRows.drawn(20_000, classes, temperature, 1);
    ClassFit ofTemperature = new TemperatureCalibrator().fit(rows);
    ClassFit parameterized = new ParameterizedTemperature().fit(rows);
    ClassFit aware = new CorrectnessAwareTemperature().fit(rows);
    assertTrue(parameterized.scans() - ofTemperature.scans() <= 20);
    assertTrue(aware.scans() <= 6, "scans: " + aware.scans());
    assertTrue(brier(rows, parameterized.map()) <= brier(rows, ofTemperature.map()));
    double beta = aware.map().numbers().number("beta");
    CorrectnessSums sums = rows.scan(new CorrectnessSums.At(beta, 0));
    assertEquals(0, sums.derivative(1, true), 1e-9);
    for (double other : new double[] {0.1, 0.5, 0.99 * beta, 1.01 * beta, 2, 10}) {
      assertTrue(
          sums.derivative(0, true)
              <= rows.scan(new CorrectnessSums.At(other, 0)).derivative(0, true));
    }
  }

  private static double brier(MemoryRows rows, ClassMap map) {
    double sum = 0;
    for (MemoryRows.Row row : rows.shuffled(new Random(1))) {
      double[] p = map.probabilities(row.l());
      p[row.label()] -= 1;
      sum += row.weight() * Arrays.stream(p).map(x -> x * x).sum();
    }
    return sum / rows.weight();
  }

  /** The log loss of the rows and the penalty. */
  private static double objective(PlainScaling scaling, ClassFit fit) {
    int classes = fit.map().classes();
    Penalty penalty = scaling.penalty(classes, PlainScaling.TRACE * classes / fit.weight());
    MapNumbers numbers = fit.map().numbers();
    boolean isFull = numbers.has("matrix");
    double[] a = numbers.array(isFull ? "matrix" : "scale");
    double objective = fit.lossAfter();
    for (int i = 0; i < a.length; i++) {
      boolean isScale = !isFull || i % (classes + 1) == 0;
      double moved = isScale ? a[i] - 1 : a[i];
      objective += (isScale ? penalty.diagonal() : penalty.offDiagonal()) * moved * moved;
    }
    for (double b : numbers.array("bias")) {
      objective += penalty.intercept() * b * b;
    }
    return objective;
  }

  @Test
  void aWholeWeightIsAsManyRows() {
    Random random = new Random(4);
    MemoryRows weighted = MemoryRows.drawn(300, 3, 2, 5);
    double[] times = IntStream.range(0, 300).mapToDouble(r -> 1 + random.nextInt(3)).toArray();
    ClassFit once = new StructuredMatrixScaling().fit(weighted.weighted(times), 1e-26);
    ClassFit repeated = new StructuredMatrixScaling().fit(weighted.repeated(times), 1e-26);
    assertArrayEquals(
        once.map().numbers().array("matrix"), repeated.map().numbers().array("matrix"), 1e-9);
    assertEquals(Arrays.stream(times).sum(), once.weight());
    assertEquals(300, once.rows());
  }
}
