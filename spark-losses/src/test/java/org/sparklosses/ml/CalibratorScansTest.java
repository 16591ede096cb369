// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.evaluate.EvaluationState;
import org.sparklosses.testing.DrawnLabels;
import org.sparklosses.testing.RecordsRead;
import org.sparklosses.testing.SharedSession;

/** How often a fit reads the table, by Spark's own counts of the records that tasks read. */
@ExtendWith(SharedSession.class)
class CalibratorScansTest {

  private static final int ROWS = 20_000;

  private final SparkSession spark;

  @TempDir private Path folder;

  CalibratorScansTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Logits that are too far apart, and of each class otherwise. */
  private Dataset<Row> table(int classes) {
    String path = folder.resolve("classes" + classes).toString();
    Dataset<Row> logits =
        spark
            .range(0, ROWS, 1, 4)
            .withColumn(
                "z",
                functions.expr(
                    "transform(sequence(1, %d), k -> 2 * sin(id * k * k))".formatted(classes)));
    DrawnLabels.of(logits, "transform(z, (x, k) -> x + 0.2 * k)", classes)
        .selectExpr("transform(z, x -> 1.7D * x) AS logits", "label")
        .write()
        .parquet(path);
    return spark.read().parquet(path);
  }

  @ParameterizedTest
  @CsvSource({
    "temperature, 10, 4",
    "structured_vector_scaling, 10, 7",
    "structured_matrix_scaling, 5, 10",
    "auto, 4, 14",
    "auto, 2, 3"
  })
  void scansOfSeveralClasses(String method, int classes, int most) throws TimeoutException {
    Dataset<Row> table = table(classes);
    AtomicReference<CalibratorModel> model = new AtomicReference<>();
    long read =
        RecordsRead.during(
            spark,
            () ->
                model.set(
                    new Calibrator().setRawPredictionCol("logits").setMethod(method).fit(table)));
    assertEquals((long) ROWS * model.get().summary().scans(), read, method);
    assertTrue(read <= (long) ROWS * most, method + ": " + (double) read / ROWS + " scans");
  }

  @Test
  void oneScanOfTwoClassesAndNoneOfAState() throws TimeoutException {
    Dataset<Row> table = table(2);
    byte[] state =
        table
            .agg(functions.expr("evaluation_state(logits, label, 'metrics=recalibration_gain')"))
            .first()
            .getAs(0);
    for (String method : ClassCalibrators.namesOfTwo()) {
      Calibrator calibrator = new Calibrator().setRawPredictionCol("logits").setMethod(method);
      assertEquals(ROWS, RecordsRead.during(spark, () -> calibrator.fit(table)), method);
      assertEquals(
          0, RecordsRead.during(spark, () -> calibrator.fit(EvaluationState.of(state))), method);
    }
  }
}
