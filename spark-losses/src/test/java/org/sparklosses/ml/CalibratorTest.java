// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.calibrate.BinaryCalibrator;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.IncreasingRange;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.calibrate.multiclass.Trial;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.function.Parameter;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.NamedException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.DrawnLabels;
import org.sparklosses.testing.SharedSession;

/** Calibrators as stages. */
@ExtendWith(SharedSession.class)
class CalibratorTest {

  private final SparkSession spark;

  @TempDir private Path folder;

  CalibratorTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Logits twice as large as those that labels are drawn from. */
  private Dataset<Row> table(int rows) {
    Dataset<Row> logits =
        spark
            .range(0, rows, 1, 3)
            .withColumn("z", expr("transform(sequence(1, 4), k -> 2 * sin(id * k * k))"));
    return DrawnLabels.of(logits, "z", 4)
        .withColumn("weight", expr("0.5D + id % 3"))
        .withColumn("logits", expr("transform(z, x -> 2 * x)"))
        .withColumn("vector", functions.array_to_vector(col("logits")))
        .withColumn("floats", expr("CAST(softmax(logits) AS ARRAY<FLOAT>)"))
        .select("id", "label", "weight", "logits", "vector", "floats");
  }

  @ParameterizedTest
  @ValueSource(strings = {"temperature", "structured_vector_scaling", "structured_matrix_scaling"})
  void theLogLossOfTheRowsFallsAsTheFitSays(String method) {
    Dataset<Row> table = table(3000);
    Calibrator calibrator =
        new Calibrator().setRawPredictionCol("logits").setWeightCol("weight").setMethod(method);
    CalibratorModel model = calibrator.fit(table);
    ClassFit fit = model.summary();
    Evaluation before = Evaluation.ofLogits("logits").weight("weight").metrics("log_loss");
    Evaluation after =
        Evaluation.ofProbabilities("calibratedProbability").weight("weight").metrics("log_loss");
    assertEquals(before.run(table).value("log_loss"), fit.lossBefore(), 1e-12);
    assertEquals(after.run(model.transform(table)).value("log_loss"), fit.lossAfter(), 1e-9);
    assertTrue(fit.lossAfter() < fit.lossBefore() - 0.1, fit.toString());
    assertEquals(3000, fit.rows());
    assertEquals(0.5, fit.map().numbers().number("beta"), 0.05);
    for (int partitions : new int[] {1, 7, 200}) {
      CalibratorModel other = calibrator.fit(table.repartition(partitions, col("weight")));
      assertEquals(model.summary().lossAfter(), other.summary().lossAfter());
      assertEquals(model.map().numbers(), other.map().numbers());
    }
  }

  /** A strongly convex objective is above its least value by |g|^2 W / 4K at most. */
  @Test
  void whatAFitSaysOfItself() throws java.io.IOException {
    Calibrator calibrator = new Calibrator().setRawPredictionCol("logits");
    CalibratorModel model = calibrator.setMethod("structured_vector_scaling").fit(table(900));
    String path = folder.resolve("fit").toString();
    model.save(path);
    for (ClassFit fit : List.of(model.summary(), CalibratorModel.load(path).summary())) {
      double square = fit.gradientNorm() * fit.gradientNorm();
      assertEquals(square * 900 / (4 * 4), fit.excess(), 1e-12 * fit.excess());
      assertTrue(fit.iterations() >= 1 && fit.iterations() < fit.scans(), fit.toString());
    }
    ClassFit temperature = calibrator.setMethod("temperature").fit(table(900)).summary();
    assertTrue(temperature.gradientNorm() < 1e-6, temperature.toString());
    ClassFit quadratic =
        new Calibrator()
            .setRawPredictionCol("two")
            .setLabelCol("one")
            .setMethod("quadratic_scaling")
            .fit(table(900).selectExpr("slice(logits, 1, 2) AS two", "label % 2 AS one"))
            .summary();
    assertTrue(quadratic.iterations() > 0 && quadratic.gradientNorm() < 1e-6, quadratic.toString());
    double b = quadratic.map().numbers().number("b");
    double c = quadratic.map().numbers().number("c");
    IncreasingRange range = quadratic.map().increasing().orElseThrow();
    assertEquals(-b / (2 * c), c > 0 ? range.from() : range.to(), 1e-9);
  }

  @Test
  void vectorsArraysAndFiles() {
    Dataset<Row> table = table(600);
    String path = folder.resolve("table").toString();
    table.write().parquet(path);
    Dataset<Row> stored = spark.read().parquet(path);
    Calibrator calibrator = new Calibrator().setMethod("temperature");
    CalibratorModel ofArrays = calibrator.setRawPredictionCol("logits").fit(table);
    CalibratorModel ofVectors = calibrator.setRawPredictionCol("vector").fit(stored);
    assertEquals(ofArrays.map().numbers(), ofVectors.map().numbers());
    Row row =
        ofVectors
            .setOutputCol("p")
            .transform(ofArrays.transform(stored))
            .orderBy("id")
            .select("p", "calibratedProbability")
            .first();
    double[] p = ((Vector) row.get(0)).toArray();
    List<Double> array = row.getList(1);
    for (int j = 0; j < 4; j++) {
      assertEquals(p[j], array.get(j));
    }
    CalibratorModel ofFloats =
        new Calibrator().setMethod("temperature").setProbabilityCol("floats").fit(stored);
    assertEquals(
        ofArrays.map().numbers().number("beta"), ofFloats.map().numbers().number("beta"), 1e-5);
  }

  /** Arrays of any numbers are read as arrays of doubles, and Vectors give Vectors. */
  @Test
  void whatIsAddedIsAsWhatIsRead() {
    Dataset<Row> table =
        table(60)
            .withColumn("doubles", expr("transform(logits, x -> round(x, 1))"))
            .withColumn("decimals", expr("CAST(doubles AS ARRAY<DECIMAL(9, 1)>)"))
            .withColumn("a.vector", functions.array_to_vector(col("doubles")))
            .withColumn("whole", expr("transform(logits, x -> round(x))"))
            .withColumn("ints", expr("CAST(whole AS ARRAY<INT>)"))
            .withColumn("longs", expr("CAST(whole AS ARRAY<BIGINT>)"))
            .withColumn("floats", expr("CAST(whole AS ARRAY<FLOAT>)"));
    CalibratorModel model =
        new Calibrator()
            .setRawPredictionCol("logits")
            .setMethod("structured_vector_scaling")
            .fit(table);
    Dataset<Row> all = table;
    for (String column :
        List.of("doubles", "decimals", "a.vector", "whole", "ints", "longs", "floats")) {
      CalibratorModel other = model.copy(ParamMap.empty()).setRawPredictionCol(column);
      Dataset<Row> before = all;
      all = other.setOutputCol("of " + column).transform(before);
      assertEquals(other.transformSchema(before.schema()), all.schema());
    }
    Dataset<Row> same =
        all.where(
            "`of doubles` = `of decimals` AND `of whole` = `of ints` AND `of whole` = `of longs`"
                + " AND `of whole` = `of floats`");
    assertEquals(60, same.count());
    for (Row row : all.select("of doubles", "`of a.vector`").collectAsList()) {
      Vector vector = row.getAs(1);
      assertEquals(row.getList(0), Arrays.stream(vector.toArray()).boxed().toList());
    }
    Dataset<Row> wrong = table.withColumn("logits", expr("array(1D, 2D)"));
    Exception e = assertThrows(Exception.class, () -> model.transform(wrong).collectAsList());
    assertTrue(
        NamedException.causeOf(e)
            .orElseThrow()
            .getMessage()
            .contains("a row has 2 classes, the calibrator was fitted to 4"));
  }

  @Test
  void aPipelineIsTheSameWhenItWasSaved() {
    Dataset<Row> iris =
        spark
            .range(0, 300, 1, 2)
            .selectExpr(
                "CAST(id % 3 AS DOUBLE) AS label",
                "sin(id) + id % 3 AS a", "cos(id * 7) - id % 3 AS b", "id % 5 AS fold");
    PipelineStage[] stages = {
      new VectorAssembler().setInputCols(new String[] {"a", "b"}).setOutputCol("raw"),
      new StandardScaler().setInputCol("raw").setOutputCol("features"),
      new LogisticRegression().setFamily("multinomial"),
      new Calibrator().setRawPredictionCol("rawPrediction").setMethod("structured_vector_scaling")
    };
    PipelineModel model = new Pipeline().setStages(stages).fit(iris);
    String path = folder.resolve("pipeline").toString();
    try {
      model.write().overwrite().save(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Dataset<Row> expected = model.transform(iris).select("calibratedProbability");
    Dataset<Row> read = PipelineModel.load(path).transform(iris).select("calibratedProbability");
    assertEquals(expected.collectAsList(), read.collectAsList());
  }

  /** The truth is half of the logits: a temperature, as the other maps are near to. */
  @Test
  void theMethodIsChosenByCrossFitting() {
    Dataset<Row> table = table(1500);
    Calibrator calibrator = new Calibrator().setRawPredictionCol("logits");
    CalibratorModel model = calibrator.fit(table);
    List<Trial> trials = model.summary().trials();
    assertEquals(
        Set.of("none", "temperature", "structured_vector_scaling", "structured_matrix_scaling"),
        trials.stream().map(Trial::method).collect(Collectors.toSet()));
    assertEquals(trials.get(0).method(), method(model));
    assertEquals("none", trials.get(3).method());
    assertTrue(trials.get(0).high() < -0.09, trials.toString());
    for (int partitions : new int[] {1, 7, 200}) {
      CalibratorModel other = calibrator.fit(table.repartition(partitions));
      assertEquals(trials, other.summary().trials());
      assertEquals(model.map().numbers(), other.map().numbers());
    }
    CalibratorModel some =
        calibrator.copy(ParamMap.empty()).setMethod("temperature, none").fit(table);
    assertEquals(2, some.summary().trials().size());
    assertEquals("temperature", method(some));
  }

  /** Rows of a fold are judged by the map that was fitted to the others, and by no other. */
  @Test
  void foldsAreThoseOfTheColumn() {
    Dataset<Row> table =
        table(600)
            .withColumn("fold", expr("IF(id % 3 = 0, 5 + id % 2, id % 5)"))
            .withColumn("user", expr("concat('user ', id % 50)"))
            .withColumn("odd", expr("IF(id % 4 = 0, NULL, id)"));
    Calibrator calibrator =
        new Calibrator().setRawPredictionCol("logits").setMethod("temperature,none");
    Trial ofFold = temperature(calibrator.setFoldCol("fold").fit(table));
    double sum = 0;
    for (int fold = 0; fold < 5; fold++) {
      CalibratorModel others =
          new Calibrator()
              .setRawPredictionCol("logits")
              .setMethod("temperature")
              .fit(table.where("fold % 5 != " + fold));
      sum +=
          others
              .transform(table.where("fold % 5 = " + fold))
              .agg(expr("sum(-ln(calibratedProbability[label]))"))
              .first()
              .getDouble(0);
    }
    assertEquals(sum / 600, ofFold.loss(), 1e-12);
    String path = folder.resolve("folds").toString();
    table.write().parquet(path);
    for (String column : List.of("fold", "user", "odd")) {
      Trial ofRows = temperature(calibrator.setFoldCol(column).fit(table));
      // In batches too.
      assertEquals(ofRows, temperature(calibrator.fit(spark.read().parquet(path))), column);
    }
    assertMessage("fold", () -> calibrator.setFoldCol("folds").fit(table));
  }

  private static Trial temperature(CalibratorModel model) {
    return model.summary().trials().stream()
        .filter(trial -> trial.method().equals("temperature"))
        .findFirst()
        .orElseThrow();
  }

  private static String method(CalibratorModel model) {
    assertEquals(model.getOrDefault(model.method()), model.map().method());
    return model.map().method();
  }

  private static Stream<String> ofTwoClasses() {
    return BinaryCalibrators.all().stream()
        .filter(calibrator -> calibrator.parameters().stream().noneMatch(Parameter::required))
        .map(BinaryCalibrator::name);
  }

  /** Of all that calibrate two classes; the map on the rows gives the loss that the fit says. */
  @ParameterizedTest
  @MethodSource("ofTwoClasses")
  void twoClassesInOneScan(String method) {
    Dataset<Row> table =
        spark
            .range(0, 4000, 1, 3)
            .selectExpr(
                "id",
                "array(0D, round(4 * sin(id), 1)) AS logits",
                "CAST((id * 0.6180339887498949D) % 1 < 1 / (1 + exp(-2 * sin(id))) AS INT) AS"
                    + " label");
    Calibrator calibrator = new Calibrator().setRawPredictionCol("logits").setMethod(method);
    CalibratorModel model = calibrator.fit(table);
    ClassFit fit = model.summary();
    assertEquals(1, fit.scans());
    assertEquals(4000, fit.rows());
    double loss =
        Evaluation.ofProbabilities("calibratedProbability")
            .metrics("log_loss")
            .run(model.transform(table))
            .value("log_loss");
    // Rows of one logit are one cell, but for bins whose edges lie between logits of a cell.
    assertEquals(fit.lossAfter(), loss, 1e-3);
    assertTrue(loss < fit.lossBefore() - 0.03, method + " " + fit);
    assertEquals(
        4000,
        model
            .transform(table)
            .withColumn("model", lit(model.toBytes()))
            .where("calibrate(model, logits) = calibratedProbability")
            .count());
    long certain =
        model
            .transform(table.withColumn("logits", expr("array(0D, 40 * sin(id))")))
            .where("calibratedProbability[0] = 0 OR calibratedProbability[1] = 0")
            .count();
    assertEquals(0, certain);
    assertEquals(fit.lossAfter(), calibrator.fit(table.repartition(7)).summary().lossAfter());
  }

  @Test
  void crossValidationChooses() {
    Calibrator calibrator = new Calibrator().setRawPredictionCol("logits");
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                calibrator.method(),
                scala.jdk.javaapi.CollectionConverters.asScala(
                    List.of("temperature", "structured_matrix_scaling")))
            .build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(calibrator)
            .setEstimatorParamMaps(grid)
            .setEvaluator(
                new LossEvaluator().setLoss("log_loss").setProbabilityCol("calibratedProbability"))
            .setNumFolds(3)
            .setSeed(1)
            .fit(table(600));
    assertEquals(2, chosen.avgMetrics().length);
    // The truth is a temperature: more parameters fit noise.
    assertEquals("temperature", ((CalibratorModel) chosen.bestModel()).map().method());
  }

  /** Names of classes, policies and the number of classes are those of the evaluation. */
  @Test
  void rowsAreReadAsAnEvaluationReadsThem() {
    Dataset<Row> table = table(600);
    Dataset<Row> odd =
        table
            .withColumn("name", expr("IF(id % 9 = 2, NULL, concat('class ', label))"))
            .withColumn("logits", expr("IF(id % 7 = 3, NULL, logits)"));
    Evaluation evaluation =
        Evaluation.ofLogits("logits")
            .label("name")
            .classNames("class 0", "class 1", "class 2", "class 3")
            .slice("weight")
            .bootstrap("id")
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .policy(InputCheck.NULL_PREDICTION, Policy.DROP);
    for (String method : List.of("temperature", "structured_matrix_scaling")) {
      Calibrator calibrator = new Calibrator().setRawPredictionCol("logits").setMethod(method);
      CalibratorModel expected = calibrator.fit(table.where("id % 9 != 2 AND id % 7 != 3"));
      assertEquals(expected.map().numbers(), calibrator.fit(odd, evaluation).map().numbers());
    }
    assertMessage(
        "the evaluation reads logits 'logits', the calibrator probabilities 'floats'",
        () -> new Calibrator().setProbabilityCol("floats").fit(table, evaluation));
  }

  /** Weights as far from 1 as are read: what curves the objective is then lost in rounding. */
  @Test
  void weightsFarFromOne() {
    Dataset<Row> table = table(300);
    for (String weight : List.of("1e-30", "1e-12", "1e12", "1e30")) {
      Dataset<Row> heavy = table.withColumn("weight", expr("DOUBLE('" + weight + "')"));
      for (String method :
          List.of("temperature", "structured_vector_scaling", "structured_matrix_scaling")) {
        ClassFit fit =
            new Calibrator()
                .setRawPredictionCol("logits")
                .setWeightCol("weight")
                .setMethod(method)
                .fit(heavy)
                .summary();
        assertTrue(Double.isFinite(fit.lossAfter()), weight + " " + fit);
        // Of next to no weight the map is next to the uniform distribution.
        double most = weight.startsWith("1e-") ? 1.3863 : fit.lossBefore();
        assertTrue(fit.lossAfter() <= most, weight + " " + fit);
      }
    }
  }

  /** One row of 100,000 is of class 1, and no score is beyond 1,000. */
  @Test
  void rareEventsAndLargeLogits() {
    Dataset<Row> table =
        spark
            .range(0, 200_000, 1, 4)
            .selectExpr(
                "id",
                "array(0D, IF(id % 100000 = 7, 2D, -1000D * (id % 11) / 10)) AS logits",
                "CAST(id % 100000 = 7 OR id = 11 AS INT) AS label");
    Dataset<Row> scored = table.select("logits").distinct();
    for (String method : ofTwoClasses().toList()) {
      CalibratorModel model =
          new Calibrator().setRawPredictionCol("logits").setMethod(method).fit(table);
      assertTrue(Double.isFinite(model.summary().lossAfter()), method);
      assertEquals(
          scored.count(),
          model.transform(scored).where("forall(calibratedProbability, p -> p > 0)").count(),
          method);
    }
  }

  @Test
  void numbersThatSomeoneChanged() {
    CalibratorModel model =
        new Calibrator()
            .setRawPredictionCol("logits")
            .setMethod("structured_vector_scaling")
            .fit(table(90));
    double[][] numbers = model.getOrDefault(model.numbers());
    for (int i = 0; i < numbers.length; i++) {
      double[][] changed = numbers.clone();
      changed[i] = new double[] {Double.NaN};
      CalibratorModel odd = model.copy(ParamMap.empty());
      odd.set(odd.numbers(), changed);
      assertThrows(IllegalArgumentException.class, odd::map);
    }
    CalibratorModel other = model.copy(ParamMap.empty());
    other.set(other.classes(), 3);
    assertMessage("a map of 3 classes has 3 numbers of bias", other::map);
  }

  @Test
  void refusals() {
    Dataset<Row> table = table(30);
    assertMessage(
        "no calibrator is named 'platt'; there are auto, none, temperature, ",
        () -> new Calibrator().setMethod("platt"));
    assertMessage(
        "auto chooses among methods and is none to choose: name it alone",
        () -> new Calibrator().setMethod("temperature, auto"));
    assertMessage(
        "no calibrator is named 'temperatur'; there are auto, none, ",
        () -> new Calibrator().setMethod("none,temperatur"));
    Calibrator calibrator = new Calibrator().setRawPredictionCol("logits").setMethod("temperature");
    assertMessage(
        "no row of positive weight to fit from", () -> calibrator.fit(table.where("id < 0")));
    assertMessage(
        "column 'weight' holds DOUBLE; predictions are an MLlib Vector or an array",
        () -> new Calibrator().setProbabilityCol("weight").fit(table));
    assertMessage(
        "the table has a column 'label' already",
        () -> new Calibrator().setProbabilityCol("floats").setOutputCol("label").fit(table));
    assertThrows(
        InvalidRowException.class, () -> calibrator.fit(table.withColumn("label", expr("9"))));
    CalibratorModel model = calibrator.fit(table);
    Dataset<Row> holed =
        table.withColumn("logits", expr("IF(id = 3, NULL, array(1D, NULL, 0D, 0D))"));
    assertEquals(30, model.transform(holed).where("calibratedProbability IS NULL").count());
    String impossible = "array(0D, 1D, DOUBLE('%s'), 0D)";
    for (String x : List.of("NaN", "Infinity")) {
      Dataset<Row> odd = table.withColumn("logits", expr(impossible.formatted(x)));
      assertEquals(30, model.transform(odd).where("calibratedProbability IS NULL").count());
    }
    Dataset<Row> certain =
        table.withColumn("logits", expr("array(0D, -800D, DOUBLE('-Infinity'), 1e300D)"));
    assertEquals(
        30,
        model
            .transform(certain)
            .where("forall(calibratedProbability, p -> p > 0 AND p < 1)")
            .count());
  }

  private static void assertMessage(String part, org.junit.jupiter.api.function.Executable run) {
    String message = assertThrows(IllegalArgumentException.class, run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
