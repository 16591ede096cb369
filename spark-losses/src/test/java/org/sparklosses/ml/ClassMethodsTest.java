// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.testing.SharedSession;

/** Methods of several classes by their names, as stages over a table. */
@ExtendWith(SharedSession.class)
class ClassMethodsTest {

  private final SparkSession spark;

  @TempDir private Path folder;

  ClassMethodsTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Logits twice as large as those that labels are drawn from. */
  private Dataset<Row> table() {
    return spark
        .range(0, 1500, 1, 3)
        .withColumn("z", expr("transform(sequence(1, 3), k -> 2 * sin(id * k * k))"))
        .withColumn("p", expr("softmax(z)"))
        .withColumn("u", expr("(id * 0.6180339887498949D) % 1"))
        .withColumn("label", expr("IF(u < p[0], 0, IF(u < p[0] + p[1], 1, 2))"))
        .withColumn("weight", expr("1 + id % 2"))
        .withColumn("logits", expr("transform(z, x -> 2 * x)"))
        .select("id", "label", "weight", "logits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vector_scaling",
        "dirichlet_calibration",
        "ensemble_temperature",
        "parameterized_temperature",
        "one_vs_rest_venn_abers",
        "top_label_histogram"
      })
  void fitsMapsAndIsSaved(String method) throws IOException {
    Dataset<Row> table = table();
    Calibrator calibrator =
        new Calibrator().setRawPredictionCol("logits").setWeightCol("weight").setMethod(method);
    CalibratorModel model = calibrator.fit(table);
    ClassFit fit = model.summary();
    assertEquals(method, fit.map().method());
    assertEquals(1500, fit.rows());
    assertTrue(fit.lossAfter() < fit.lossBefore() - 0.05, fit.toString());
    Evaluation after =
        Evaluation.ofProbabilities("calibratedProbability").weight("weight").metrics("log_loss");
    assertEquals(after.run(model.transform(table)).value("log_loss"), fit.lossAfter(), 1e-9);
    CalibratorModel parted = calibrator.fit(table.repartition(7, col("weight")));
    assertEquals(fit.map().numbers(), parted.map().numbers());
    String path = folder.resolve(method).toString();
    model.write().save(path);
    assertEquals(
        model.transform(table).collectAsList(),
        CalibratorModel.load(path).transform(table).collectAsList());
  }

  @Test
  void aTableForEachClassOfTooManyIsRefused() {
    Dataset<Row> wide =
        spark
            .range(3)
            .selectExpr("transform(sequence(1, 129), k -> sin(k * id)) AS logits", "0 AS label");
    Calibrator calibrator =
        new Calibrator().setRawPredictionCol("logits").setMethod("one_vs_rest_isotonic");
    String message = assertThrows(Exception.class, () -> calibrator.fit(wide)).getMessage();
    assertTrue(message.contains("129") && message.contains("structured_vector_scaling"), message);
  }
}
