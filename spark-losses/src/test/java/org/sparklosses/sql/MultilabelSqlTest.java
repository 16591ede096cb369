// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.SharedSession;

/** Against scikit-learn: {@code src/test/python/goldens/additions.py}. */
@ExtendWith(SharedSession.class)
class MultilabelSqlTest {

  private static final Map<String, String> FIELDS =
      Map.of(
          "mean_average_precision", "map",
          "class_precision", "cp",
          "class_recall", "cr",
          "class_f1", "cf1",
          "overall_precision", "op",
          "overall_recall", "or",
          "overall_f1", "of1",
          "hamming_loss", "hamming",
          "subset_accuracy", "subset_accuracy");

  private final SparkSession spark;

  MultilabelSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The rows of all goldens, in as many partitions, by set. */
  private void view(int partitions) {
    StructType schema =
        new StructType()
            .add("set", DataTypes.IntegerType)
            .add("s", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("t", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("sv", SQLDataTypes.VectorType())
            .add("tv", SQLDataTypes.VectorType());
    List<Row> rows = new ArrayList<>();
    JsonNode goldens = GoldenFile.additions().get("multilabel");
    for (int set = 0; set < goldens.size(); set++) {
      double[][] s = GoldenFile.matrix(goldens.get(set).get("scores"));
      double[][] t = GoldenFile.matrix(goldens.get(set).get("targets"));
      for (int i = 0; i < s.length; i++) {
        int[] ints = new int[t[i].length];
        for (int j = 0; j < ints.length; j++) {
          ints[j] = (int) t[i][j];
        }
        rows.add(
            RowFactory.create(
                set, s[i], ints, Vectors.dense(s[i]), Vectors.dense(t[i]).toSparse()));
      }
    }
    spark
        .createDataFrame(rows, schema)
        .repartition(partitions)
        .createOrReplaceTempView("multilabel");
  }

  private List<Row> metricsBySet(String scores, String targets, String options) {
    return spark
        .sql(
            "SELECT m.* FROM (SELECT set, multilabel_metrics(%s, %s%s) AS m FROM multilabel"
                    .formatted(scores, targets, options)
                + " GROUP BY set) ORDER BY set")
        .collectAsList();
  }

  private static void assertGolden(List<Row> metrics) {
    JsonNode goldens = GoldenFile.additions().get("multilabel");
    assertEquals(goldens.size(), metrics.size());
    for (int set = 0; set < goldens.size(); set++) {
      JsonNode golden = goldens.get(set);
      Row row = metrics.get(set);
      FIELDS.forEach(
          (field, name) ->
              assertEquals(golden.get(name).asDouble(), row.<Double>getAs(field), 1e-14, field));
      assertEquals(golden.get("scores").size(), row.<Long>getAs("rows"));
      assertEquals(golden.get("scores").get(0).size(), row.<Integer>getAs("labels"));
      assertEquals(0.0, row.<Double>getAs("mean_average_precision_error_bound"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void goldensByGroup(Engine engine) {
    view(3);
    engine.run(spark, () -> assertGolden(metricsBySet("s", "t", "")));
  }

  @Test
  void everyTypeOfColumn() {
    view(2);
    for (String scores : List.of("s", "CAST(s AS ARRAY<FLOAT>)", "sv")) {
      assertGolden(metricsBySet(scores, "t", ""));
    }
    assertGolden(metricsBySet("CAST(s AS ARRAY<DECIMAL(9, 6)>)", "t", ", 'threshold=0.5'"));
    String logits =
        "transform(s, p -> CASE p WHEN 0 THEN double('-Infinity') WHEN 1 THEN double('Infinity')"
            + " ELSE ln(p / (1 - p)) END)";
    assertGolden(metricsBySet(logits, "t", ", 'scores=logits'"));
    assertGolden(metricsBySet(logits, "t", ", ' Threshold = 0 ; scores=LOGITS'"));
    for (String type : List.of("BOOLEAN", "TINYINT", "SMALLINT", "BIGINT", "FLOAT", "DOUBLE")) {
      assertGolden(metricsBySet("s", "CAST(t AS ARRAY<" + type + ">)", ""));
    }
    assertGolden(metricsBySet("sv", "tv", ""));
    assertGolden(metricsBySet("s", "CAST(t AS ARRAY<DECIMAL(3, 1)>)", ""));
  }

  @Test
  void sameBitsInAnyPartitioning() {
    List<List<Row>> metrics = new ArrayList<>();
    for (int partitions : new int[] {1, 3, 8}) {
      view(partitions);
      metrics.add(metricsBySet("s", "t", ", 'threshold=0.4'"));
    }
    assertEquals(metrics.get(0), metrics.get(1));
    assertEquals(metrics.get(0), metrics.get(2));
  }

  /** Spark then makes more rows of each, of which the aggregate must see one. */
  @Test
  void besideDistinctAggregates() {
    view(3);
    Row row =
        spark
            .sql(
                "SELECT multilabel_metrics(s, t) FILTER (WHERE set = 1) AS m,"
                    + " count(DISTINCT set), count(DISTINCT s[0]) FROM multilabel")
            .head();
    assertEquals(metricsBySet("s", "t", "").get(1), row.getStruct(0));
    assertEquals(2, row.getLong(1));
  }

  @Test
  void noRowsAreNull() {
    view(2);
    String none = "SELECT multilabel_metrics(s, t) AS m FROM multilabel WHERE set = 9";
    assertTrue(spark.sql(none).head().isNullAt(0));
    assertTrue(spark.sql("SELECT m.rows FROM (" + none + ")").head().isNullAt(0));
    assertEquals(0, spark.sql(none + " GROUP BY set").count());
  }

  @Test
  void fieldsNeedNoBackticks() {
    Row row =
        spark
            .sql(
                "SELECT multilabel_metrics(s, t).overall_f1, multilabel_metrics(s, t).rows,"
                    + " multilabel_metrics(s, t, 'threshold=0.95').rows,"
                    + " multilabel_metrics(s, t, 'threshold=0.95').overall_recall"
                    + " FROM VALUES (array(0.9, 0.2, 0.7), array(1, 0, 0)),"
                    + " (array(0.1, 0.2, 0.9), array(1, 0, 1)) AS t(s, t)")
            .head();
    assertEquals(2 / 3.0, row.getDouble(0), 1e-15);
    assertEquals(2, row.getLong(1));
    assertEquals(2, row.getLong(2));
    assertEquals(0, row.getDouble(3));
  }

  @Test
  void theExampleOfTheDescriptionRuns() {
    String example = StateFunction.MULTILABEL_METRICS.info().getExamples();
    String query = example.substring(example.indexOf("SELECT"), example.indexOf(';'));
    assertEquals(2 / 3.0, spark.sql(query).head().getDouble(0), 1e-15);
  }

  private void assertFails(String query, String message) {
    Throwable thrown =
        assertThrows(Exception.class, () -> spark.sql("SELECT " + query).collectAsList());
    Throwable failure = thrown;
    while (!(failure instanceof EvaluationException) && failure.getCause() != null) {
      failure = failure.getCause();
    }
    assertInstanceOf(EvaluationException.class, failure, query);
    String told = failure.getMessage();
    assertTrue(told.contains(message), () -> query + ": " + told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array(1D, 0D) | array(1) | column 't.t': 1 targets of 2 scores; give one target a label",
        "array(1D) | array(1, 0) | 2 targets of 1 scores",
        "array(1D, 0D) | array(1, 2) | column 't.t': 2.0 at index 1 is no target; give one",
        "array(1D, 0D) | array(1, -1L) | -1.0 at index 1 is no target",
        "array(1D, 0D) | array(1, 0.5D) | 0.5 at index 1 is no target",
        "array(1D, 0D) | array(1F, float('NaN')) | NaN at index 1 is no target",
        "array(1D, double('NaN')) | array(1, 0) | column 't.s': NaN at index 1; leave such rows"
            + " out",
        "array(1D, 7.5D) | array(1, 0) | 7.5 at index 1 is no probability; if the scores are"
            + " logits",
        "array(-0.001D) | array(1) | say so by the option 'scores=logits'",
        "array(double('Infinity')) | array(1) | Infinity at index 0 is no probability",
        "array() | array() | an empty array; give one score a label",
        "CAST(NULL AS ARRAY<FLOAT>) | array(1) | NULL; leave such rows out",
        "array(1D) | CAST(NULL AS ARRAY<INT>) | column 't.t': NULL; leave such rows out, as by"
            + " FILTER",
        "array(1F, NULL) | array(1, 0) | NULL at index 1; leave such rows out, as by FILTER",
        "array(1D, 0D) | array(NULL, true) | NULL at index 0; leave such rows out",
        "array_repeat(0.5D, 16385) | array_repeat(0, 16385) | 16385 labels, and the scores of at"
            + " most 16384"
      })
  void rowsThatAreRefused(String scores, String targets, String message) {
    String row = "(SELECT %s AS s, %s AS t) AS t".formatted(scores, targets);
    assertFails("multilabel_metrics(s, t) FROM " + row, message);
  }

  @Test
  void rowsOfDifferentLabelsAreRefused() {
    String table =
        "SELECT array_repeat(0.5D, %s) AS s, array_repeat(0, %s) AS t FROM range(0, 4, 1, %d)";
    String labels = "IF(id = 3, 2, 5)";
    for (int partitions : new int[] {1, 4}) {
      assertFails(
          "multilabel_metrics(s, t) FROM (%s)"
              .formatted(table.formatted(labels, labels, partitions)),
          "some rows have 2 labels, others 5; give all rows of a group the same labels");
    }
  }

  @Test
  void remediesWork() {
    String table =
        " FROM VALUES (array(1D, 0.2D), array(1, 0)), (array(1D, NULL), array(1, 0)),"
            + " (NULL, array(1, 0)), (array(double('NaN'), 0D), array(1, 0)) AS rows(s, t)";
    Row row =
        spark
            .sql(
                "SELECT multilabel_metrics(s, t) FILTER (WHERE NOT exists(s, x -> x IS NULL) AND"
                    + " NOT exists(s, x -> isnan(x)))"
                    + table)
            .head()
            .getStruct(0);
    assertEquals(1, row.<Long>getAs("rows"));
    assertEquals(1.0, row.<Double>getAs("subset_accuracy"));
    Row ofIndices =
        spark
            .sql(
                "SELECT multilabel_metrics(s,"
                    + " transform(sequence(0, 2), j -> array_contains(t, j)))"
                    + " FROM VALUES (array(0.9, 0.2, 0.7), array(2, 0)) AS rows(s, t)")
            .head()
            .getStruct(0);
    assertEquals(1.0, ofIndices.<Double>getAs("subset_accuracy"));
    assertEquals(1.0, ofIndices.<Double>getAs("overall_f1"));
  }

  /** Rounding beyond 0 and 1 is taken as 0 and 1. */
  @Test
  void probabilitiesBeyondByRounding() {
    Row row =
        spark
            .sql(
                "SELECT multilabel_metrics(s, t) FROM VALUES (array(1.00001F), array(0)),"
                    + " (array(1F), array(1)), (array(-0.00001F), array(0)) AS rows(s, t)")
            .head()
            .getStruct(0);
    assertEquals(0.5, row.<Double>getAs("mean_average_precision"));
    assertEquals(0.5, row.<Double>getAs("overall_precision"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s | does not take these 1 arguments; it is multilabel_metrics(scores, targets [,"
            + " options])",
        "s, t, '', '' | does not take these 4 arguments",
        "s, t, 1 | needs a constant text as options",
        "s, t, string(set) | needs a constant text as options",
        "scores => s, targets => t | takes its arguments by place",
        "s, t, 'treshold=1' | options: unknown parameter 'treshold'; did you mean 'threshold'?",
        "s, t, 'threshold' | options: threshold has no value",
        "s, t, 'threshold=0.1; threshold=0.2' | options: threshold is given twice",
        "s, t, 'threshold=half' | options: threshold = 'half' is not allowed; allowed: a number in"
            + " [0, 1]",
        "s, t, 'threshold=NaN' | options: threshold = NaN is not allowed; allowed: a number in [0,"
            + " 1]",
        "s, t, 'threshold=2' | threshold = 2.0 is not allowed; allowed: a number in [0, 1]; of"
            + " logits say scores=logits too",
        "s, t, 'scores=logit' | `options: scores = 'logit' is not allowed; allowed: probabilities |"
            + " logits`",
        "s, 1 | takes an array of numbers or BOOLEANs or an MLlib Vector, 0 or 1 a label, as"
            + " targets, not INT",
        "0.5, t | takes ARRAY<FLOAT>, ARRAY<DOUBLE> or an MLlib Vector as scores, not DECIMAL(1,1)",
        "NULL, t | or an MLlib Vector as scores, not VOID"
      })
  void callsThatCannotRun(String arguments, String message) {
    view(1);
    AnalysisException e =
        assertThrows(
            AnalysisException.class,
            () -> spark.sql("SELECT multilabel_metrics(" + arguments + ") FROM multilabel"));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
