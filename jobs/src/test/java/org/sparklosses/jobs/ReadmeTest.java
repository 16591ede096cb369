// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.ml.CalibrationEvaluator;
import org.sparklosses.ml.Calibrator;
import org.sparklosses.ml.CalibratorModel;
import org.sparklosses.ml.ConformalClassifier;
import org.sparklosses.ml.ConformalClassifierModel;
import org.sparklosses.ml.LossEvaluator;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/**
 * Runs what the README shows: its SQL as it stands, its Java as it stands in this file, between the
 * braces of {@code example} methods.
 */
@ExtendWith(SharedSession.class)
class ReadmeTest {

  private static final Path ROOT = Path.of("..");

  private static String readme;
  private static Dataset<Row> predictions;

  @BeforeAll
  static void createViews(SparkSession spark) throws IOException {
    readme = Files.readString(ROOT.resolve("README.md"));
    spark.catalog().dropTempView("predictions");
    spark.catalog().dropTempView("digits");
    for (String statement : blocks("sql").get(0).split(";", -1)) {
      spark.sql(statement.replace("jobs/sample", "sample"));
    }
    predictions = spark.table("predictions");
  }

  @Test
  void queryPrintsWhatIsShown(SparkSession spark) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    scala.Console.withOut(
        printed,
        () -> {
          spark.sql(blocks("sql").get(1)).show();
          return null;
        });
    assertEquals(blocks("text").get(0).strip(), printed.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void javaIsTakenFromThisTest() throws IOException {
    String source = Files.readString(Path.of("src/test/java/org/sparklosses/jobs/ReadmeTest.java"));
    List<String> examples = blocks("java");
    assertFalse(examples.isEmpty());
    for (String example : examples) {
      assertTrue(squeeze(source).contains(squeeze(example)), example);
    }
  }

  @Test
  void exampleOfEvaluation() {
    EvaluationResult result =
        Evaluation.ofLogits("logits")
            .label("label")
            .slice("split")
            .metrics("log_loss", "accuracy", "top_label_calibration_error(n_bins=10, norm=l2)")
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .run(predictions);
    double logLoss = result.value("log_loss");
    long dropped = result.overall().ledger().count(InputCheck.NULL_LABEL);

    assertEquals(0.12589204266745052, logLoss, 1e-12);
    assertEquals(0, dropped);
    assertEquals(0.04810545610068054, result.value("top_label_calibration_error"), 1e-12);
  }

  /** The values are those of an implementation with numpy. */
  @Test
  void exampleOfCalibration() {
    Dataset<Row> calibrationRows = predictions.where("split = 'calibration'");
    Dataset<Row> testRows = predictions.where("split = 'test'");
    CalibratorModel model =
        new Calibrator()
            .setRawPredictionCol("logits")
            .setMethod("structured_vector_scaling")
            .fit(calibrationRows);
    Dataset<Row> honest = model.transform(testRows); // adds calibratedProbability

    assertEquals("structured_vector_scaling", model.summary().map().method());
    assertEquals(0.12133255627927421, model.summary().lossAfter(), 1e-9);
    double logLoss =
        Evaluation.ofProbabilities("calibratedProbability")
            .metrics("log_loss")
            .run(honest)
            .value("log_loss");
    assertEquals(0.1235598877493636, logLoss, 1e-7);
  }

  /** The values are those of an implementation with numpy. */
  @Test
  void exampleOfConformalSets() {
    Dataset<Row> calibrationRows = predictions.where("split = 'calibration'");
    Dataset<Row> testRows = predictions.where("split = 'test'");
    ConformalClassifierModel model =
        new ConformalClassifier().setRawPredictionCol("logits").setAlphas(0.1).fit(calibrationRows);
    Dataset<Row> sets = model.transform(testRows); // adds predictionSet

    assertEquals(0.16228009361390971, model.thresholdsByGroup().get("")[0], 1e-7);
    assertEquals(539, sets.count());
    assertEquals(493, sets.where("array_contains(predictionSet, label)").count());
    assertEquals(497, sets.selectExpr("explode(predictionSet)").count());
  }

  @Test
  void exampleOfMllib(SparkSession spark) {
    Dataset<Row> training = spark.read().format("libsvm").load("src/test/resources/blobs.libsvm");
    LogisticRegression regression = new LogisticRegression().setMaxIter(20);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(regression.regParam(), new double[] {0.001, 10.0}).build();

    CrossValidator validator =
        new CrossValidator()
            .setEstimator(regression)
            .setEvaluator(new CalibrationEvaluator().setMetricName("ece").setNumBins(10))
            .setEstimatorParamMaps(grid)
            .setNumFolds(3);
    Dataset<Row> predictions = validator.setSeed(7).fit(training).transform(training);
    double loss = new LossEvaluator().setLoss("focal_loss(gamma=3)").evaluate(predictions);

    assertTrue(loss > 0 && loss < Math.log(2), () -> "focal loss " + loss);
  }

  private static List<String> blocks(String language) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(readme)
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  private static String squeeze(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
