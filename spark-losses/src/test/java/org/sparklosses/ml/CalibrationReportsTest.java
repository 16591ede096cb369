// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.sparklosses.calibrate.multiclass.ClassCalibrator;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.testing.SharedSession;

/** Rows on which calibrators of other libraries were reported to be wrong. */
@ExtendWith(SharedSession.class)
class CalibrationReportsTest {

  private static final String OUTPUT = "calibratedProbability";

  private final SparkSession spark;

  CalibrationReportsTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> table(
      String column, double[][] predictions, int[] labels, double[] weights) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      rows.add(RowFactory.create(predictions[i], labels[i], weights == null ? 1.0 : weights[i]));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(column, DataTypes.createArrayType(DataTypes.DoubleType))
            .add("label", DataTypes.IntegerType)
            .add("weight", DataTypes.DoubleType));
  }

  private static Calibrator ofLogits(String method) {
    return new Calibrator().setRawPredictionCol("logits").setMethod(method);
  }

  private static Calibrator ofProbabilities(String method) {
    return new Calibrator().setProbabilityCol("p").setMethod(method);
  }

  private static List<List<Double>> calibrated(CalibratorModel model, Dataset<Row> rows) {
    return model.transform(rows).select(OUTPUT).collectAsList().stream()
        .map(row -> row.<Double>getList(0))
        .toList();
  }

  private static double value(CalibratorModel model, Dataset<Row> rows, String metric) {
    return Evaluation.ofProbabilities(OUTPUT)
        .metrics(metric)
        .run(model.transform(rows))
        .value(metric);
  }

  /**
   * scikit-learn/scikit-learn#10903: isotonic probabilities of infinity between scores that are
   * almost equal; such a probability, or one of 0, makes the log loss infinite.
   */
  @Test
  void isotonicBetweenTinyScores() {
    double[][] p = {
      {1, 1e-320}, {1, 2e-320}, {1, 1e-300}, {1, 1e-17}, {0.5, 0.5}, {1e-17, 1}, {1e-320, 1}
    };
    Dataset<Row> table = table("p", p, new int[] {0, 1, 0, 1, 0, 1, 1}, null);
    for (String method : List.of("isotonic_calibration", "centered_isotonic", "venn_abers")) {
      CalibratorModel model = ofProbabilities(method).fit(table);
      for (List<Double> row : calibrated(model, table)) {
        assertTrue(row.get(1) > 0 && row.get(1) < 1, () -> method + ": " + row);
      }
      assertTrue(value(model, table, "log_loss") < 1, method);
    }
  }

  /**
   * scikit-learn/scikit-learn#26766: from scores of 1e5 the sigmoid is constant, and the area under
   * the ROC curve 0.5 where the classes are apart.
   */
  @Test
  void sigmoidOfLargeScores() {
    Dataset<Row> table =
        spark
            .range(0, 1000, 1, 2)
            .selectExpr(
                "id",
                "array(0D, 1e5 * INT(id < 670) + sin(id)) AS logits",
                "INT(id < 670) AS label");
    for (String method : List.of("platt_scaling", "quadratic_scaling", "auto")) {
      // Rows of logits beyond 87 are equal, and equal rows one fold where no column tells folds.
      CalibratorModel model = ofLogits(method).setFoldCol("id").fit(table);
      assertEquals(1, value(model, table, "roc_auc"), method);
      assertTrue(value(model, table, "log_loss") < 0.02, method);
    }
  }

  /**
   * scikit-learn/scikit-learn#29551 and #17827: where the rows of the fit lack a class its
   * probability is 0, or two classes are taken for all.
   */
  @Test
  void aClassWithoutRows() {
    Dataset<Row> table =
        spark
            .range(0, 60, 1, 2)
            .selectExpr(
                "array(2 * sin(id), 2 * cos(id), -1 + sin(7 * id)) AS logits",
                "INT(sin(id) + sin(5 * id) < cos(id)) AS label");
    for (ClassCalibrator calibrator : ClassCalibrators.all()) {
      String method = calibrator.name();
      if (ClassCalibrators.namesOfTwo().contains(method)) {
        continue;
      }
      for (List<Double> row : calibrated(ofLogits(method).fit(table), table)) {
        assertEquals(3, row.size(), method);
        assertTrue(row.get(2) > 0, () -> method + ": " + row);
        assertEquals(1, row.stream().mapToDouble(p -> p).sum(), 1e-12, method);
      }
    }
  }

  /**
   * EFS-OpenSource/calibration-framework#48: temperature scaling returns what it is given. Of 40
   * rows with a logit of 4 for the first class 30 are right, so that beta is ln(3) / 4.
   */
  @Test
  void temperatureChangesProbabilities() {
    Dataset<Row> table =
        spark.range(40).selectExpr("array(4D, 0D) AS logits", "INT(id >= 30) AS label");
    CalibratorModel model = ofLogits("temperature").fit(table);
    assertEquals(Math.log(3) / 4, model.map().numbers().number("beta"), 1e-12);
    double epsilon = 1 / 41.0;
    double expected = (1 - epsilon) * 0.75 + epsilon / 2;
    assertEquals(expected, calibrated(model, table).get(0).get(0), 1e-12);
  }

  /**
   * gpleiss/temperature_scaling#31 and autogluon/autogluon#4397: the temperature becomes negative
   * where predictions are worse than none; #23: it grows without end.
   */
  @Test
  void theTemperatureIsPositive() {
    Dataset<Row> table =
        spark
            .range(90)
            .selectExpr(
                "transform(array(0, 1, 2), k -> IF(k = id % 3, 3D, 0D)) AS logits",
                "INT((id + 1) % 3) AS label");
    CalibratorModel model = ofLogits("temperature").fit(table);
    assertEquals(Math.exp(-16), model.map().numbers().number("beta"), 1e-20);
    for (List<Double> row : calibrated(model, table)) {
      row.forEach(p -> assertEquals(1 / 3.0, p, 1e-6));
    }
    assertTrue(!model.summary().note().isEmpty());
    long same =
        model
            .transform(table)
            .where(
                "array_position(logits, 3D) = array_position(%1$s, array_max(%1$s))"
                    .formatted(OUTPUT))
            .count();
    assertEquals(90, same);
  }

  /**
   * apache/spark#38966 (SPARK-41008) and #15018: isotonic regression of MLlib depends on the order
   * of rows of equal scores, and fails at rows of weight 0. Rows of one score are their mean.
   */
  @Test
  void isotonicOfTiesAndWeightsOfZero() {
    double[] scores = {0.2, 0.2, 0.2, 0.2, 0.6, 0.6, 0.6, 0.1, 0.9};
    int[] labels = {1, 0, 0, 0, 1, 1, 0, 1, 0};
    double[] weights = {1, 1, 1, 1, 2, 1, 1, 0, 0};
    double[][] p = new double[scores.length][];
    for (int i = 0; i < p.length; i++) {
      p[i] = new double[] {1 - scores[i], scores[i]};
    }
    Dataset<Row> table = table("p", p, labels, weights);
    double[] expected = {0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.25, 0.75};
    for (Dataset<Row> rows :
        List.of(table, table.orderBy(expr("label DESC")), table.orderBy("label").repartition(5))) {
      CalibratorModel model =
          ofProbabilities("isotonic_calibration").setWeightCol("weight").fit(rows);
      List<List<Double>> found = calibrated(model, table);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found.get(i).get(1), 1e-12);
      }
      assertEquals(7, model.summary().rows());
    }
  }

  /** betacal/python#7: an error where all predictions are the same, as where all are 0. */
  @Test
  void predictionsThatAreAllTheSame() {
    for (String p : List.of("array(1D, 0D)", "array(0.7D, 0.3D)", "array(0D, 1D)")) {
      Dataset<Row> table = spark.range(40).selectExpr(p + " AS p", "INT(id < 10) AS label");
      for (String method : ClassCalibrators.namesOfTwo()) {
        List<Double> row = calibrated(ofProbabilities(method).fit(table), table).get(0);
        assertTrue(row.get(0) > 0 && row.get(1) > 0, () -> method + " of " + p + ": " + row);
      }
      double beta = calibrated(ofProbabilities("beta_calibration").fit(table), table).get(0).get(1);
      assertEquals(0.25, beta, 1e-9, p);
    }
  }

  /**
   * torch-uncertainty/torch-uncertainty#179: logits are taken for probabilities and cut off at 0
   * and 1, without a word.
   */
  @Test
  void logitsAreNotTakenForProbabilities() {
    Dataset<Row> table =
        spark
            .range(30)
            .selectExpr("array(3 * sin(id), 3 * cos(id)) AS logits", "INT(cos(id) > 0) AS label")
            .withColumn("p", expr("softmax(logits)"));
    assertEquals(
        ofLogits("temperature").fit(table).map().numbers().number("beta"),
        ofProbabilities("temperature").fit(table).map().numbers().number("beta"),
        1e-12);
    Calibrator mistaken = new Calibrator().setProbabilityCol("logits").setMethod("temperature");
    String message =
        assertThrows(InvalidRowException.class, () -> mistaken.fit(table)).getMessage();
    assertTrue(message.contains("column 'logits'"), message);
  }
}
