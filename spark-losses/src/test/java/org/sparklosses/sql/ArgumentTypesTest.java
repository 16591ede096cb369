// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.mllib.linalg.VectorUDT;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.compare.Comparison;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.ml.LossEvaluator;
import org.sparklosses.testing.SharedSession;

/** Values that Spark keeps as numbers, or that it would cast to numbers, are none. */
@ExtendWith(SharedSession.class)
class ArgumentTypesTest {

  /** One of each type that holds no number, with what messages call it. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("DATE'2020-01-01'", "DATE"),
          Map.entry("TIMESTAMP'2020-01-01 00:00:00'", "TIMESTAMP"),
          Map.entry("TIMESTAMP_NTZ'2020-01-01 00:00:00'", "TIMESTAMP_NTZ"),
          Map.entry("INTERVAL '2' DAY", "INTERVAL DAY"),
          Map.entry("INTERVAL '2' YEAR", "INTERVAL YEAR"),
          Map.entry("make_interval(0, 1, 0, 1)", "INTERVAL"),
          Map.entry("true", "BOOLEAN"),
          Map.entry("'2'", "STRING"),
          Map.entry("X'02'", "BINARY"),
          Map.entry("map('a', 1)", "MAP<STRING, INT>"),
          Map.entry("named_struct('a', 1)", "STRUCT<a: INT"));

  private final SparkSession spark;

  ArgumentTypesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Analyses only. */
  private void assertRefused(String call, String... parts) {
    AnalysisException e =
        assertThrows(AnalysisException.class, () -> spark.sql("SELECT " + call), call);
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), call + ": " + e.getMessage());
    }
  }

  private void withAnsi(boolean ansi, Runnable test) {
    String before = spark.conf().get("spark.sql.ansi.enabled");
    try {
      spark.conf().set("spark.sql.ansi.enabled", ansi);
      test.run();
    } finally {
      spark.conf().set("spark.sql.ansi.enabled", before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNoNumberIsRefusedWhileAQueryIsAnalysed(boolean ansi) {
    String z = "array(2D, 0.5D)";
    withAnsi(
        ansi,
        () ->
            OTHERS.forEach(
                (value, type) -> {
                  String array = "array(" + value + ", " + value + ")";
                  for (String catalog : List.of("", "losses.")) {
                    assertRefused(
                        catalog + "cross_entropy_loss(" + z + ", " + value + ")", "target", type);
                    assertRefused(catalog + "focal_loss(" + z + ", " + value + ")", "label", type);
                    assertRefused(
                        catalog + "cross_entropy_loss(" + array + ", 0)",
                        "logits",
                        "ARRAY<" + type);
                    assertRefused(
                        catalog + "cross_entropy_loss(" + z + ", " + array + ")",
                        "target",
                        "ARRAY<" + type);
                    assertRefused(
                        catalog + "focal_loss(" + z + ", 0, " + value + ")",
                        "allowed: a number in [0, inf)",
                        "gamma of type " + type);
                    assertRefused(catalog + "binary_cross_entropy_loss(" + value + ", 1)", type);
                    assertRefused(
                        catalog + "evaluation_state(" + z + ", " + value + ", 1)", "label", type);
                    assertRefused(
                        catalog + "evaluation_state(" + array + ", 0, 1)", "logits", type);
                    if (!type.equals("STRING")) {
                      assertRefused(
                          catalog + "evaluation_state(" + z + ", 0, " + value + ")", type);
                    }
                  }
                  assertRefused(
                      "multilabel_metrics(" + array + ", array(1, 0))", "scores", "ARRAY<" + type);
                  assertRefused("multilabel_metrics(" + z + ", " + value + ")", "targets", type);
                  if (!type.equals("BOOLEAN")) {
                    assertRefused(
                        "multilabel_metrics(" + z + ", " + array + ")", "targets", "ARRAY<" + type);
                  }
                  assertRefused(
                      "cross_entropy_loss(" + z + ", 0, weight => " + array + ")",
                      "allowed: an array of numbers",
                      "weight of type ARRAY<" + type);
                  assertRefused(
                      "cross_entropy_loss(" + z + ", 0, ignore_index => " + value + ")",
                      "allowed: a whole number",
                      "ignore_index of type " + type);
                }));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void settingsOfTheWrongShapeAreRefused(boolean ansi) {
    String call = "focal_loss(array(2D, 0.5D), 0, gamma => ";
    withAnsi(
        ansi,
        () -> {
          assertRefused(
              call + "array(1D))",
              "gamma of type ARRAY<DOUBLE> is not allowed; allowed: a number in [0");
          assertRefused(call + "map())", "gamma of type MAP", "allowed: a number in [0, inf)");
          String cross = "cross_entropy_loss(array(2D, 0.5D), 0, weight => ";
          assertRefused(
              cross + "array('1', '2'))", "of type ARRAY<STRING>", "; cast it if it holds numbers");
          assertRefused(cross + "array(array(1D, 2D)))", "of type ARRAY<ARRAY<DOUBLE>>");
          assertRefused(
              cross + "1D)", "weight of type DOUBLE is not allowed; allowed: an array of numbers");
          assertRefused(cross + "array(1D, NULL))", "weight[1] is NULL");
          assertRefused("cross_entropy_loss(array(array(1D)), 0)", "logits of type ARRAY<ARRAY");
          if (ansi) {
            assertRefused(call + "1 / 0)", "needs a constant as gamma", "has no value");
          }
        });
  }

  @Test
  void whatHoldsNumbersIsTakenWhateverItsType() {
    double p = 1 / (1 + Math.exp(-1.5));
    double expected = -Math.pow(1 - p, 3) * Math.log(p);
    for (String gamma : List.of("3", "3L", "3S", "3Y", "3F", "3BD", "1 + 2")) {
      assertFocalLoss(expected, "array(2D, 0.5D)", "0", gamma);
    }
    for (String label : List.of("0L", "0Y", "0BD", "0F")) {
      assertFocalLoss(expected, "array(2D, 0.5D)", label, "3");
    }
    for (String z : List.of("array(2BD, 0.5BD)", "array(2F, 0.5F)", "array(2, 0.5)")) {
      assertFocalLoss(expected, z, "0", "3");
    }
  }

  private void assertFocalLoss(double expected, String z, String label, String gamma) {
    Row row = spark.sql("SELECT focal_loss(%s, %s, %s)".formatted(z, label, gamma)).head();
    assertEquals(expected, row.getDouble(0), 1e-6 * expected);
  }

  @Test
  void aSessionWithoutTheExtensionRefusesTypesToo() throws NoSuchFunctionException {
    LossCatalog catalog = new LossCatalog();
    StructType input =
        new StructType()
            .add("z", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("y", DataTypes.IntegerType)
            .add("gamma", DataTypes.DateType);
    String message =
        assertThrows(
                UnsupportedOperationException.class,
                () -> catalog.loadFunction(Identifier.of(new String[0], "focal_loss")).bind(input))
            .getMessage();
    assertTrue(
        message.contains("gamma of type DATE is not allowed; allowed: a number in [0, inf)"),
        message);
    StructType state = new StructType().add("z", DataTypes.DateType).add("y", DataTypes.DateType);
    for (String name : List.of("evaluation_state", "evaluation_metric")) {
      assertThrows(
          UnsupportedOperationException.class,
          () -> catalog.loadFunction(Identifier.of(new String[0], name)).bind(state));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void columnsOfTablesAreRefused(boolean ansi) {
    withAnsi(
        ansi,
        () ->
            OTHERS.forEach(
                (value, type) -> {
                  Dataset<Row> table =
                      spark.sql(
                          "SELECT array(2D, 0.5D) AS z, 0 AS y, 1D AS x, "
                              + value
                              + " AS bad, array("
                              + value
                              + ") AS bads");
                  List<Runnable> runs = new ArrayList<>();
                  Evaluation evaluation = Evaluation.ofLogits("z").label("y");
                  runs.add(() -> evaluation.label("bad").run(table));
                  runs.add(() -> evaluation.weight("bad").run(table));
                  runs.add(() -> Evaluation.ofLogits("bad").label("y").run(table));
                  runs.add(() -> Evaluation.ofProbabilities("bads").label("y").run(table));
                  runs.add(
                      () ->
                          Comparison.of("a", Evaluation.ofLogits("z").label("y"))
                              .model("b", "bads")
                              .run(table));
                  runs.add(() -> ForecastEvaluation.ofNormal("x", "bad").label("y").run(table));
                  runs.add(() -> ForecastEvaluation.ofNormal("x", "x").label("bad").run(table));
                  runs.add(() -> ForecastEvaluation.ofEnsemble("bads").label("x").run(table));
                  runs.add(
                      () ->
                          new LossEvaluator()
                              .setLoss("log_loss")
                              .setRawPredictionCol("z")
                              .setLabelCol("bad")
                              .evaluate(table));
                  for (Runnable run : runs) {
                    String message =
                        assertThrows(IllegalArgumentException.class, run::run).getMessage();
                    assertTrue(message.contains("column 'bad"), message);
                    assertTrue(message.contains(type), message);
                  }
                }));
  }

  @Test
  void oldVectorsNameTheirConverter() {
    StructType schema = new StructType().add("v", new VectorUDT()).add("label", "int");
    Dataset<Row> table = spark.createDataFrame(List.of(), schema);
    String converter = "org.apache.spark.mllib.util.MLUtils.convertVectorColumnsToML";
    String message =
        assertThrows(IllegalArgumentException.class, () -> Evaluation.ofLogits("v").run(table))
            .getMessage();
    assertTrue(message.contains(converter), message);
    table.createOrReplaceTempView("old_vectors");
    assertRefused("cross_entropy_loss(v, label) FROM old_vectors", converter);
    assertRefused("evaluation_state(v, label) FROM old_vectors", converter);
  }
}
