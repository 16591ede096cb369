// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.ml.CalibrationEvaluator;
import org.sparklosses.ml.LossEvaluator;
import org.sparklosses.table.ColumnarPass;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/** What passes as probabilities or logits, from batches and from rows. */
@ExtendWith(SharedSession.class)
class ProbabilityRulesTest {

  private static final double LEAST = 0x1p-52;

  @TempDir private Path directory;

  private final SparkSession spark;

  ProbabilityRulesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The table as Parquet, which is read by batches. */
  private Dataset<Row> stored(Dataset<Row> table) {
    String path = directory.resolve("table").toString();
    table.coalesce(1).write().mode("overwrite").parquet(path);
    return spark.read().parquet(path);
  }

  private static EvaluationResult sameByRows(Evaluation evaluation, Dataset<Row> stored) {
    Dataset<Row> exchanged = stored.repartition(3);
    assertTrue(ColumnarPass.of(evaluation.columns(stored)).isPresent());
    assertFalse(ColumnarPass.of(evaluation.columns(exchanged)).isPresent());
    EvaluationResult result = evaluation.run(stored);
    assertEquals(result, evaluation.run(exchanged));
    return result;
  }

  private static String refusal(Evaluation evaluation, Dataset<Row> stored) {
    return assertThrows(EvaluationException.class, () -> evaluation.run(stored)).getMessage();
  }

  @Test
  void roundingHasTheSameToleranceOnBothSides() {
    Dataset<Row> table =
        stored(
            spark.sql(
                "SELECT * FROM VALUES (array(1.0000001D, -1e-17D), 0), (array(-1e-17D, 1D), 1),"
                    + " (array(-0.9e-4D, 1.00009D), 0), (array(0.25D, 0.75D), 1),"
                    + " (array(0.49996D, 0.5D), 0), (array(0.5D, 0.50004D), 1) AS t(p, label)"));
    double[] labels = {1, 1, 0, 0.75, 0.49996, 0.50004};
    double expected = 0;
    for (double p : labels) {
      expected -= Math.log(Math.min(Math.max(p, LEAST), 1 - LEAST)) / labels.length;
    }

    EvaluationResult result =
        sameByRows(
            Evaluation.ofProbabilities("p").metrics("log_loss", "brier", "mean_confidence"), table);

    assertEquals(expected, result.value("log_loss"), 1e-15 * expected);
    assertEquals(
        (0 + 0 + 2 + 0.125 + (0.50004 * 0.50004 + 0.25) + (0.25 + 0.49996 * 0.49996)) / 6,
        result.value("brier"),
        1e-15);
    Ledger ledger = result.overall().ledger();
    assertEquals(6, ledger.rowsEvaluated());
    assertEquals(3, ledger.count(InputCheck.CLIPPED));
    assertEquals(0, ledger.count(InputCheck.RENORMALISED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DOUBLE", "FLOAT", "DECIMAL(9,7)"})
  void oneNumberIsRoundedToo(String type) {
    Dataset<Row> table =
        stored(
            spark.sql(
                ("SELECT CAST(p AS %s) AS p, label FROM VALUES (1.0000001D, 1), (-0.0000001D, 0),"
                        + " (0.25D, 1), (1.00009D, 0) AS t(p, label)")
                    .formatted(type)));

    EvaluationResult result = sameByRows(Evaluation.ofProbabilities("p"), table);

    assertEquals((0 + 0 + 2 * 0.75 * 0.75 + 2) / 4, result.value("brier"), 1e-15);
    assertEquals(3, result.overall().ledger().count(InputCheck.CLIPPED));
    assertEquals(4, result.overall().ledger().rowsEvaluated());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5D              | 1.5 as the probability of class 1, -0.5 of class 0, in the row ",
        "-0.2D             | -0.2 as the probability of class 1, 1.2 of class 0, in the row ",
        "1.0002D           | 1.0002 as the probability of class 1, -1.9999999999997797E-4 of class"
            + " 0, in the row ",
        "array(0.5D, 1.2D) | 1.2 at index 1, in the row ",
        "array(-0.1D, 1D)  | -0.1 at index 0, in the row ",
        "array(0.2D, 0.7D) | they sum to 0.8999999999999999, in the row "
      })
  void beyondTheToleranceTheNumberIsNamed(String p, String problem) {
    Dataset<Row> table = stored(spark.sql("SELECT 7L AS id, 1 AS label, " + p + " AS score"));

    Evaluation evaluation = Evaluation.ofProbabilities("score").key("id");
    String message = refusal(evaluation, table);

    assertEquals(message, refusal(evaluation, table.repartition(3)));
    assertTrue(message.contains("column 'score': "), message);
    assertTrue(message.contains(problem + " with id = 7"), message);
    boolean isSum = problem.startsWith("they");
    assertEquals(isSum, message.contains("renormalise()"), message);
    assertEquals(!isSum, message.contains("were logits declared as probabilities?"), message);
  }

  /** The nearest number with the 8 bits that bfloat16 has. */
  private static float bfloat16(double x) {
    int bits = Float.floatToRawIntBits((float) x);
    int rounded = bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000;
    return Float.intBitsToFloat(rounded);
  }

  private record HalfPrecision(Dataset<Row> table, double logLoss, double brier, long off) {}

  private HalfPrecision softmaxInHalfPrecision(int rows, int classes) {
    Random random = new Random(classes);
    List<Row> table = new ArrayList<>();
    double logLoss = 0;
    double brier = 0;
    long off = 0;
    for (int i = 0; i < rows; i++) {
      double[] e = random.doubles(classes).map(x -> Math.exp(6 * x)).toArray();
      double norm = Arrays.stream(e).sum();
      Float[] p = new Float[classes];
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        p[j] = bfloat16(e[j] / norm);
        sum += p[j];
      }
      int label = random.nextInt(classes);
      off += Math.abs(sum - 1) > 1e-4 ? 1 : 0;
      logLoss -= Math.log(p[label] / sum) / rows;
      for (int j = 0; j < classes; j++) {
        double difference = p[j] / sum - (j == label ? 1 : 0);
        brier += difference * difference / rows;
      }
      table.add(RowFactory.create(p, label));
    }
    StructType schema =
        new StructType()
            .add("p", DataTypes.createArrayType(DataTypes.FloatType))
            .add("label", DataTypes.IntegerType);
    return new HalfPrecision(
        stored(
            spark
                .createDataFrame(table, schema)
                .withColumn("doubles", col("p").cast("array<double>"))
                .withColumn("vector", functions.array_to_vector(col("p")))),
        logLoss,
        brier,
        off);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 32, 1000})
  void softmaxInHalfPrecisionIsRenormalised(int classes) {
    HalfPrecision half = softmaxInHalfPrecision(100, classes);
    assertTrue(half.off > 0);
    assertTrue(refusal(Evaluation.ofProbabilities("p"), half.table).contains("renormalise()"));

    for (String column : List.of("p", "doubles", "vector")) {
      Dataset<Row> table = half.table.select(col(column).as("p"), col("label"));
      EvaluationResult result =
          sameByRows(
              Evaluation.ofProbabilities("p").metrics("log_loss", "brier").renormalise(), table);

      assertEquals(half.logLoss, result.value("log_loss"), 1e-13 * half.logLoss);
      assertEquals(half.brier, result.value("brier"), 1e-13 * half.brier);
      assertEquals(half.off, result.overall().ledger().count(InputCheck.RENORMALISED));
      assertEquals(100, result.overall().ledger().rowsEvaluated());
    }
  }

  @Test
  void everyEntryPointRenormalises() {
    HalfPrecision half = softmaxInHalfPrecision(30, 10);
    Evaluation evaluation = Evaluation.ofProbabilities("p").renormalise();
    EvaluationResult expected = evaluation.run(half.table);

    ComparisonResult comparison =
        Comparison.of("a", Evaluation.ofProbabilities("p").renormalise())
            .model("b", "p")
            .run(half.table);
    SliceResult second = comparison.overall().models().get(1);
    assertEquals(expected.value("log_loss"), second.value("log_loss"));
    assertEquals(half.off, second.ledger().count(InputCheck.RENORMALISED));

    byte[] bytes =
        half.table
            .select(
                expr(
                    "evaluation_state(p, label, 'input=probabilities;renormalise=true;"
                        + "metrics=log_loss, brier')"))
            .head()
            .getAs(0);
    EvaluationState state = EvaluationState.of(bytes);
    assertEquals(expected.value("log_loss"), state.metric("log_loss").value());
    assertEquals(half.off, state.ledger().count(InputCheck.RENORMALISED));

    assertEquals(
        expected.value("log_loss"),
        new LossEvaluator()
            .setLoss("log_loss")
            .setProbabilityCol("p")
            .setRenormalise(true)
            .evaluate(half.table));
    assertEquals(
        expected.value("top_label_calibration_error"),
        new CalibrationEvaluator()
            .setProbabilityCol("p")
            .setRenormalise(true)
            .evaluate(half.table));
  }

  @Test
  void whatCannotBeRenormalised() {
    Dataset<Row> table =
        stored(
            spark.sql(
                "SELECT * FROM VALUES (array(0.2D, 0.2D), 0), (array(0D, 0D), 0),"
                    + " (array(2D, 1D), 0), (array(-0.2D, 0.4D), 0),"
                    + " (array(CAST('NaN' AS DOUBLE), 1D), 1) AS t(p, label)"));
    Evaluation evaluation =
        Evaluation.ofProbabilities("p")
            .renormalise()
            .policy(InputCheck.NOT_NORMALISED, Policy.DROP)
            .policy(InputCheck.NAN, Policy.DROP);

    EvaluationResult result = sameByRows(evaluation, table);

    assertEquals(Math.log(2), result.value("log_loss"), 1e-16);
    Ledger ledger = result.overall().ledger();
    assertEquals(1, ledger.rowsEvaluated());
    assertEquals(1, ledger.count(InputCheck.RENORMALISED));
    assertEquals(3, ledger.count(InputCheck.NOT_NORMALISED));
    assertEquals(1, ledger.count(InputCheck.NAN));
    assertThrows(IllegalArgumentException.class, () -> Evaluation.ofLogits("logits").renormalise());
  }

  @ParameterizedTest
  @ValueSource(strings = {"array(z)", "array(CAST(z AS FLOAT))", "vector"})
  void oneLogitInAnArrayIsRefused(String logits) {
    Dataset<Row> values =
        spark
            .sql("SELECT * FROM VALUES (1L, 2D, 1), (2L, -1.5D, 0), (3L, 0.3D, 1) AS t(id, z, y)")
            .withColumn("vector", functions.array_to_vector(expr("array(z)")))
            .withColumn("label", expr("y % 1"));
    Dataset<Row> table = stored(values.withColumn("logits", expr(logits)));
    Evaluation evaluation = Evaluation.ofLogits("logits");

    String message =
        assertThrows(InvalidRowException.class, () -> evaluation.key("id").run(table)).getMessage();

    assertTrue(message.contains("column 'logits': predictions are an array of one entry"), message);
    assertTrue(message.contains("give the number itself, that of class 1"), message);
    assertTrue(message.contains("logits[0]"), message);
    EvaluationResult dropped =
        sameByRows(evaluation.policy(InputCheck.ONE_CLASS, Policy.DROP), table);
    assertEquals(3, dropped.overall().ledger().count(InputCheck.ONE_CLASS));
    assertThrows(
        InvalidRowException.class,
        () -> Comparison.of("a", Evaluation.ofLogits("logits")).model("b", "logits").run(table));
    assertThrows(
        InvalidRowException.class,
        () ->
            new LossEvaluator().setLoss("log_loss").setRawPredictionCol("logits").evaluate(table));
    Exception inSql =
        assertThrows(
            Exception.class,
            () -> table.select(expr("evaluation_state(logits, label)")).collectAsList());
    assertTrue(inSql.toString().contains("array of one entry"), inSql.toString());
    assertThrows(IllegalArgumentException.class, () -> evaluation.classes(1));

    double[] z = {2, -1.5, 0.3};
    double[] y = {1, 0, 1};
    double loss = 0;
    for (int i = 0; i < z.length; i++) {
      loss += Math.log1p(Math.exp(y[i] == 1 ? -z[i] : z[i])) / z.length;
    }
    assertEquals(
        loss, sameByRows(Evaluation.ofLogits("z").label("y"), table).value("log_loss"), 1e-15);
  }

  @Test
  void oneEntryAmongOthersIsOfTheWrongLengthWhereClassesAreDeclared() {
    Dataset<Row> table =
        stored(
            spark.sql(
                "SELECT * FROM VALUES (array(2D), 0), (array(1D, 0D), 0) AS t(logits, label)"));
    Evaluation evaluation = Evaluation.ofLogits("logits");

    EvaluationResult declared =
        sameByRows(evaluation.classes(2).policy(InputCheck.LENGTH_MISMATCH, Policy.DROP), table);
    EvaluationResult undeclared =
        sameByRows(evaluation.policy(InputCheck.ONE_CLASS, Policy.DROP), table);

    assertEquals(1, declared.overall().ledger().count(InputCheck.LENGTH_MISMATCH));
    assertEquals(1, undeclared.overall().ledger().count(InputCheck.ONE_CLASS));
    assertEquals(Math.log1p(Math.exp(-1)), undeclared.value("log_loss"), 1e-15);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array(0.2 + 0.02 * (id % 10), 0.8 - 0.02 * (id % 10))            | 50",
        "array(0.1D, CAST(0.2 AS DOUBLE), 0.702D)                         | 50",
        "0.02D * (id % 50)                                                | 50",
        "IF(id = 49, 1.5D, 0.02D * id)                                    | 0",
        "array(0.02D * id, -0.02D * id)                                   | 0",
        "array(0.1D, 0.2D, 0.5D)                                          | 0",
        "IF(id = 3, array(1D, 1D), array(0.25D, 0.75D))                   | 0"
      })
  void logitsThatLookLikeProbabilities(String logits, long found) {
    for (String type : List.of("FLOAT", "DOUBLE")) {
      String cast = logits.contains("array") ? "ARRAY<" + type + ">" : type;
      Dataset<Row> table =
          stored(
              spark
                  .range(50)
                  .withColumn("label", expr("id % 2"))
                  .withColumn(
                      "logits", expr(String.format(Locale.ROOT, "CAST(%s AS %s)", logits, cast))));

      EvaluationResult result =
          sameByRows(Evaluation.ofLogits("logits").metrics("accuracy").slice("label"), table);

      assertEquals(found, result.overall().ledger().count(InputCheck.PROBABILITY_LIKE));
    }
  }
}
