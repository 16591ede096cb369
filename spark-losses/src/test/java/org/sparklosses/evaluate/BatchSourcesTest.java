// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.ArrowSource;
import org.sparklosses.table.SparkBridge;
import org.sparklosses.testing.SharedSession;

/** Batches that are not those of Spark's own readers, and plans that are more than one filter. */
@ExtendWith(SharedSession.class)
class BatchSourcesTest {

  private final SparkSession spark;

  @TempDir private Path directory;

  BatchSourcesTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void listsOfArrowSomeOfWhoseRowsWereDeleted() {
    Dataset<Row> arrow = spark.read().format(ArrowSource.class.getName()).load();
    String path = directory.resolve("copy").toString();
    arrow.write().parquet(path);
    Dataset<Row> stored = spark.read().parquet(path);
    Dataset<Row> copy = stored.repartition(3);
    for (String column : List.of("floats", "doubles")) {
      Evaluation evaluation = BatchesAndRows.dropping(Evaluation.ofLogits(column).classes(3));
      BatchesAndRows.assertAgree(evaluation, arrow);
      // Spark's own vectors, of whose arrays some hold a null.
      BatchesAndRows.assertAgree(evaluation.slice("country"), stored);
      BatchesAndRows.assertAgree(evaluation.slice("country").bootstrap("id").replicates(20), arrow);
      BatchesAndRows.assertAgree(
          evaluation.slice("country"), arrow.where("id % 5 > 1 AND country < 'c3'"));
      EvaluationResult result = evaluation.slice("country").run(arrow);
      assertEquals(evaluation.slice("country").run(copy), result);
      assertPlainSql(column, copy, result);
    }
  }

  private static void assertPlainSql(String column, Dataset<Row> copy, EvaluationResult result) {
    Row expected =
        copy.where("size(" + column + ") = 3 AND NOT exists(" + column + ", z -> z IS NULL)")
            .where("label IS NOT NULL")
            .selectExpr(
                "count(*)",
                "avg(ln(aggregate(%1$s, 0D, (s, z) -> s + exp(z))) - %1$s[label])"
                    .formatted(column))
            .first();
    Ledger ledger = result.overall().ledger();
    assertEquals(copy.count(), ledger.rowsSeen());
    assertEquals(expected.getLong(0), ledger.rowsEvaluated());
    double tolerance = column.equals("floats") ? 1e-7 : 1e-13;
    assertEquals(expected.getDouble(1), result.value("log_loss"), tolerance);
    for (InputCheck fault :
        List.of(
            InputCheck.NULL_PREDICTION,
            InputCheck.EMPTY_PREDICTION,
            InputCheck.LENGTH_MISMATCH,
            InputCheck.NULL_LABEL)) {
      assertTrue(ledger.count(fault) > 0, fault.toString());
    }
  }

  @Test
  void oneColumnPerClass() {
    String path = directory.resolve("columns").toString();
    spark
        .range(0, 9000, 1, 2)
        .selectExpr(
            "id",
            "CAST(IF(id % 23 = 1, NULL, sin(id)) AS FLOAT) AS z0",
            "CAST(IF(id % 90 = 4, 'NaN', cos(id)) AS FLOAT) AS z1",
            "CAST(IF(id % 91 = 5, '-Infinity', tan(id)) AS FLOAT) AS z2",
            "exp(sin(id)) / (exp(sin(id)) + 2) AS p0",
            "IF(id % 17 = 3, NULL, 1 / (exp(sin(id)) + 2)) AS p1",
            "CAST(id % 3 AS INT) AS whole",
            "CAST(IF(id % 13 = 1, NULL, id * id % 3) AS INT) AS label",
            "id % 4 / 2D AS weight",
            "concat('c', id % 3) AS country")
        .withColumn("p2", expr("1 - p0 - IF(id % 17 = 3, 0, p1)"))
        .write()
        .parquet(path);
    Dataset<Row> table =
        spark
            .read()
            .parquet(path)
            .withColumn("floats", expr("array(z0, z1, z2)"))
            .withColumn("mixed", expr("array(p0, z1, whole)"))
            .withColumn("sums", expr("array(z0 + 1, z1, z2)"))
            .withColumn("long", expr("array(" + "z0, z1, z2, ".repeat(15) + "z0)"))
            .withColumn("p", expr("array(p0, p1, p2)"));
    for (String column : List.of("floats", "mixed", "sums", "long")) {
      Evaluation evaluation =
          BatchesAndRows.dropping(
              Evaluation.ofLogits(column).classes("long".equals(column) ? 46 : 3));
      BatchesAndRows.assertAgree(evaluation, table);
      BatchesAndRows.assertAgree(
          evaluation.weight("weight").slice("country"), table.where("id % 7 < 5"));
    }
    Evaluation probabilities = BatchesAndRows.dropping(Evaluation.ofProbabilities("p").classes(3));
    BatchesAndRows.assertAgree(probabilities, table);
    BatchesAndRows.assertAgree(probabilities.weight("weight").slice("country"), table);
    Ledger ledger = probabilities.run(table).overall().ledger();
    long ignored = table.where("label IS NULL AND id % 17 != 3").count();
    assertEquals(table.where("id % 17 = 3").count(), ledger.count(InputCheck.NULL_PREDICTION));
    assertEquals(ignored, ledger.count(InputCheck.NULL_LABEL));
    double mean =
        table
            .where("id % 17 != 3 AND label IS NOT NULL")
            .selectExpr("avg(-ln(p[label]))")
            .first()
            .getDouble(0);
    assertEquals(mean, probabilities.run(table).value("log_loss"), 1e-13);
    EvaluationState state =
        EvaluationState.of(
            (byte[])
                table
                    .where("id % 23 != 1 AND id % 90 != 4")
                    .selectExpr("evaluation_state(array(z0, z1, z2), label, 'drop=null_label')")
                    .first()
                    .get(0));
    assertEquals(
        BatchesAndRows.dropping(Evaluation.ofLogits("floats").classes(3))
            .run(table.where("id % 23 != 1 AND id % 90 != 4"))
            .value("log_loss"),
        state.result().value("log_loss"));
  }

  @Test
  void projectionsOfFiltersOfProjections() {
    String path = directory.resolve("table").toString();
    spark
        .range(0, 6000, 1, 2)
        .selectExpr(
            "id",
            "array(sin(id), cos(id), 0D) AS logits",
            "CAST(id % 3 AS INT) AS label",
            "id % 4 AS number",
            "CAST(id % 10 = 3 AS BYTE) AS deleted")
        .write()
        .parquet(path);
    SparkSession literal = spark.newSession();
    String rules = "org.apache.spark.sql.catalyst.optimizer.";
    literal
        .conf()
        .set(
            "spark.sql.optimizer.excludedRules",
            rules
                + "CollapseProject,"
                + rules
                + "CombineFilters,"
                + rules
                + "PushPredicateThroughNonJoin,"
                + rules
                + "PushDownPredicates");
    Dataset<Row> table =
        literal
            .read()
            .parquet(path)
            .selectExpr("*", "struct(id, number) AS unused", "number + 1 AS next")
            .where("deleted = 0")
            .selectExpr("logits", "label", "next", "next * 2 AS twice", "rand() AS unread")
            .where("twice > 2 AND next < 4")
            .selectExpr("logits", "label", "concat('n', twice) AS slice");
    assertTrue(filters(table) > 1, "one filter only");
    Evaluation evaluation = Evaluation.ofLogits("logits").slice("slice");
    BatchesAndRows.assertAgree(evaluation, table);
    EvaluationResult result = evaluation.run(table);
    assertEquals(
        List.of("n4", "n6"),
        result.slices().stream().map(slice -> slice.slice().get("slice")).toList());
    long expected = spark.range(6000).where("id % 10 != 3 AND id % 4 IN (1, 2)").count();
    assertEquals(expected, result.overall().ledger().rowsSeen());
  }

  private static int filters(Dataset<Row> table) {
    String plan = SparkBridge.execution(table).executedPlan().toString();
    return plan.split("Filter \\(", -1).length - 1;
  }
}
