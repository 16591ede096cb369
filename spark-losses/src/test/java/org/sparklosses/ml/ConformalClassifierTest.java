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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.calibrate.multiclass.LogProbabilities;
import org.sparklosses.conformal.ConformalQuantile;
import org.sparklosses.conformal.ConformityScore;
import org.sparklosses.conformal.UniformNumber;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.inference.RowHash;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.DrawnLabels;
import org.sparklosses.testing.RecordsRead;
import org.sparklosses.testing.SharedSession;
import scala.jdk.javaapi.CollectionConverters;

/** Sets of classes as a stage. */
@ExtendWith(SharedSession.class)
class ConformalClassifierTest {

  private static final double[] ALPHAS = {0.1, 0.02, 0.3};

  private final SparkSession spark;

  @TempDir private Path folder;

  ConformalClassifierTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Logits of four classes, many rows of which are the same, and labels that follow them. */
  private Dataset<Row> table(int rows) {
    Dataset<Row> logits =
        spark
            .range(0, rows, 1, 3)
            .withColumn("z", expr("transform(sequence(1, 4), k -> 2 * sin(id % 997 * k * k))"));
    return DrawnLabels.of(logits, "z", 4)
        .withColumn("weight", expr("1D + id % 3"))
        .withColumn("floats", expr("CAST(z AS ARRAY<FLOAT>)"))
        .withColumn("vector", functions.array_to_vector(col("z")))
        .withColumn("p", expr("CAST(softmax(z) AS ARRAY<FLOAT>)"))
        .withColumn("site", expr("IF(id % 5 = 0, NULL, concat('site ', id % 5))"))
        .select("id", "label", "weight", "z", "floats", "vector", "p", "site");
  }

  private static ConformalClassifier classifier() {
    return new ConformalClassifier().setRawPredictionCol("z").setAlphas(ALPHAS);
  }

  private static double[] softmax(Row row) {
    double[] z = row.<Double>getList(row.fieldIndex("z")).stream().mapToDouble(x -> x).toArray();
    LogProbabilities.softmax(z);
    return z;
  }

  private static double u(Row row) {
    return UniformNumber.of(RowHash.of(row.getLong(0), RowHash.DEFAULT_SEED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lac", "aps", "raps(lam=0.05, k_reg=2)", "saps", "margin"})
  void thresholdsAndSetsAreThoseOfTheRowsInMemory(String name) {
    Dataset<Row> table = table(2000);
    ConformityScore score = ConformalSetColumns.score(name);
    ConformalClassifier classifier = classifier().setScore(name).setKeyCol("id");
    ConformalClassifierModel model = classifier.fit(table);
    List<Row> rows = table.collectAsList();
    double[] scores =
        rows.stream()
            .mapToDouble(row -> (float) score.scores(softmax(row), u(row))[row.getInt(1)])
            .toArray();
    for (double alpha : ALPHAS) {
      model.setAlpha(alpha);
      float[] threshold = model.thresholdsByGroup().get("");
      assertArrayEquals(new float[] {(float) ConformalQuantile.of(scores, alpha)}, threshold);
      Map<Long, List<Integer>> sets = sets(model, table);
      for (Row row : rows) {
        double[] ofRow = score.scores(softmax(row), u(row));
        List<Integer> expected =
            IntStream.range(0, 4).filter(k -> (float) ofRow[k] <= threshold[0]).boxed().toList();
        assertEquals(expected, sets.get(row.getLong(0)));
      }
    }
    assertEquals(2000, model.rows());
    assertEquals(0, model.infiniteThresholds());
    for (int partitions : new int[] {1, 7, 200}) {
      ConformalClassifierModel other = classifier.fit(table.repartition(partitions, col("weight")));
      assertArrayEquals(
          model.getOrDefault(model.thresholds())[0], other.getOrDefault(other.thresholds())[0]);
    }
  }

  private static Map<Long, List<Integer>> sets(ConformalClassifierModel model, Dataset<?> table) {
    Map<Long, List<Integer>> sets = new HashMap<>();
    model
        .transform(table)
        .select("id", "predictionSet")
        .collectAsList()
        .forEach(row -> sets.put(row.getLong(0), row.isNullAt(1) ? null : row.getList(1)));
    return sets;
  }

  /** A row that sets a threshold is in its set, whatever the form of the column and the source. */
  @Test
  void formsOfTheColumnAndFiles() {
    String path = folder.resolve("table").toString();
    table(1500).write().parquet(path);
    Dataset<Row> stored = spark.read().parquet(path);
    for (String column : List.of("z", "vector", "floats", "p")) {
      ConformalClassifier classifier = new ConformalClassifier().setScore("aps").setAlphas(ALPHAS);
      if (column.equals("p")) {
        classifier.setProbabilityCol("p");
      } else {
        classifier.setRawPredictionCol(column);
      }
      ConformalClassifierModel ofFile = classifier.fit(stored);
      ConformalClassifierModel ofRows = classifier.fit(table(1500).repartition(5));
      for (double alpha : ALPHAS) {
        ofFile.setAlpha(alpha);
        long covered =
            ofFile.transform(stored).where("array_contains(predictionSet, label)").count();
        assertTrue(covered >= Math.ceil(1501 * (1 - alpha)), column + " " + covered);
        assertArrayEquals(
            ofFile.getOrDefault(ofFile.thresholds())[0],
            ofRows.getOrDefault(ofRows.thresholds())[0]);
      }
    }
  }

  @Test
  void groupsAndClasses() {
    Dataset<Row> table = table(3000);
    ConformalClassifierModel model =
        classifier().setGroupCol("site").setClassConditional(true).fit(table);
    List<Row> rows = table.collectAsList();
    Map<String, float[]> thresholds = model.thresholdsByGroup();
    assertEquals(5, thresholds.size());
    assertTrue(thresholds.containsKey(null));
    thresholds.forEach(
        (site, ofSite) -> {
          for (int k = 0; k < 4; k++) {
            int label = k;
            double[] scores =
                rows.stream()
                    .filter(row -> row.getInt(1) == label)
                    .filter(row -> Objects.equals(site, row.getAs("site")))
                    .mapToDouble(row -> (float) (1 - softmax(row)[label]))
                    .toArray();
            assertEquals((float) ConformalQuantile.of(scores, 0.1), ofSite[k]);
          }
        });
    Dataset<Row> others = table.limit(3).withColumn("site", expr("'elsewhere'"));
    for (Row row : model.transform(others).select("predictionSet").collectAsList()) {
      assertEquals(List.of(0, 1, 2, 3), row.getList(0));
    }
  }

  @Test
  void fewRowsGiveAllClasses() {
    for (int rows : new int[] {0, 1, 8}) {
      ConformalClassifierModel model =
          classifier()
              .setAlphas(0.1, 0.02)
              .setSizeCol("size")
              .setClassConditional(true)
              .fit(table(rows));
      assertEquals(rows, model.rows());
      assertEquals(1, model.scans());
      assertEquals(rows == 0 ? 1 : 4, model.infiniteThresholds());
      for (Row row : model.transform(table(20)).select("predictionSet", "size").collectAsList()) {
        assertEquals(List.of(0, 1, 2, 3), row.getList(0));
        assertEquals(4, row.getInt(1));
      }
    }
    ConformalClassifierModel nine =
        new ConformalClassifier().setRawPredictionCol("z").fit(table(9));
    assertEquals(0, nine.infiniteThresholds());
    // Beta(9, 1): all of nine scores are below the threshold.
    assertEquals(0.9, nine.expectedCoverage(0.95).mean(), 1e-15);
    assertEquals(Math.pow(0.025, 1 / 9.0), nine.expectedCoverage(0.95).interval().low(), 1e-12);
  }

  @Test
  void weightsAreRepetitionsAndANewRowHasOne() {
    Dataset<Row> table = table(1200);
    Dataset<Row> repeated =
        table.withColumn("copy", expr("explode(sequence(1, CAST(weight AS INT)))"));
    ConformalClassifier weighted = classifier().setWeightCol("weight");
    float[] ofWeights = weighted.fit(table).thresholdsByGroup().get("");
    assertArrayEquals(classifier().fit(repeated).thresholdsByGroup().get(""), ofWeights);
    float[] ofHeavy = weighted.setTestWeight(300).fit(table).thresholdsByGroup().get("");
    double[] scores =
        table.collectAsList().stream()
            .mapToDouble(row -> (float) (1 - softmax(row)[row.getInt(1)]))
            .toArray();
    double[] weights =
        table.collectAsList().stream().mapToDouble(row -> row.getDouble(2)).toArray();
    assertEquals((float) ConformalQuantile.weighted(scores, weights, 0.1, 300), ofHeavy[0]);
    assertTrue(ofHeavy[0] >= ofWeights[0]);
    assertEquals(1, weighted.setTestWeight(1e9).fit(table).infiniteThresholds());
  }

  /** What a scan reads is what its tasks say they read. */
  @Test
  void theTableIsReadTwice() throws TimeoutException {
    String path = folder.resolve("scans").toString();
    table(4000).write().parquet(path);
    Dataset<Row> stored = spark.read().parquet(path);
    for (ConformalClassifier classifier :
        List.of(
            classifier().setScore("aps").setKeyCol("id"),
            classifier().setGroupCol("site"),
            classifier().setClassConditional(true),
            classifier().setWeightCol("weight"))) {
      long read = RecordsRead.during(spark, () -> assertEquals(2, classifier.fit(stored).scans()));
      assertEquals(2 * 4000, read);
    }
  }

  @Test
  void savedAndLoaded() throws IOException {
    Dataset<Row> table = table(400);
    ConformalClassifier classifier =
        classifier().setScore("raps(lam=0.1)").setKeyCol("id").setGroupCol("site");
    String path = folder.resolve("pipeline").toString();
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {classifier}).fit(table);
    model.write().overwrite().save(path);
    PipelineModel read = PipelineModel.load(path);
    assertEquals(model.transform(table).collectAsList(), read.transform(table).collectAsList());
    ConformalClassifierModel stage = (ConformalClassifierModel) read.stages()[0];
    // Of 80 rows a site has too few for 0.02 in none, but for 0.001 in all.
    ConformalClassifierModel few =
        new ConformalClassifier()
            .setRawPredictionCol("z")
            .setGroupCol("site")
            .setAlphas(0.001, 0.1)
            .fit(table);
    String ofFew = folder.resolve("few").toString();
    few.write().overwrite().save(ofFew);
    assertEquals(5, ConformalClassifierModel.load(ofFew).infiniteThresholds());
    assertEquals(0, ConformalClassifierModel.load(ofFew).setAlpha(0.1).infiniteThresholds());
    assertEquals(0.1, stage.getAlpha());
    classifier.write().overwrite().save(path);
    assertEquals(
        "raps(lam=0.1)",
        ConformalClassifier.load(path).getOrDefault(ConformalClassifier.load(path).score()));
    ConformalClassifierModel copy = stage.setAlpha(0.3).copy(ParamMap.empty());
    assertEquals(0.3, copy.getAlpha());
  }

  @Test
  void crossValidationChoosesAScore() {
    ConformalClassifier classifier = new ConformalClassifier().setRawPredictionCol("z");
    ParamMap[] grid =
        new ParamGridBuilder()
            .addGrid(
                classifier.score(),
                CollectionConverters.asScala(List.of("lac", "raps(lam=0.5)", "saps(lam=0)")))
            .build();
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(classifier)
            .setEstimatorParamMaps(grid)
            .setEvaluator(new ConformalEvaluator().setMetricName("mean_size"))
            .setNumFolds(3)
            .setSeed(1)
            .fit(table(900));
    ConformalClassifierModel best = (ConformalClassifierModel) chosen.bestModel();
    assertEquals("lac", best.getOrDefault(best.score()));
    assertTrue(chosen.avgMetrics()[0] < chosen.avgMetrics()[2]);
  }

  /** Names of classes, policies and weights are those of the evaluation. */
  @Test
  void rowsAreReadAsAnEvaluationReadsThem() {
    Dataset<Row> table = table(600);
    Dataset<Row> odd =
        table
            .withColumn("name", expr("IF(id % 9 = 2, NULL, concat('class ', label))"))
            .withColumn("z", expr("IF(id % 7 = 3, NULL, z)"));
    Evaluation evaluation =
        Evaluation.ofLogits("z")
            .label("name")
            .classNames("class 0", "class 1", "class 2", "class 3")
            .slice("weight")
            .policy(InputCheck.NULL_LABEL, Policy.DROP)
            .policy(InputCheck.NULL_PREDICTION, Policy.DROP);
    ConformalClassifierModel expected =
        classifier().fit(table.where("id % 9 != 2 AND id % 7 != 3"));
    ConformalClassifierModel found = classifier().fit(odd, evaluation);
    assertArrayEquals(expected.thresholdsByGroup().get(""), found.thresholdsByGroup().get(""));
    assertEquals(expected.rows(), found.rows());
    assertEquals(0, found.transform(odd).where("z IS NULL AND predictionSet IS NOT NULL").count());
    Dataset<Row> half = table.withColumn("p", expr("transform(p, x -> x / 2)"));
    Evaluation renormalised = Evaluation.ofProbabilities("p").renormalise();
    ConformalClassifierModel ofHalf =
        new ConformalClassifier().setProbabilityCol("p").fit(half, renormalised);
    long covered = ofHalf.transform(half).where("array_contains(predictionSet, label)").count();
    assertTrue(covered >= 541, "covered: " + covered);
  }

  @Test
  void messages() {
    Dataset<Row> table = table(50);
    assertMessage("no column 'y' (label)", () -> classifier().setLabelCol("y").fit(table));
    assertMessage(
        "no column 'k' (key)", () -> classifier().setScore("aps").setKeyCol("k").fit(table));
    assertMessage("no column 'g' (slice)", () -> classifier().setGroupCol("g").fit(table));
    assertMessage("no column 'w' (weight)", () -> classifier().setWeightCol("w").fit(table));
    assertMessage(
        "alpha = 1.0 is not allowed; give the share left out, in (0, 1), as 0.1",
        () -> classifier().setAlphas(0.1, 1.0));
    assertMessage("give 1 to 100 that differ", () -> classifier().setAlphas(0.1, 0.1));
    assertMessage("give 1 to 100 that differ", () -> classifier().setAlphas());
    assertMessage(
        "give 1 to 100 that differ",
        () ->
            classifier().setAlphas(IntStream.range(1, 102).mapToDouble(i -> i / 200.0).toArray()));
    assertMessage(
        "alpha = 0.2 was not fitted; there are [0.1, 0.02, 0.3]: choose one, or fit with setAlphas",
        () -> classifier().fit(table).setAlpha(0.2));
    assertMessage("no conformity score is named 'lak'", () -> classifier().setScore("lak"));
    assertMessage(
        "the table has a column 'label' already; call the new one otherwise: setOutputCol",
        () -> classifier().setOutputCol("label").fit(table));
    assertMessage(
        "column 'site' holds STRING; predictions are",
        () -> new ConformalClassifier().setProbabilityCol("site").fit(table));
    assertMessage(
        "the evaluation reads logits 'z', the classifier probabilities 'p'",
        () ->
            new ConformalClassifier().setProbabilityCol("p").fit(table, Evaluation.ofLogits("z")));
    String outOfRange =
        assertThrows(
                InvalidRowException.class,
                () -> classifier().fit(table.withColumn("label", expr("IF(id = 7, 4, label)"))))
            .getMessage();
    assertTrue(outOfRange.contains("column 'label': label is no class index: 4"), outOfRange);
    Dataset<Row> longer = table.withColumn("z", expr("concat(z, array(0D))"));
    Exception e =
        assertThrows(
            Exception.class, () -> classifier().fit(table).transform(longer).collectAsList());
    assertTrue(
        String.valueOf(e.getCause())
                .contains("a row has 5 classes, the thresholds were fitted to 4")
            || e.getMessage().contains("a row has 5 classes, the thresholds were fitted to 4"),
        e.toString());
  }

  private static void assertMessage(String part, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(part), message);
  }
}
