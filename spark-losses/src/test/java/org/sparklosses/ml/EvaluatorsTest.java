// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.testing.EveryMetric;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class EvaluatorsTest {

  private final SparkSession spark = SharedSession.get();

  /** Three clouds in the plane that overlap, with weights. */
  private Dataset<Row> clouds() {
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int label = i % 3;
      double x = random.nextGaussian() + 1.5 * Math.cos(2 * label);
      double y = random.nextGaussian() + 1.5 * Math.sin(2 * label);
      rows.add(RowFactory.create((double) label, Vectors.dense(x, y), 1 + random.nextDouble()));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType())
            .add("weight", DataTypes.DoubleType);
    return spark.createDataFrame(rows, schema);
  }

  private Dataset<Row> predictions() {
    return new LogisticRegression().setRegParam(0.01).fit(clouds()).transform(clouds());
  }

  @Test
  void logLossIsWhatSparkComputes() {
    Dataset<Row> predictions = predictions();
    MulticlassClassificationEvaluator peer =
        new MulticlassClassificationEvaluator().setMetricName("logLoss");
    LossEvaluator ours = new LossEvaluator();
    assertEquals(peer.evaluate(predictions), ours.evaluate(predictions), 1e-12);
    peer.setWeightCol("weight");
    ours.setWeightCol("weight");
    assertEquals(peer.evaluate(predictions), ours.evaluate(predictions), 1e-12);
    ours.setRawPredictionCol("rawPrediction");
    assertEquals(peer.evaluate(predictions), ours.evaluate(predictions), 1e-12);
  }

  @Test
  void anyLossByNameAndParameters() {
    Dataset<Row> predictions = predictions();
    double sum = 0;
    List<Row> rows = predictions.select("probability", "label").collectAsList();
    for (Row row : rows) {
      org.apache.spark.ml.linalg.Vector p = row.getAs(0);
      double py = p.apply((int) row.getDouble(1));
      sum -= Math.pow(1 - py, 3) * Math.log(py);
    }
    LossEvaluator evaluator = new LossEvaluator().setLoss("focal_loss(gamma=3)");
    assertEquals(sum / rows.size(), evaluator.evaluate(predictions), 1e-12);
    assertFalse(evaluator.isLargerBetter());
    assertTrue(new LossEvaluator().setLoss("accuracy").isLargerBetter());
    assertThrows(IllegalArgumentException.class, () -> evaluator.setLoss("focal_los"));
  }

  @Test
  void crossValidationChoosesTheSmallestLoss() {
    LogisticRegression regression = new LogisticRegression();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(regression.regParam(), new double[] {10, 0.01, 3}).build();
    for (PredictionEvaluator evaluator :
        List.of(new LossEvaluator().setLoss("brier"), new LossEvaluator())) {
      CrossValidatorModel model =
          new CrossValidator()
              .setEstimator(regression)
              .setEvaluator(evaluator)
              .setEstimatorParamMaps(grid)
              .setNumFolds(2)
              .setSeed(1)
              .fit(clouds());
      double[] losses = model.avgMetrics();
      assertTrue(losses[1] < losses[0] && losses[1] < losses[2]);
      assertEquals(
          0.01, model.bestModel().extractParamMap().apply(regression.regParam()), "best regParam");
    }
  }

  /** Neither end of these is the best: regularised too much a model is too careful. */
  @Test
  void crossValidationChoosesTheNearestToTheIdeal() {
    LogisticRegression regression = new LogisticRegression();
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(regression.regParam(), new double[] {3, 0.01, 1}).build();
    Dataset<Row> two = clouds().where("label < 2");
    for (String metric : List.of("cox_calibration(of=positive)", "spiegelhalter_z(of=positive)")) {
      CrossValidatorModel model =
          new CrossValidator()
              .setEstimator(regression)
              .setEvaluator(new CalibrationEvaluator().setMetricName(metric))
              .setEstimatorParamMaps(grid)
              .setNumFolds(2)
              .setSeed(1)
              .fit(two);
      assertEquals(0.01, model.bestModel().extractParamMap().apply(regression.regParam()), metric);
    }
  }

  @Test
  void theDistanceFromTheIdealIsMinimised() {
    // Class 1 has p 0.8 and comes 3 times of 4: z = -0.2 x 0.6 / sqrt(4 x 0.36 x 0.16).
    Dataset<Row> table =
        spark.sql(
            "SELECT array(0.2D, 0.8D) AS probability, IF(id = 0, 0, 1) AS label FROM range(4)");
    double z = (3 * 0.2 * -0.6 + 0.8 * 0.6) / Math.sqrt(4 * 0.36 * 0.16);
    for (PredictionEvaluator evaluator :
        List.of(
            new CalibrationEvaluator().setMetricName("spiegelhalter_z(of=positive)"),
            new LossEvaluator().setLoss("spiegelhalter_z(of=positive)"))) {
      assertFalse(evaluator.isLargerBetter());
      assertEquals(Math.abs(z), evaluator.evaluate(table), 1e-12);
    }
    CalibrationEvaluator large =
        new CalibrationEvaluator().setMetricName("calibration_in_the_large(of=positive)");
    assertFalse(large.isLargerBetter());
    assertEquals(0.05, large.evaluate(table), 1e-12);
    Dataset<Row> certain =
        spark.sql("SELECT array(0D, 1D) AS probability, 0 AS label FROM range(4)");
    assertEquals(
        Double.POSITIVE_INFINITY, new LossEvaluator().setLoss("spiegelhalter_z").evaluate(certain));
    // Cross entropy less entropy of p = 0.8, 3 times of 4 right.
    double excess =
        -0.75 * Math.log(0.8) - 0.25 * Math.log(0.2) + 0.8 * Math.log(0.8) + 0.2 * Math.log(0.2);
    assertEquals(excess, new LossEvaluator().setLoss("excess_confidence").evaluate(table), 1e-12);
    assertTrue(new LossEvaluator().setLoss("energy").isLargerBetter());
    assertFalse(new LossEvaluator().setLoss("gini_impurity").isLargerBetter());
  }

  @Test
  void calibrationByName() {
    // Confidence 0.8 in one bin, 3 of 4 right; confidence 0.6 in another, 1 of 2 right.
    Dataset<Row> table =
        spark.sql(
            "SELECT * FROM VALUES (array(0.2D, 0.8D), 1), (array(0.2D, 0.8D), 1),"
                + " (array(0.2D, 0.8D), 1), (array(0.2D, 0.8D), 0), (array(0.6D, 0.4D), 0),"
                + " (array(0.6D, 0.4D), 1) t(probability, label)");
    CalibrationEvaluator evaluator = new CalibrationEvaluator().setNumBins(10);
    assertEquals((4 * 0.05 + 2 * 0.1) / 6, evaluator.evaluate(table), 1e-12);
    evaluator.setMetricName("rmsce");
    assertEquals(Math.sqrt((4 * 0.0025 + 2 * 0.01) / 6), evaluator.evaluate(table), 1e-12);
    assertEquals(0.1, evaluator.setMetricName("mce").evaluate(table), 1e-12);
    assertEquals(0.075, evaluator.setMetricName("ace").evaluate(table), 1e-12);
    // Class 1: p 0.8, 3 of 4; p 0.4, 1 of 2. Class 0 mirrors it.
    assertEquals(0.4 / 6, evaluator.setMetricName("binary_ece").evaluate(table), 1e-12);
    assertEquals(0.4 / 6, evaluator.setMetricName("classwise_ece").evaluate(table), 1e-12);
    assertFalse(evaluator.isLargerBetter());
    assertThrows(IllegalArgumentException.class, () -> evaluator.setMetricName("eec"));
    assertThrows(IllegalArgumentException.class, () -> evaluator.setNumBins(0));
    evaluator.setSide("up");
    assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(table));
  }

  @Test
  void everyMetricByName() {
    for (MetricSpec spec : EveryMetric.byDefault(3)) {
      CalibrationEvaluator evaluator = new CalibrationEvaluator().setMetricName(spec.toString());
      assertEquals(spec, evaluator.metric());
      assertEquals(Metrics.bind(spec).isLargerBetter(), evaluator.isLargerBetter());
    }
    Dataset<Row> predictions = predictions();
    List<MetricSpec> some =
        List.of(
            MetricSpec.of("smooth_ece"),
            MetricSpec.of("roc_auc").with("of", "mistake"),
            MetricSpec.of("mcc"));
    EvaluationResult result =
        Evaluation.ofProbabilities("probability").metrics(some).run(predictions);
    for (int i = 0; i < some.size(); i++) {
      String name = some.get(i).toString();
      assertEquals(
          result.overall().metrics().get(i).value(),
          new CalibrationEvaluator().setMetricName(name).evaluate(predictions),
          0.0,
          name);
    }
  }

  @Test
  void binsAreThoseOfTheNameOrThoseThatAreSet() {
    Dataset<Row> predictions = predictions();
    CalibrationEvaluator evaluator =
        new CalibrationEvaluator().setMetricName("top_label_calibration_error(norm=l2, n_bins=5)");
    double expected =
        new CalibrationEvaluator().setMetricName("rmsce").setNumBins(5).evaluate(predictions);
    assertEquals(expected, evaluator.evaluate(predictions), 0.0);
    evaluator.setMetricName("top_label_calibration_error(norm=l2)").setNumBins(5);
    assertEquals(expected, evaluator.evaluate(predictions), 0.0);
    evaluator.setMetricName("top_label_calibration_error(n_bins=7)");
    IllegalArgumentException twice =
        assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(predictions));
    assertTrue(twice.getMessage().contains("gives n_bins, and so does"), twice.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new LossEvaluator().setLoss("focal_loss(gamma=2, gamma=3)"));
    evaluator.setMetricName("smooth_ece");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> evaluator.evaluate(predictions));
    assertTrue(e.getMessage().contains("smooth_ece: unknown parameter 'n_bins'"), e.getMessage());
  }

  @Test
  void conventionsOfALibrary() {
    // 0.7 is the lower edge of a bin of ten: with the bin above, or, closed on the right, below.
    Dataset<Row> table =
        spark.sql(
            "SELECT * FROM VALUES (array(0.3D, 0.7D), 1), (array(0.25D, 0.75D), 0)"
                + " t(probability, label)");
    CalibrationEvaluator evaluator = new CalibrationEvaluator().setCompat("netcal");
    assertEquals((0.75 - 0.3) / 2, evaluator.evaluate(table), 1e-12);
    assertEquals((0.75 + 0.3) / 2, evaluator.setSide("right").evaluate(table), 1e-12);
    assertEquals((0.75 - 0.3) / 2, evaluator.setNumBins(1).evaluate(table), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> evaluator.setCompat("numpy"));
  }

  @Test
  void averagesOfMllib() {
    Dataset<Row> predictions = predictions();
    EvaluationResult result =
        Evaluation.ofProbabilities("probability")
            .metrics("f1", "precision", "recall", "accuracy")
            .compat("mllib")
            .run(predictions);
    MulticlassClassificationEvaluator peer = new MulticlassClassificationEvaluator();
    List<String> names = List.of("f1", "weightedPrecision", "weightedRecall", "accuracy");
    for (int i = 0; i < names.size(); i++) {
      peer.setMetricName(names.get(i));
      double actual = result.overall().metrics().get(i).value();
      assertEquals(peer.evaluate(predictions), actual, 1e-12, names.get(i));
    }
  }

  @Test
  void persistence(@TempDir Path directory) throws IOException {
    String lossPath = directory.resolve("loss").toString();
    LossEvaluator loss =
        new LossEvaluator()
            .setLoss("focal_loss(gamma=3)")
            .setLabelCol("y")
            .setWeightCol("w")
            .setRawPredictionCol("z");
    loss.save(lossPath);
    LossEvaluator loadedLoss = LossEvaluator.load(lossPath);
    assertEquals(loss.uid(), loadedLoss.uid());
    assertEquals(loss.explainParams(), loadedLoss.explainParams());

    String path = directory.resolve("calibration").toString();
    CalibrationEvaluator calibration =
        new CalibrationEvaluator()
            .setMetricName("mce")
            .setNumBins(7)
            .setSide("left")
            .setProbabilityCol("p");
    calibration.save(path);
    CalibrationEvaluator loaded = CalibrationEvaluator.load(path);
    assertEquals(calibration.explainParams(), loaded.explainParams());
    assertEquals(7, loaded.getNumBins());
    assertEquals(calibration.explainParams(), calibration.copy(new ParamMap()).explainParams());
  }

  @Test
  void persistsWithinACrossValidator(@TempDir Path directory) throws IOException {
    String path = directory.resolve("validator").toString();
    LogisticRegression regression = new LogisticRegression();
    new CrossValidator()
        .setEstimator(regression)
        .setEvaluator(new CalibrationEvaluator().setNumBins(5))
        .setEstimatorParamMaps(
            new ParamGridBuilder().addGrid(regression.regParam(), new double[] {1}).build())
        .save(path);
    CalibrationEvaluator loaded = (CalibrationEvaluator) CrossValidator.load(path).getEvaluator();
    assertEquals(5, loaded.getNumBins());
  }
}
