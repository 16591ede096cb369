// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;
import org.sparklosses.testing.SharedSession;

/** Calibrated effects of a treatment as a stage. */
@ExtendWith(SharedSession.class)
class CausalCalibratorTest {

  private static final String[] COLUMNS = {
    "effect", "treatment", "outcome", "propensity", "expectedUntreated", "expectedTreated", "w"
  };

  private final SparkSession spark;

  @TempDir private Path folder;

  CausalCalibratorTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table() {
    GoldenFile golden = GoldenFile.calibration("causal");
    double[][] columns =
        List.of("tau", "a", "y", "e", "mu0", "mu1", "w").stream()
            .map(name -> GoldenFile.doubles(golden.inputs().get(name)))
            .toArray(double[][]::new);
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < columns[0].length; r++) {
      Object[] row = new Object[columns.length];
      for (int c = 0; c < row.length; c++) {
        row[c] = columns[c][r];
      }
      rows.add(RowFactory.create(row));
    }
    StructType schema = new StructType();
    for (String column : COLUMNS) {
      schema = schema.add(column, DataTypes.DoubleType);
    }
    return spark.createDataFrame(rows, schema);
  }

  @Test
  void fitsTheGoldenInAnyPartitioning() {
    Dataset<Row> table = table();
    for (Entry golden : GoldenFile.calibration("causal").of("causal_isotonic_calibration")) {
      CausalCalibrator calibrator = new CausalCalibrator();
      if (golden.args().has("w")) {
        calibrator.setWeightCol("w");
      }
      CausalCalibratorModel model = calibrator.fit(table);
      double[] x = GoldenFile.doubles(golden.value().get("x"));
      double[] y = GoldenFile.doubles(golden.value().get("y"));
      for (int i = 0; i < x.length; i++) {
        assertEquals(y[i], model.map().calibrated(x[i]), 1e-9);
      }
      for (int parts : new int[] {1, 7, 200}) {
        CausalCalibratorModel other = calibrator.fit(table.repartition(parts, col("outcome")));
        assertArrayEquals(model.map().edges(), other.map().edges());
        assertArrayEquals(model.map().values(), other.map().values());
      }
    }
  }

  @Test
  void savedItIsTheSame() throws IOException {
    Dataset<Row> table = table().withColumn("treatment", col("treatment").cast("boolean"));
    CausalCalibrator calibrator = new CausalCalibrator().setOutputCol("mended");
    String path = folder.resolve("calibrator").toString();
    calibrator.write().save(path);
    CausalCalibratorModel model = CausalCalibrator.load(path).fit(table);
    String modelPath = folder.resolve("model").toString();
    model.write().save(modelPath);
    assertEquals(
        model.transform(table).collectAsList(),
        CausalCalibratorModel.load(modelPath).transform(table).collectAsList());
    Dataset<Row> odd =
        spark.sql("SELECT stack(3, CAST(NULL AS DOUBLE), double('NaN'), double('inf')) AS effect");
    List<Row> mended = model.transform(odd).select("mended").collectAsList();
    assertTrue(mended.get(0).isNullAt(0));
    assertTrue(Double.isNaN(mended.get(1).getDouble(0)));
    double[] values = model.map().values();
    assertEquals(values[values.length - 1], mended.get(2).getDouble(0));
  }

  /** Effects of which 20,000 differ are held by cells. */
  @Test
  void readyPseudoOutcomesOfManyEffects() {
    Dataset<Row> many =
        spark
            .range(0, 20_000, 1, 4)
            .selectExpr("sin(id) * 3 AS effect", "sin(id) + cos(id * 7D) AS pseudo");
    CausalCalibrator calibrator = new CausalCalibrator().setPseudoOutcomeCol("pseudo");
    CausalCalibratorModel model = calibrator.fit(many);
    double error =
        model
            .transform(many)
            .select(expr("avg(abs(calibratedEffect - effect / 3))"))
            .first()
            .getDouble(0);
    assertTrue(error < 0.1, "error: " + error);
    CausalCalibratorModel other = calibrator.fit(many.repartition(9, col("pseudo")));
    assertArrayEquals(model.map().edges(), other.map().edges());
    assertArrayEquals(model.map().values(), other.map().values());
  }

  @Test
  void refusesWhatItCannotUse() {
    Dataset<Row> table = table();
    String message =
        assertThrows(
                EvaluationException.class,
                () ->
                    new CausalCalibrator()
                        .fit(table.withColumn("propensity", expr("IF(effect > 0, 1D, 0.5D)"))))
            .getMessage();
    assertTrue(message.contains("propensity") && message.contains("1.0"), message);
    assertThrows(
        EvaluationException.class,
        () ->
            new CausalCalibrator().fit(table.withColumn("outcome", expr("CAST(NULL AS DOUBLE)"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CausalCalibrator().fit(table.withColumn("outcome", expr("'high'"))));
    assertThrows(
        IllegalArgumentException.class, () -> new CausalCalibrator().fit(table.where("false")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CausalCalibrator().setWeightCol("w").fit(table.withColumn("w", expr("0D"))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new CausalCalibrator().setOutputCol("outcome").fit(table));
  }
}
