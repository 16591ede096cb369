// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.calibrate.multiclass.ClassCalibrator;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/**
 * Every method on predictions of real models: fitted to the rows of even number of a set, judged on
 * the others.
 */
@ExtendWith(SharedSession.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealSetsTest {

  static final List<String> SETS =
      List.of(
          "real_wine_lr",
          "real_wine_mlp",
          "real_breast_cancer_lr",
          "real_breast_cancer_mlp",
          "real_digits_lr",
          "real_digits_mlp");

  private static final String AUTO = "auto";
  private static final String NONE = "none";

  private static final double LOSS = 1e-6;

  /** What an objective may be above its least value. */
  private static final double EXCESS = 1e-9;

  private final SparkSession spark;
  private final Map<String, Fitted> fitted = new LinkedHashMap<>();

  RealSetsTest(SparkSession spark) {
    this.spark = spark;
    SETS.forEach(set -> fitted.put(set, fitted(set)));
  }

  /**
   * What the methods give on a set.
   *
   * @param before the log loss of the rows that were fitted to, as they are
   * @param losses the log loss on the other rows, by method
   * @param fits by method
   */
  private record Fitted(double before, Map<String, Double> losses, Map<String, ClassFit> fits) {

    ClassFit automatic() {
      return fits.get(AUTO);
    }

    /** The loss as a cell of a table; of the method that auto chose with its name. */
    String cell(String method) {
      String loss =
          losses.containsKey(method) ? String.format(Locale.ROOT, "%.4f", losses.get(method)) : "";
      return method.equals(AUTO) ? loss + ", `" + automatic().map().method() + "`" : loss;
    }
  }

  private Fitted fitted(String set) {
    Dataset<Row> rows = table(logits(set), labels(set)).cache();
    Dataset<Row> even = rows.where("id % 2 = 0");
    Dataset<Row> odd = rows.where("id % 2 = 1");
    Map<String, Double> losses = new LinkedHashMap<>();
    Map<String, ClassFit> fits = new LinkedHashMap<>();
    int classes = logits(set)[0].length;
    for (ClassCalibrator calibrator : ClassCalibrators.all()) {
      String method = calibrator.name();
      if (classes > 2 && ClassCalibrators.namesOfTwo().contains(method)) {
        continue;
      }
      CalibratorModel model =
          new Calibrator().setRawPredictionCol("logits").setMethod(method).fit(even);
      fits.put(method, model.summary());
      losses.put(
          method,
          logLoss(Evaluation.ofProbabilities("calibratedProbability"), model.transform(odd)));
    }
    double before = logLoss(Evaluation.ofLogits("logits"), even);
    rows.unpersist();
    return new Fitted(before, losses, fits);
  }

  private static double logLoss(Evaluation evaluation, Dataset<Row> rows) {
    return evaluation.metrics("log_loss").run(rows).value("log_loss");
  }

  /** The logits of a set; 0 and z where it has one. */
  private static double[][] logits(String set) {
    JsonNode inputs = GoldenFile.calibration(set).inputs();
    return inputs.has("logits")
        ? GoldenFile.matrix(inputs.get("logits"))
        : Arrays.stream(GoldenFile.doubles(inputs.get("z")))
            .mapToObj(z -> new double[] {0, z})
            .toArray(double[][]::new);
  }

  private static int[] labels(String set) {
    return Arrays.stream(GoldenFile.doubles(GoldenFile.calibration(set).inputs().get("y")))
        .mapToInt(y -> (int) y)
        .toArray();
  }

  private Dataset<Row> table(double[][] logits, int[] labels) {
    List<Row> rows =
        IntStream.range(0, labels.length)
            .mapToObj(i -> RowFactory.create(i, logits[i], labels[i]))
            .toList();
    return spark
        .createDataFrame(
            rows,
            new StructType()
                .add("id", DataTypes.IntegerType)
                .add("logits", DataTypes.createArrayType(DataTypes.DoubleType))
                .add("label", DataTypes.IntegerType))
        .coalesce(1);
  }

  /** Values of an independent implementation. */
  @ParameterizedTest
  @FieldSource("SETS")
  void lossesAreThoseOfTheReference(String set) {
    JsonNode expected = GoldenFile.realSets().get(set).get("log_loss");
    Map<String, Double> losses = fitted.get(set).losses();
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      String method = entry.getKey();
      double loss = entry.getValue().asDouble();
      assertEquals(loss, losses.get(method), LOSS, () -> method + " on " + set);
    }
    assertEquals(logits(set)[0].length == 2 ? 19 : 10, expected.size());
  }

  /**
   * Where a trace of a penalty alone holds parameters the rows of the fit tell little of others:
   * what can be told is that no map is better on the rows of the fit.
   */
  @ParameterizedTest
  @FieldSource("SETS")
  void objectivesAreTheLeast(String set) {
    JsonNode expected = GoldenFile.realSets().get(set).get("objective");
    for (Map.Entry<String, JsonNode> entry : expected.properties()) {
      ClassFit fit = fitted.get(set).fits().get(entry.getKey());
      assertEquals(entry.getValue().asDouble(), objective(fit), EXCESS, fit.map().method());
    }
    assertEquals(3, expected.size());
  }

  private static double objective(ClassFit fit) {
    int classes = fit.map().classes();
    MapNumbers numbers = fit.map().numbers();
    double[] bias = numbers.array("bias");
    boolean isVector = fit.map().method().equals("vector_scaling");
    double trace = 1e-6 * classes / fit.weight();
    double ofBias = isVector ? trace : 0.01 / classes;
    double ofOthers = 0.01 / (classes * (classes - 1));
    double objective = fit.lossAfter();
    for (int i = 0; i < classes; i++) {
      objective += ofBias * bias[i] * bias[i];
      if (isVector) {
        objective += trace * Math.pow(numbers.array("scale")[i] - 1, 2);
        continue;
      }
      for (int j = 0; j < classes; j++) {
        double entry = numbers.array("matrix")[i * classes + j];
        objective += i == j ? trace * Math.pow(entry - 1, 2) : ofOthers * entry * entry;
      }
    }
    return objective;
  }

  @ParameterizedTest
  @FieldSource("SETS")
  void noLossIsInfinite(String set) {
    fitted
        .get(set)
        .losses()
        .forEach((method, loss) -> assertTrue(loss > 0 && Double.isFinite(loss), method));
  }

  /** By cross-fitting; the choice is no worse than no calibration. */
  @ParameterizedTest
  @FieldSource("SETS")
  void theChoiceDoesNoHarm(String set) {
    ClassFit fit = fitted.get(set).automatic();
    double base =
        fit.trials().stream()
            .filter(trial -> trial.method().equals(NONE))
            .findFirst()
            .orElseThrow()
            .loss();
    assertEquals(fitted.get(set).before(), base, 1e-12);
    assertTrue(fit.trial().orElseThrow().loss() <= 1.001 * base, fit.toString());
  }

  /** The sample of the jobs is the set of digits whose model is a network. */
  @Test
  void theSampleIsAmongThem() {
    String logits =
        IntStream.range(0, 10).mapToObj(k -> "logit_" + k).collect(Collectors.joining(", "));
    List<Row> sample =
        spark
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("../jobs/sample/digits.csv")
            .selectExpr("split", "label", "array(%s) AS logits".formatted(logits))
            .collectAsList();
    double[][] expected = logits("real_digits_mlp");
    int[] labels = labels("real_digits_mlp");
    assertEquals(expected.length, sample.size());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(i % 2 == 0 ? "calibration" : "test", sample.get(i).getString(0));
      assertEquals(labels[i], sample.get(i).getInt(1));
      assertEquals(Arrays.stream(expected[i]).boxed().toList(), sample.get(i).getList(2));
    }
  }

  @Test
  void page() {
    StringBuilder table = new StringBuilder("| method |");
    fitted.forEach(
        (set, of) ->
            table.append(
                " %s, %d rows |"
                    .formatted(set.replace("real_", "").replace('_', ' '), of.automatic().rows())));
    table.append("\n|---|").append("---|".repeat(SETS.size())).append('\n');
    List<String> methods = new ArrayList<>(List.of(NONE));
    ClassCalibrators.all().stream()
        .map(ClassCalibrator::name)
        .filter(name -> !name.equals(NONE))
        .forEach(methods::add);
    for (String method : methods) {
      table.append("| `%s` |".formatted(method));
      fitted.values().forEach(of -> table.append(" %s |".formatted(of.cell(method))));
      table.append('\n');
    }
    new MarkdownPage("calibrate.md").check("sets", table.toString());
  }
}
