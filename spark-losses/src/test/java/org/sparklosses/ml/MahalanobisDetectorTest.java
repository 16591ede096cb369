// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class MahalanobisDetectorTest {

  private static final GoldenFile GOLDEN = GoldenFile.calibration("ood");

  private final SparkSession spark = SharedSession.get();

  private Dataset<Row> table(double[][] x, double[] y) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      rows.add(RowFactory.create(i, Vectors.dense(x[i]), y == null ? 0 : (int) y[i]));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.IntegerType);
    return spark.createDataFrame(rows, schema);
  }

  private Dataset<Row> training() {
    Entry fit = GOLDEN.of("gaussian_fit").get(0);
    return table(fit.matrix("X"), fit.vector("y"));
  }

  private static void assertMatrix(double[][] expected, double[][] actual, double tolerance) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], tolerance);
    }
  }

  @Test
  void fitsTheGoldenInAnyPartitioning() {
    Entry golden = GOLDEN.of("gaussian_fit").get(0);
    MahalanobisDetectorModel one = new MahalanobisDetector().fit(training().coalesce(1));
    assertMatrix(GoldenFile.matrix(golden.value().get(0)), one.getMeans(), 1e-12);
    assertMatrix(GoldenFile.matrix(golden.value().get(1)), one.getCovariance(), 1e-12);
    Dataset<Row> arrays =
        training()
            .select(
                vector_to_array(col("features"), "float64").as("x"),
                col("label").cast("bigint").as("y"));
    for (Dataset<Row> rows :
        List.of(arrays.repartition(7), arrays.orderBy("x").repartition(200).coalesce(3))) {
      MahalanobisDetectorModel other =
          new MahalanobisDetector().setFeaturesCol("x").setLabelCol("y").fit(rows);
      assertMatrix(one.getMeans(), other.getMeans(), 0);
      assertMatrix(one.getCovariance(), other.getCovariance(), 0);
    }
  }

  @Test
  void scoresTheGolden() {
    Entry golden = GOLDEN.of("mahalanobis_score").get(0);
    MahalanobisDetectorModel model =
        new MahalanobisDetectorModel()
            .setMeans(golden.matrix("mean"))
            .setCovariance(golden.matrix("cov"))
            .setOutputCol("score");
    List<Row> rows =
        model
            .transform(table(golden.matrix("X"), null))
            .orderBy("id")
            .select("score")
            .collectAsList();
    assertEquals(golden.value().size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      double expected = golden.value().get(i).asDouble();
      assertEquals(expected, rows.get(i).getDouble(0), 1e-12 * Math.abs(expected));
    }
  }

  /** Class 1 has no rows: NaN is saved too. */
  @Test
  void isSavedWithThePipeline(@TempDir Path folder) throws IOException {
    Dataset<Row> rows = training().where("label != 1");
    MahalanobisDetector detector = new MahalanobisDetector().setOutputCol("s");
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {detector}).fit(rows);
    String path = folder.resolve("model").toString();
    model.write().save(path);
    PipelineModel loaded = PipelineModel.load(path);
    assertEquals(
        model.transform(rows).select("id", "s").collectAsList(),
        loaded.transform(rows).select("id", "s").collectAsList());
    double[][] means = ((MahalanobisDetectorModel) loaded.stages()[0]).getMeans();
    assertEquals(3, means.length);
    assertArrayEquals(new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN}, means[1]);

    String estimator = folder.resolve("detector").toString();
    detector.write().save(estimator);
    assertEquals("s", MahalanobisDetector.load(estimator).getOrDefault(detector.outputCol()));
    MahalanobisDetectorModel copy =
        ((MahalanobisDetectorModel) model.stages()[0]).copy(detector.extractParamMap());
    assertEquals(model.stages()[0].uid(), copy.uid());
    assertTrue(copy.hasParent());
  }

  @Test
  void nullHasNoScore() {
    MahalanobisDetectorModel model =
        new MahalanobisDetectorModel()
            .setMeans(new double[][] {{1, 1}})
            .setCovariance(new double[][] {{4, 0}, {0, 1}});
    List<Row> rows =
        model
            .transform(
                spark.sql(
                    "SELECT * FROM VALUES (1, array(3.0, 2.0)), (2, NULL), (3, array(1, NULL)) AS"
                        + " t(id, features)"))
            .orderBy("id")
            .collectAsList();
    assertEquals(-2.0, rows.get(0).getDouble(2));
    assertTrue(rows.get(1).isNullAt(2));
    assertTrue(rows.get(2).isNullAt(2));
  }

  @Test
  void theExampleOfThePage() throws IOException {
    Dataset<Row> training = training();
    Random random = new Random(3);
    double[][] far = new double[60][4];
    for (double[] x : far) {
      for (int i = 0; i < x.length; i++) {
        x[i] = 2 * random.nextGaussian() + 1;
      }
    }
    Dataset<Row> inside = table(GOLDEN.of("mahalanobis_score").get(0).matrix("X"), null);
    Dataset<Row> mixed =
        inside
            .selectExpr("features", "1 AS inside")
            .union(table(far, null).selectExpr("features", "0 AS inside"));

    MahalanobisDetectorModel model = new MahalanobisDetector().fit(training);
    Dataset<Row> scored = model.transform(mixed);
    EvaluationResult result =
        Evaluation.ofLogits("mahalanobisScore")
            .label("inside")
            .metrics("roc_auc", "fpr_at_tpr(tpr=0.95)")
            .run(scored);

    List<Row> rows = scored.select("inside", "mahalanobisScore").collectAsList();
    double above = 0;
    double pairs = 0;
    for (Row one : rows) {
      for (Row other : rows) {
        if (one.getInt(0) == 1 && other.getInt(0) == 0) {
          pairs++;
          above += one.getDouble(1) > other.getDouble(1) ? 1 : 0;
        }
      }
    }
    assertEquals(above / pairs, result.value("roc_auc"), 1e-12);
    String example = Files.readString(Path.of("../docs/outliers.md")).split("```(java\n)?", -1)[1];
    String source =
        Files.readString(Path.of("src/test/java/org/sparklosses/ml/MahalanobisDetectorTest.java"));
    assertTrue(squeeze(source).contains(squeeze(example)), example);
  }

  private static String squeeze(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  @Test
  void refusesTablesItCannotRead() {
    MahalanobisDetector detector = new MahalanobisDetector();
    Dataset<Row> rows = training();
    assertRefused(
        "column 'label' holds INT; features are an MLlib Vector or an array of numbers",
        () -> new MahalanobisDetector().setFeaturesCol("label").fit(rows));
    assertRefused(
        "holds STRING; a label is a class index",
        () -> detector.fit(rows.selectExpr("features", "'a' AS label")));
    assertRefused(
        "the table has a column 'id' already; call the score otherwise: setOutputCol",
        () -> new MahalanobisDetector().setOutputCol("id").fit(rows));
    assertRefused("nothing", () -> detector.setLabelCol("nothing").fit(rows));
    assertRefused(
        "there are no rows to fit", () -> new MahalanobisDetector().fit(rows.where("id < 0")));
    assertRefused(
        "the covariance is singular at feature 1",
        () -> fit("SELECT array(id, 2 * id) AS features, 0 AS label FROM range(9)"));
  }

  @Test
  void refusesRowsItCannotFit() {
    String row = "SELECT %s AS features, %s AS label FROM range(3)";
    assertFails("the features are NULL", row.formatted("CAST(NULL AS ARRAY<DOUBLE>)", "0"));
    assertFails("the features are NULL or hold a NULL", row.formatted("array(1, NULL)", "0"));
    assertFails("feature 1 is NaN", row.formatted("array(1D, double('NaN'))", "0"));
    assertFails("the label is NULL", row.formatted("array(1D)", "CAST(NULL AS INT)"));
    assertFails("the label 0.5 is no class index", row.formatted("array(1D)", "0.5D"));
    assertFails("the label -1 is no class index", row.formatted("array(1D)", "-1"));
    assertFails(
        "features where other rows have", row.formatted("array_repeat(1D, int(id) + 1)", "0"));
  }

  private void fit(String query) {
    new MahalanobisDetector().fit(spark.sql(query));
  }

  private void assertFails(String message, String query) {
    Exception e = assertThrows(Exception.class, () -> fit(query));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static void assertRefused(String message, Executable call) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
