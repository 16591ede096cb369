// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.sparklosses.testing.SharedSession;

/**
 * Small tables on which other libraries were reported to be wrong, with the values expected there.
 */
@ExtendWith(SharedSession.class)
class PublicReportsTest {

  private final SparkSession spark;

  PublicReportsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table(double[] predictions, int[] labels, double[] weights) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < predictions.length; i++) {
      rows.add(RowFactory.create(predictions[i], labels[i], weights == null ? 1 : weights[i]));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("prediction", DataTypes.DoubleType)
            .add("label", DataTypes.IntegerType)
            .add("weight", DataTypes.DoubleType));
  }

  private static double value(Evaluation evaluation, String metric, Dataset<Row> table) {
    return evaluation.label("label").metrics(metric).run(table).value(metric);
  }

  /** Lightning-AI/torchmetrics#2819: 0.5 where all logits are large. */
  @Test
  void areaOfLargeLogits() {
    double[] logits = {
      98.0950, 98.4612, 98.1145, 98.1506, 97.6037, 98.9425, 99.2644, 99.5014, 99.7280, 99.6595,
      99.6931, 99.4667, 99.9623, 99.8949, 99.8768
    };
    int[] labels = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    Dataset<Row> table = table(logits, labels, null);
    Dataset<Row> floats = table.withColumn("prediction", table.col("prediction").cast("float"));
    double expected = 0.9285714285714286;
    for (Dataset<Row> each : List.of(table, floats)) {
      assertEquals(expected, value(Evaluation.ofLogits("prediction"), "roc_auc", each), 1e-15);
    }
  }

  /** Lightning-AI/torchmetrics#1646: an error where a prediction is 0. */
  @Test
  void calibrationErrorOfAPredictionOfZero() {
    Dataset<Row> table = table(new double[] {1, 1, 1, 1, 0}, new int[] {0, 0, 1, 1, 1}, null);
    assertEquals(
        0.6,
        value(
            Evaluation.ofProbabilities("prediction"), "binary_calibration_error(n_bins=2)", table),
        1e-15);
  }

  /**
   * Lightning-AI/torchmetrics#2329, open-edge-platform/anomalib#2003: it depends on the batches.
   */
  @Test
  void logitsAreLogitsHoweverTheTableIsParted() {
    double[] logits = new double[20];
    int[] labels = new int[20];
    for (int i = 0; i < 20; i++) {
      logits[i] = (i - 10) / 5.0;
      labels[i] = logits[i] > 0 ? 1 : 0;
    }
    Dataset<Row> apart = table(logits, labels, null);
    Dataset<Row> mixed = table(new double[] {-1, 0, 1}, new int[] {1, 0, 1}, null);
    for (int partitions : new int[] {1, 3, 20}) {
      Evaluation evaluation = Evaluation.ofLogits("prediction");
      assertEquals(1, value(evaluation, "roc_auc", apart.repartition(partitions)));
      assertEquals(0.5, value(evaluation, "roc_auc", mixed.repartition(partitions)));
    }
  }

  /** p-lambda/verified_calibration#2: an error where a class has no rows. */
  @Test
  void calibrationErrorWithoutRowsOfAClass() {
    Dataset<Row> table = table(new double[] {0.1, 0.2}, new int[] {0, 0}, null);
    assertEquals(0.15, value(Evaluation.ofProbabilities("prediction"), "ece", table), 1e-15);
  }

  /** The weights in a test of scikit-learn/scikit-learn#34261. */
  @Test
  void weightedCalibrationError() {
    Dataset<Row> table =
        table(
            new double[] {0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75},
            new int[] {0, 0, 0, 1, 1, 1, 1, 1},
            new double[] {1, 1, 1, 1, 3, 3, 3, 3});
    assertEquals(
        0.1875,
        value(
            Evaluation.ofProbabilities("prediction").weight("weight"),
            "binary_calibration_error",
            table),
        1e-15);
  }
}
