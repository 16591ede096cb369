// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.testing.SharedSession;

/** How the functions are called: types, NULLs, names, errors, places in a query. */
@ExtendWith(SharedSession.class)
class FunctionsSqlTest {

  private static final double CROSS_ENTROPY = Math.log(1 + Math.exp(-1.5) + Math.exp(-3));
  private static final double WITHIN = 1e-12;

  private final SparkSession spark;

  FunctionsSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  static List<RowFunction> functions() {
    return List.copyOf(RowFunctions.all());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void everyExampleRuns(RowFunction function) {
    Row row = spark.sql("SELECT " + function.example()).first();
    assertFalse(row.isNullAt(0), function.example());
  }

  @ParameterizedTest
  @MethodSource("functions")
  void describesItself(RowFunction function) {
    String text =
        spark.sql("DESCRIBE FUNCTION EXTENDED " + function.name()).collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.joining("\n"));
    for (String part :
        List.of(
            function.signature(),
            function.summary(),
            function.formula(),
            function.source(),
            "> SELECT " + function.example())) {
      assertTrue(text.contains(part), text);
    }
  }

  @Test
  void areListed() {
    Set<String> shown =
        spark.sql("SHOW FUNCTIONS").collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet());
    for (RowFunction function : functions()) {
      assertTrue(shown.contains(function.name()), function.name());
    }
  }

  @Test
  void catalogListsAndEvaluatesThem() {
    Set<String> shown =
        spark.sql("SHOW FUNCTIONS IN losses").collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toSet());
    for (RowFunction function : functions()) {
      assertTrue(shown.contains("losses." + function.name()), shown.toString());
    }
    assertEquals(
        CROSS_ENTROPY, number("losses.cross_entropy_loss(array(2.0, 0.5, -1.0), 0)"), WITHIN);
    assertEquals(
        number("focal_loss(array(2.0, 0.5, -1.0), 1, gamma => 3)"),
        number("losses.focal_loss(array(2.0, 0.5, -1.0), 1, 3)"),
        0.0);
    assertRefused("losses.focal_loss(array(2.0, 0.5), 1, -3)", "gamma = -3.0 is not allowed");
    assertRefused("losses.focal_loss(array(2.0, 0.5))", "focal_loss takes other arguments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "array(2.0, 0.5, -1.0)",
        "array(2D, 0.5D, -1D)",
        "array(float(2), float(0.5), float(-1))",
        "array(decimal(2), 0.50, -1)",
        "array(4, 1, -2)",
        "array(4L, 1L, tinyint(-2))"
      })
  void takesArraysOfAnyNumbers(String logits) {
    double scale = logits.contains("4") ? 2 : 1;
    double expected = Math.log(1 + Math.exp(-1.5 * scale) + Math.exp(-3 * scale));
    assertEquals(expected, number("cross_entropy_loss(" + logits + ", 0)"), 1e-7);
    assertEquals(expected, number("cross_entropy_loss(" + logits + ", array(1, 0, 0))"), 1e-7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tinyint(0)",
        "smallint(0)",
        "0",
        "bigint(0)",
        "float(0)",
        "double(0)",
        "0.0",
        "0.00BD"
      })
  void takesLabelsOfAnyNumberType(String label) {
    assertEquals(
        CROSS_ENTROPY, number("cross_entropy_loss(array(2.0, 0.5, -1.0), " + label + ")"), WITHIN);
    assertEquals(
        CROSS_ENTROPY,
        number(
            "cross_entropy_loss(array(2.0, 0.5, -1.0), "
                + label
                + ", 1e-300, array(1.0, 1.0, 1.0))"),
        WITHIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cross_entropy_loss(NULL, 0)",
        "cross_entropy_loss(array(1.0, 2.0), NULL)",
        "cross_entropy_loss(array(1.0, 2.0), -100)",
        "cross_entropy_loss(array(1.0, 2.0), bigint(-100))",
        "cross_entropy_loss(array(1.0, 2.0), -100D)",
        "cross_entropy_loss(array(1.0, 2.0), 7, ignore_index => 7)",
        "cross_entropy_loss(CAST(NULL AS ARRAY<FLOAT>), array(0.5, 0.5))",
        "cross_entropy_loss(array(1.0, 2.0), CAST(NULL AS ARRAY<FLOAT>))",
        "cross_entropy_loss(array(1.0, 2.0), -100, 0.1, array(1.0, 2.0))",
        "is_correct(array(1.0, 2.0), -100)",
        "row_statistics(array(1.0, 2.0), -100)",
        "row_statistics(array(1.0, 2.0), NULL)",
        "confidence(NULL)",
        "softmax(CAST(NULL AS ARRAY<DOUBLE>))",
        "softmax_top_k(CAST(NULL AS ARRAY<FLOAT>))",
        "softmax_top_k(array(1D, double('Infinity')))",
        "predicted_class(array(1D, double('NaN')))",
        "is_correct(array(1D, double('NaN')), 0)"
      })
  void givesNull(String call) {
    for (Engine engine : Engine.values()) {
      engine.run(spark, () -> assertNull(value(call), engine.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cross_entropy_loss(array(1.0, 2.0), 2) | cross_entropy_loss: label 2 is outside [0, 2):"
            + " labels are class indices from 0; mark rows without one by NULL or -100",
        "cross_entropy_loss(array(1.0, 2.0), -100, ignore_index => 7) | label -100 is outside"
            + " [0, 2): labels are class indices from 0; mark rows without one by NULL or 7",
        "row_statistics(array(1.0, 2.0), -1) | row_statistics: label -1 is outside [0, 2)",
        "focal_loss(array(1.0, 2.0), 0.5) | focal_loss: label 0.5 is not a whole number",
        "focal_loss(array(1.0, 2.0), double('NaN')) | focal_loss: label NaN is not a whole number",
        "focal_loss(array(1.0, 2.0), 3000000000) | label 3000000000 is too large",
        "cross_entropy_loss(array(1.0, 2.0), 0.5, 0.1, array(1, 2)) | label 0.5 is not a whole",
        "confidence(CAST(array() AS ARRAY<DOUBLE>)) | confidence: logits is an empty array",
        "softmax(CAST(array() AS ARRAY<DOUBLE>), 2) | softmax: logits is an empty array",
        "nll_loss(array(1.0, NULL, 2.0), 0) | nll_loss: log_probs[1] is NULL",
        "softmax(array(1.0, NULL), 2) | softmax: logits[1] is NULL",
        "softmax_top_k(array(1.0, NULL)) | softmax_top_k: logits[1] is NULL",
        "softmax_top_k(CAST(array() AS ARRAY<DOUBLE>)) | softmax_top_k: logits is an empty array",
        "brier_loss(array(1.0, 2.0), array(0.5, 0.25, 0.25)) | brier_loss: target has 3 entries,"
            + " but logits has 2",
        "focal_loss(array(1.0, 2.0), 0, weight => array(1, 2, 3)) | focal_loss: weight has 3"
            + " entries, but the row has 2 classes"
      })
  void refusesRows(String call, String message) {
    for (Engine engine : Engine.values()) {
      engine.run(
          spark,
          () -> {
            Exception e = assertThrows(Exception.class, () -> value(call));
            assertTrue(e.getMessage().contains(message), e.getMessage());
          });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "focal_loss(array(1.0, 2.0), 0, gamma => -1) | focal_loss: gamma = -1.0 is not allowed;"
            + " allowed: a number in [0, inf)",
        "focal_loss(array(1.0, 2.0), 0, gama => 1) | focal_loss: unknown parameter 'gama'; did you"
            + " mean 'gamma'?",
        "focal_loss(array(1.0, 2.0), 0, delta => 1) | focal_loss: unknown parameter 'delta'; it"
            + " takes logits, label, gamma, weight",
        "focal_loss(array(1.0, 2.0), 0, 1, gamma => 1) | focal_loss: gamma is given twice; leave"
            + " one out",
        "focal_loss(array(1.0, 2.0), 0, gamma => 'high') | focal_loss: gamma of type STRING is not"
            + " allowed; allowed: a number in [0, inf); cast it",
        "focal_loss(array(1.0, 2.0)) | focal_loss: label must be given; it is focal_loss(logits"
            + " ARRAY<DOUBLE>, label INT, gamma DOUBLE = 2.0, weight ARRAY<DOUBLE> = NULL)",
        "focal_loss(array(1.0, 2.0), 0, 1, array(1, 1), 1) | focal_loss takes at most 4 arguments",
        "focal_loss('1, 2', 0) | focal_loss: logits of type STRING is not allowed; allowed: an"
            + " array of numbers or an MLlib vector",
        "focal_loss(array('1', '2'), 0) | focal_loss: logits of type ARRAY<STRING> is not allowed",
        "focal_loss(array(1.0, 2.0), 'cat') | focal_loss: label of type STRING is not allowed;"
            + " allowed: a class index (a whole number)",
        "focal_loss(array(1.0, 2.0), array(0.5, 0.5)) | label of type ARRAY<DECIMAL(1,1)> is not"
            + " allowed",
        "focal_loss(array(1.0, 2.0), 0, rand()) | focal_loss needs a constant as gamma",
        "top_k_correct(array(1.0, 2.0), 0, 0) | top_k_correct: k = 0 is not allowed; allowed: a"
            + " whole number in [1, inf)",
        "softmax_top_k(array(1.0, 2.0), 0) | softmax_top_k: k = 0 is not allowed; allowed: a whole"
            + " number in [1, inf)",
        "softmax(array(1.0, 2.0), temperature => 0) | softmax: temperature = 0.0 is not allowed"
      })
  void refusesCallsWhenTheQueryIsAnalysed(String call, String message) {
    assertRefused(call, message);
  }

  @Test
  void takesArgumentsByPlaceAndByName() {
    double expected = number("focal_loss(array(2.0, 0.5), 1, 3.0, array(1.0, 0.5))");
    for (String call :
        List.of(
            "focal_loss(array(2.0, 0.5), 1, gamma => 3, weight => array(1, 0.5))",
            "focal_loss(weight => array(1, 0.5), GAMMA => 3, label => 1, logits => array(2, 0.5))",
            "focal_loss(array(2.0, 0.5), 1, 1 + 2, array(1, 1 / 2))")) {
      assertEquals(expected, number(call), WITHIN, call);
    }
    assertEquals(
        number("focal_loss(array(2.0, 0.5), 1)"),
        number("focal_loss(array(2.0, 0.5), 1, NULL)"),
        0.0);
  }

  @Test
  void namesColumnsAfterTheCall() {
    predictions();
    assertEquals(
        List.of(
            "focal_loss(logits, label)",
            "focal_loss(logits, label, gamma => 3.0)",
            "softmax(logits, temperature => 2.0)",
            "confidence(logits)"),
        List.of(
            spark
                .sql(
                    "SELECT focal_loss(logits, label), focal_loss(logits, label, 3),"
                        + " softmax(logits, 2), confidence(logits) FROM predictions")
                .columns()));
  }

  @Test
  void resultsHaveTheDeclaredTypes() {
    predictions();
    assertEquals(
        List.of(
            DataTypes.DoubleType,
            DataTypes.IntegerType,
            DataTypes.BooleanType,
            DataTypes.createArrayType(DataTypes.DoubleType, false),
            ClassesArray.TYPE,
            StatisticsRow.TYPE),
        Arrays.stream(
                spark
                    .sql(
                        "SELECT focal_loss(logits, label), predicted_class(logits),"
                            + " is_correct(logits, label), softmax(logits), softmax_top_k(logits),"
                            + " row_statistics(logits, label) FROM predictions")
                    .schema()
                    .fields())
            .map(field -> field.dataType())
            .toList());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void workAnywhereInAQuery(Engine engine) {
    predictions();
    spark.sql(
        "CREATE OR REPLACE TEMP VIEW scored AS SELECT *, cross_entropy_loss(logits, label) AS loss,"
            + " predicted_class(logits) AS predicted FROM predictions");
    double right = Math.log(1 + Math.exp(-3));
    double wrong = Math.log(1 + Math.exp(3));
    engine.run(
        spark,
        () -> {
          assertEquals(
              (right + wrong) / 2,
              spark
                  .sql("SELECT avg(cross_entropy_loss(logits, label)) FROM predictions")
                  .first()
                  .getDouble(0),
              WITHIN);
          List<Row> groups =
              spark
                  .sql(
                      "SELECT is_correct(logits, label) AS right, avg(loss), count(*) FROM scored"
                          + " WHERE confidence(logits) > 0.5 AND loss >= 0 GROUP BY 1 ORDER BY 1")
                  .collectAsList();
          assertEquals(2, groups.size());
          assertEquals(wrong, groups.get(0).getDouble(1), WITHIN);
          assertEquals(right, groups.get(1).getDouble(1), WITHIN);
          List<Row> running =
              spark
                  .sql(
                      "SELECT id, sum(loss) OVER (ORDER BY brier_loss(logits, label), id),"
                          + " rank() OVER (ORDER BY margin(logits) DESC) FROM scored ORDER BY id")
                  .collectAsList();
          assertEquals(right, running.get(0).getDouble(1), WITHIN);
          assertEquals(right + wrong, running.get(1).getDouble(1), WITHIN);
          assertEquals(
              3,
              spark
                  .sql(
                      "SELECT count(*) FROM scored a JOIN scored b ON a.predicted ="
                          + " predicted_class(b.logits) AND a.id < b.id")
                  .first()
                  .getLong(0));
          assertEquals(
              right,
              spark
                  .sql(
                      "SELECT min(s.label_logit), min(nll_loss(log_softmax(logits), label)) FROM"
                          + " (SELECT *, row_statistics(logits, label) AS s FROM predictions)")
                  .first()
                  .getDouble(1),
              WITHIN);
        });
  }

  @Test
  void registerServesASessionThatCouldNotBeExtended() {
    SparkSession session = spark.newSession();
    String call = "focal_loss(array(2.0, 0.5, -1.0), 1, gamma => 3)";
    double expected = number(call);
    String state = "evaluation_metric(evaluation_state(array(0D, 0D), 1), 'log_loss')";
    FunctionRegistry registry = session.sessionState().functionRegistry();
    for (SqlFunction function : SqlFunction.ALL) {
      assertTrue(registry.dropFunction(registered(registry, function.identifier().funcName())));
    }
    assertThrows(AnalysisException.class, () -> session.sql("SELECT " + call));
    assertThrows(AnalysisException.class, () -> session.sql("SELECT " + state));
    SparkLosses.register(session);
    assertEquals(expected, session.sql("SELECT " + call).first().getDouble(0), 0.0);
    assertEquals(Math.log(2), session.sql("SELECT " + state).first().getDouble(0), WITHIN);
    assertEquals(
        spark.sql("SHOW FUNCTIONS").collectAsList(), session.sql("SHOW FUNCTIONS").collectAsList());
    String description = "DESCRIBE FUNCTION EXTENDED focal_loss";
    assertEquals(spark.sql(description).collectAsList(), session.sql(description).collectAsList());
  }

  @Test
  void registerChangesNothingWhereTheFunctionsAreKnown() {
    FunctionRegistry registry = spark.sessionState().functionRegistry();
    FunctionIdentifier focal = registered(registry, "focal_loss");
    Object builder = registry.lookupFunctionBuilder(focal).get();
    Object info = registry.lookupFunction(focal).get();
    SparkLosses.register(spark);
    assertSame(builder, registry.lookupFunctionBuilder(focal).get());
    assertSame(info, registry.lookupFunction(focal).get());
  }

  @Test
  void viewsOfTheCatalogsFunctionsServeEverySession() {
    spark.sql(
        "CREATE OR REPLACE VIEW kept AS SELECT losses.focal_loss(array(2.0, 0.5), 1, 3) AS focal,"
            + " losses.evaluation_metric("
            + "losses.evaluation_state(array(0D, 0D), 1), 'log_loss') AS log_loss");
    try {
      Row row = spark.newSession().table("kept").first();
      assertEquals(number("focal_loss(array(2.0, 0.5), 1, gamma => 3)"), row.getDouble(0), 0.0);
      assertEquals(Math.log(2), row.getDouble(1), WITHIN);
    } finally {
      spark.sql("DROP VIEW kept");
    }
  }

  /** The name under which a function is registered, whose form depends on the version of Spark. */
  private static FunctionIdentifier registered(FunctionRegistry registry, String name) {
    return Scala.list(registry.listFunction()).stream()
        .filter(identifier -> identifier.funcName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void predictions() {
    spark.sql(
        "CREATE OR REPLACE TEMP VIEW predictions AS SELECT /*+ REPARTITION(1) */ * FROM VALUES"
            + " (1, array(4D, 1D), 0), (2, array(4D, 1D), 1),"
            + " (3, array(4D, 1D), -100) AS t(id, logits, label)");
  }

  private void assertRefused(String call, String message) {
    AnalysisException e =
        assertThrows(AnalysisException.class, () -> spark.sql("SELECT " + call), call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private double number(String call) {
    return (Double) value(call);
  }

  /** Over a table that the optimizer cannot fold, so that the engine under test evaluates it. */
  private Object value(String call) {
    return spark
        .sql("SELECT " + call + " FROM (SELECT /*+ REPARTITION(1) */ id FROM range(1))")
        .first()
        .get(0);
  }
}
