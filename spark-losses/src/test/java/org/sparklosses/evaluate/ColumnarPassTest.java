// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.ColumnarPass;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.RecordsRead;
import org.sparklosses.testing.SharedSession;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The pass over batches against the aggregate over rows, which an exchange in the plan brings
 * about.
 */
@ExtendWith(SharedSession.class)
class ColumnarPassTest {

  @TempDir private Path directory;

  private final SparkSession spark;
  private Dataset<Row> table;

  ColumnarPassTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void writeTable() {
    String path = directory.resolve("table").toString();
    spark
        .range(0, 3000, 1, 5)
        .select(
            col("id"),
            expr("transform(sequence(0, 6), k -> CAST(sin(id * (k + 1)) * 3 AS FLOAT))")
                .as("logits"),
            expr("CAST(id * 31 % 7 AS INT)").as("label"),
            expr("id % 4 / 2.0D").as("weight"),
            expr("element_at(array('a', 'b', NULL), CAST(id % 3 AS INT) + 1)").as("country"))
        .withColumn("doubles", col("logits").cast("array<double>"))
        .withColumn("vector", functions.array_to_vector(col("logits")))
        .withColumn("holed", expr("IF(id % 10 = 3, transform(logits, x -> NULL), logits)"))
        .withColumn("missing", expr("IF(id % 10 = 4, NULL, logits)"))
        .write()
        .parquet(path);
    table = spark.read().parquet(path);
  }

  private void assertBothAgree(Evaluation evaluation) {
    BatchesAndRows.assertAgree(evaluation, table);
  }

  @Test
  void filtersAgreeWithTheAggregate() {
    Dataset<Row> whole = table;
    String texts = "concat(IF(id % 3 = 0, 'x', ''), label)";
    for (String condition :
        List.of("id % 3 = 1", "country = 'a' AND weight > 0.5", "id < 0", "country IS NULL")) {
      Dataset<Row> filtered = whole.where(condition);
      for (String column : List.of("logits", "doubles", "vector")) {
        table = filtered;
        assertBothAgree(Evaluation.ofLogits(column));
        assertBothAgree(Evaluation.ofLogits(column).weight("weight").slice("country"));
      }
      // What the condition leaves out must not be read: 'x5' is no number.
      table = filtered.where("id % 3 != 0").withColumn("text", expr("CAST(" + texts + " AS INT)"));
      assertBothAgree(Evaluation.ofLogits("logits").label("text"));
      assertEquals(
          filtered.count(),
          Evaluation.ofLogits("logits").run(filtered).overall().ledger().rowsSeen());
    }
    table = whole.where("id % 2 = 0");
    assertBothAgree(Evaluation.ofLogits("missing").policy(InputCheck.NULL_PREDICTION, Policy.DROP));
    assertFalse(
        ColumnarPass.of(Evaluation.ofLogits("logits").columns(whole.where("rand(7) < 0.5")))
            .isPresent());
    Dataset<Row> below = whole.where("id < (SELECT 100 + max(id) FROM range(0, 50))");
    assertEquals(149, Evaluation.ofLogits("logits").run(below).overall().ledger().rowsSeen());
  }

  @Test
  void floatsDoublesAndVectorsAgreeWithTheAggregate() {
    for (String column : List.of("logits", "doubles", "vector")) {
      assertBothAgree(Evaluation.ofLogits(column));
      assertBothAgree(Evaluation.ofLogits(column).weight("weight").slice("country"));
    }
  }

  @Test
  void probabilitiesOfAllTypesAgreeWithTheAggregate() {
    String path = directory.resolve("probabilities").toString();
    Dataset<Row> doubles =
        table
            .withColumn("e", expr("transform(doubles, z -> exp(z))"))
            .withColumn("s", expr("aggregate(e, 0.0D, (a, x) -> a + x)"))
            .withColumn("doubles", expr("transform(e, x -> x / s)"));
    doubles
        .withColumn("floats", col("doubles").cast("array<float>"))
        .withColumn("vector", functions.array_to_vector(col("doubles")))
        .withColumn("mixed", oddVectors())
        .withColumn("given", expr("CAST(IF(id % 17 = 4, label + 0.5, label) AS DOUBLE)"))
        .drop("e", "s", "logits", "holed", "missing")
        .write()
        .parquet(path);
    table = spark.read().parquet(path);
    for (String column : List.of("floats", "doubles", "vector", "mixed")) {
      Evaluation evaluation =
          BatchesAndRows.dropping(Evaluation.ofProbabilities(column).classes(7));
      assertBothAgree(evaluation);
      assertBothAgree(evaluation.label("given").weight("weight").slice("country"));
      assertBothAgree(evaluation.label("given").slice("country").bootstrap("id").replicates(20));
    }
    Ledger ledger =
        Evaluation.ofProbabilities("mixed")
            .policy(InputCheck.NULL_PREDICTION, Policy.DROP)
            .policy(InputCheck.NOT_NORMALISED, Policy.DROP)
            .policy(InputCheck.NAN, Policy.DROP)
            .run(table)
            .overall()
            .ledger();
    assertEquals(600, ledger.count(InputCheck.NULL_PREDICTION));
    assertEquals(600, ledger.count(InputCheck.NOT_NORMALISED));
    assertEquals(600, ledger.count(InputCheck.NAN));
    assertEquals(1200, ledger.rowsEvaluated());
  }

  /** One number a row, which stands for two classes. */
  @Test
  void numbersOfTheSecondClassAgreeWithTheAggregate() {
    String path = directory.resolve("numbers").toString();
    spark
        .range(0, 9000, 1, 2)
        .select(
            col("id"),
            expr("IF(id % 11 = 4, NULL, (1 + sin(id)) / 2)").as("p"),
            expr("CAST((1 + cos(id)) / 2 AS FLOAT)").as("f"),
            expr("CASE id % 90 WHEN 3 THEN 1.5D WHEN 4 THEN -1D WHEN 5 THEN 'NaN' ELSE 0.25D END")
                .cast("double")
                .as("faulty"),
            expr("IF(id % 50 = 7, 'Infinity', tan(id))").cast("double").as("z"),
            expr("CAST(id % 2 AS INT)").as("whole"),
            expr("IF(id % 13 = 5, 2, id * id % 5 % 2)").cast("double").as("label"),
            expr("id % 4 / 2.0D").as("weight"),
            expr("concat('c', id % 3)").as("country"))
        .write()
        .parquet(path);
    table =
        spark
            .read()
            .parquet(path)
            .withColumn("made", expr("array(1 - p, p)"))
            .withColumn("halves", expr("array(p / 2, p / 2)"));
    for (String column : List.of("p", "f", "faulty", "whole", "made", "halves")) {
      assertBothAgree(
          BatchesAndRows.dropping(Evaluation.ofProbabilities(column).classes(2)).slice("country"));
      assertBothAgree(
          BatchesAndRows.dropping(Evaluation.ofProbabilities(column).classes(2)).weight("weight"));
    }
    for (String column : List.of("z", "f", "whole", "p")) {
      assertBothAgree(
          BatchesAndRows.dropping(Evaluation.ofLogits(column).classes(2)).slice("country"));
    }
    Ledger ledger =
        BatchesAndRows.dropping(Evaluation.ofProbabilities("faulty").classes(2))
            .run(table)
            .overall()
            .ledger();
    assertEquals(100, ledger.count(InputCheck.NAN));
    assertEquals(200, ledger.count(InputCheck.NOT_NORMALISED));
    double mean =
        table
            .where("label < 2")
            .agg(expr("avg(-ln(IF(label = 1, p, 1 - p)))"))
            .first()
            .getDouble(0);
    double logLoss =
        BatchesAndRows.dropping(Evaluation.ofProbabilities("p").classes(2))
            .run(table)
            .value("log_loss");
    assertEquals(mean, logLoss, 1e-12 * mean);
  }

  /** Of five rows one is NULL, one sparse, one not normalised, one has a NaN and one is dense. */
  private static Column oddVectors() {
    UserDefinedFunction odd =
        udf(
            (Long id, Seq<Double> p) ->
                switch ((int) (id % 5)) {
                  case 0 -> null;
                  case 1 -> Vectors.sparse(7, new int[] {2, 5}, new double[] {0.25, 0.75});
                  case 2 -> Vectors.dense(1, 0, 0, 0, 0, 0, 0.5);
                  case 3 -> Vectors.dense(1, 0, 0, 0, 0, 0, Double.NaN);
                  default ->
                      Vectors.dense(
                          CollectionConverters.asJava(p).stream()
                              .mapToDouble(Double::doubleValue)
                              .toArray());
                },
            SQLDataTypes.VectorType());
    return odd.apply(col("id"), col("doubles"));
  }

  /** Functions of arrays and structs whose entries are null, as slices and as the label. */
  @Test
  void entriesThatAreNull() {
    String path = directory.resolve("nested").toString();
    table
        .selectExpr(
            "id",
            "logits",
            "array(IF(id % 3 = 1, NULL, CAST(id % 5 AS INT)), 1) AS some",
            "IF(id % 4 = 1, NULL, struct(IF(id % 3 = 1, NULL, CAST(id % 7 AS INT)) AS y)) AS row")
        .write()
        .parquet(path);
    table = spark.read().parquet(path);
    List<String> slices =
        List.of(
            "transform(some, x -> x + 1)",
            "filter(some, x -> x IS NULL OR x > 2)",
            "exists(some, x -> x = 0)",
            "arrays_zip(some, some)",
            "aggregate(some, 0, (a, x) -> a + x)",
            "array_max(some)",
            "some[0]",
            "row.y",
            "size(some)",
            "CAST(some AS STRING)");
    for (String slice : slices) {
      Dataset<Row> sliced = table.withColumn("slice", expr(slice));
      Evaluation evaluation =
          Evaluation.ofLogits("logits")
              .label("row.y")
              .slice("slice")
              .policy(InputCheck.NULL_LABEL, Policy.DROP)
              .metrics("log_loss");
      EvaluationResult result = evaluation.run(sliced);
      assertEquals(evaluation.run(sliced.repartition(3)), result, slice);
      assertEquals(sliced.groupBy("slice").count().count(), result.slices().size(), slice);
    }
    if (spark.version().startsWith("3.")) {
      // A field of a struct is read row by row there: batches would give 0 for one that is null.
      return;
    }
    Evaluation evaluation =
        Evaluation.ofLogits("logits").label("row.y").policy(InputCheck.NULL_LABEL, Policy.DROP);
    assertBothAgree(evaluation.slice("row.y"));
    assertBothAgree(evaluation.metrics("kd_loss(teacher_logits=logits)"));
  }

  @Test
  void slicesAgreeWhereEveryRowGroupNumbersItsValuesAnew() {
    String path = directory.resolve("cities").toString();
    spark
        .range(0, 20_000, 1, 1)
        .select(
            expr("array(CAST(id % 11 AS FLOAT), CAST(id % 7 AS FLOAT))").as("logits"),
            expr("CAST(id % 2 AS INT)").as("label"),
            expr("IF(id % 13 = 0, NULL, concat('city', id * id % 1600))").as("city"),
            expr("concat('hour', id DIV 1000)").as("hour"))
        .write()
        .option("parquet.block.size", 64 * 1024)
        .option("parquet.page.size", 8 * 1024)
        .parquet(path);
    table = spark.read().parquet(path);
    Evaluation evaluation =
        Evaluation.ofLogits("logits").metrics("log_loss", "accuracy").sliceLimit(2000);
    assertBothAgree(evaluation.slice("hour"));
    assertBothAgree(
        evaluation.slice("city").slice("hour").slice("city", "hour").sliceLimit(20_000));
  }

  @Test
  void partitionColumnsAreTheSameInAWholeBatch() {
    String path = directory.resolve("parted").toString();
    spark
        .range(0, 6000, 1, 1)
        .select(
            expr("array(CAST(id % 11 AS FLOAT), CAST(id % 7 AS FLOAT))").as("logits"),
            expr("CAST(id % 2 AS INT)").as("label"),
            expr("IF(id % 3 = 0, NULL, concat('c', id % 3))").as("country"),
            expr("date_add(DATE '2026-01-01', CAST(id % 4 AS INT))").as("day"),
            expr("concat('k', id % 5)").as("kind"))
        .write()
        .partitionBy("day", "country")
        .parquet(path);
    table = spark.read().parquet(path);
    Evaluation evaluation = Evaluation.ofLogits("logits").metrics("log_loss", "accuracy");
    assertBothAgree(evaluation.slice("day"));
    assertBothAgree(evaluation.slice("country").slice("day", "country").slice("country", "kind"));
    assertEquals(
        List.of(1500L, 1500L, 1500L, 1500L),
        evaluation.slice("day").run(table).slices().stream()
            .map(slice -> slice.ledger().rowsEvaluated())
            .toList());
  }

  @Test
  void nullsAreFound() {
    for (String column : List.of("holed", "missing")) {
      Evaluation evaluation =
          Evaluation.ofLogits(column).policy(InputCheck.NULL_PREDICTION, Policy.DROP);
      assertBothAgree(evaluation);
      assertEquals(300, evaluation.run(table).overall().ledger().count(InputCheck.NULL_PREDICTION));
      InvalidRowException failure =
          assertThrows(
              InvalidRowException.class, () -> Evaluation.ofLogits(column).key("id").run(table));
      assertEquals(InputCheck.NULL_PREDICTION, failure.check());
    }
  }

  @Test
  void rowsThatNoBlockTakesAreReadOneByOne() {
    String path = directory.resolve("odd").toString();
    spark
        .range(0, 12_000, 1, 2)
        .select(
            col("id"),
            expr("transform(sequence(0, IF(id % 97 = 5, 4, 3)), k -> CAST(CASE"
                    + " WHEN id % 50 = 3 AND k = 2 THEN '-Infinity'"
                    + " WHEN id % 101 = 7 AND k = 1 THEN 'NaN'"
                    + " WHEN id % 103 = 9 AND k = 0 THEN 'Infinity'"
                    + " ELSE sin(id * (k + 1)) * (id % 40) END AS FLOAT))")
                .as("logits"),
            expr("CASE WHEN id % 61 = 2 THEN NULL WHEN id % 67 = 3 THEN -100 ELSE id % 5 END")
                .cast("int")
                .as("label"),
            expr("IF(id % 71 = 4, NULL, IF(id % 73 = 6, -1, id % 4))").cast("double").as("weight"),
            expr("concat('k', id DIV 7)").as("unit"),
            expr("IF(id % 13 = 0, NULL, concat('c', id % 8))").as("country"),
            expr("concat('h', id DIV 20)").as("hour"))
        .withColumn("doubles", expr("transform(logits, z -> z * 1.000001D)"))
        .withColumn("vector", functions.array_to_vector(col("doubles")))
        .write()
        .parquet(path);
    table = spark.read().parquet(path);
    for (String column : List.of("logits", "doubles", "vector")) {
      checkOddRows(column);
    }
  }

  private void checkOddRows(String column) {
    Evaluation evaluation =
        Evaluation.ofLogits(column)
            .classes(4)
            .metrics("log_loss", "classwise_calibration_error", "roc_auc_multiclass", "accuracy");
    Evaluation whole = BatchesAndRows.dropping(evaluation);
    assertBothAgree(whole);
    assertBothAgree(whole.weight("weight").slice("country").slice("hour", "country"));
    assertBothAgree(whole.slice("hour").slice("country").bootstrap("id").replicates(20));
    assertBothAgree(whole.bootstrap("unit").replicates(20));
    assertBothAgree(whole.label("id"));
    Ledger ledger = whole.weight("weight").run(table).overall().ledger();
    assertEquals(12_000, ledger.rowsSeen());
    for (InputCheck check :
        List.of(
            InputCheck.LENGTH_MISMATCH,
            InputCheck.NAN,
            InputCheck.POSITIVE_INFINITY,
            InputCheck.NULL_LABEL,
            InputCheck.LABEL_OUT_OF_RANGE,
            InputCheck.NULL_WEIGHT,
            InputCheck.INVALID_WEIGHT,
            InputCheck.IGNORED,
            InputCheck.ZERO_WEIGHT)) {
      assertTrue(ledger.count(check) > 0, check.toString());
    }
    // Every row with three finite logits of four is evaluated.
    long evaluated =
        table
            .where(
                "id % 97 != 5 AND id % 101 != 7 AND id % 103 != 9 AND label BETWEEN 0 AND 3 AND"
                    + " weight > 0")
            .count();
    assertEquals(evaluated, ledger.rowsEvaluated());
  }

  @Test
  void readsTheTableOnce() throws Exception {
    Evaluation evaluation = Evaluation.ofLogits("logits").weight("weight").slice("country");
    long read =
        RecordsRead.during(
            spark, () -> assertEquals(3000, evaluation.run(table).overall().ledger().rowsSeen()));
    assertEquals(3000, read);
  }

  @Test
  void anEmptyTableHasNoPartitions() {
    String path = directory.resolve("empty").toString();
    table.limit(0).coalesce(1).write().parquet(path);
    EvaluationResult result = Evaluation.ofLogits("logits").run(spark.read().parquet(path));
    assertEquals(0, result.overall().ledger().rowsSeen());
    assertTrue(Double.isNaN(result.value("log_loss")));
  }
}
