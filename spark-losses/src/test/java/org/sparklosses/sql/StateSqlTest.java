// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.execution.debug.package$;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationState;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class StateSqlTest {

  private final SparkSession spark;

  StateSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void view() {
    table().createOrReplaceTempView("predictions");
  }

  /** Three hours of rows of three classes. */
  private Dataset<Row> table() {
    return spark
        .range(0, 600, 1, 3)
        .selectExpr(
            "id",
            "CAST(id % 3 AS INT) AS hour",
            "timestamp_seconds(1700000000 + id * 18) AS at",
            "array(hash(id) % 100 / 40F, hash(id, 1) % 100 / 40F, hash(id, 2) % 100 / 40F) AS z",
            "CAST(pmod(hash(id, 3), 3) AS INT) AS y",
            "CAST(1 + id % 4 AS FLOAT) AS w");
  }

  private double number(String query) {
    return spark.sql(query).head().getDouble(0);
  }

  private double direct(String metric, String where) {
    return Evaluation.ofLogits("z")
        .label("y")
        .metrics(metric)
        .run(table().where(where))
        .overall()
        .metrics()
        .get(0)
        .value();
  }

  @ParameterizedTest
  @EnumSource
  void metricOfAState(Engine engine) {
    engine.run(
        spark,
        () ->
            assertEquals(
                direct("log_loss", "true"),
                number(
                    "SELECT evaluation_metric(evaluation_state(z, y), 'log_loss') FROM"
                        + " predictions")));
  }

  @ParameterizedTest
  @EnumSource
  void metricOfAStoredState(Engine engine) {
    engine.run(
        spark,
        () -> {
          Dataset<Row> hours =
              spark
                  .sql("SELECT hour, evaluation_state(z, y) AS s FROM predictions GROUP BY hour")
                  .cache();
          List<Row> rows =
              hours
                  .orderBy("hour")
                  .selectExpr(
                      "evaluation_metric(s, 'ece(n_bins=10)')", "evaluation_metric(NULL, 'ece')")
                  .collectAsList();
          for (int hour = 0; hour < 3; hour++) {
            assertEquals(direct("ece(n_bins=10)", "hour = " + hour), rows.get(hour).getDouble(0));
            assertTrue(rows.get(hour).isNullAt(1));
          }
          assertEquals(
              direct("classwise_ece", "true"),
              hours
                  .selectExpr("evaluation_metric(merge_evaluation_states(s), 'classwise_ece')")
                  .head()
                  .getDouble(0));
          hours.unpersist();
        });
  }

  @Test
  void aStateIsReadOnceARowForAnyNumberOfMetrics() {
    byte[] state = spark.sql("SELECT evaluation_state(z, y) FROM predictions").head().getAs(0);
    Dataset<Row> metrics =
        spark
            .range(3)
            .select(functions.when(functions.col("id").lt(2), functions.lit(state)).as("s"))
            .selectExpr(
                "evaluation_metric(s, 'log_loss')",
                "evaluation_metric(s, 'ece')",
                "evaluation_metric(s, 'over_under_confidence', 'under')",
                "1 - evaluation_metric(s, 'accuracy')");
    String code = package$.MODULE$.codegenString(metrics.queryExecution().executedPlan());
    String read = StateMetric.class.getName() + ".state(";
    assertTrue(code.contains(read));
    String projection = code.substring(code.indexOf(read));
    assertEquals(-1, projection.indexOf(read, 1), "one call for all four");
    List<Row> rows = metrics.collectAsList();
    for (int i = 0; i < 3; i++) {
      assertEquals(i == 2, rows.get(i).isNullAt(0));
    }
    assertEquals(EvaluationState.of(state).metric("ece").value(), rows.get(0).getDouble(1));
    assertEquals(
        1 - EvaluationState.of(state).metric("accuracy").value(), rows.get(1).getDouble(3));
  }

  @Test
  void weightsOptionsAndParts() {
    double weighted =
        Evaluation.ofLogits("z")
            .label("y")
            .weight("w")
            .metrics("accuracy")
            .run(table())
            .value("accuracy");
    assertEquals(
        weighted,
        number("SELECT evaluation_metric(evaluation_state(z, y, w), 'accuracy') FROM predictions"));
    assertEquals(
        weighted,
        number(
            "SELECT evaluation_metric(evaluation_state(softmax(z), y, w,"
                + " 'input=probabilities; metrics=accuracy, ece(n_bins=3); classes=3;"
                + " ignore_index=-1; drop=null_label'), 'accuracy') FROM predictions"));
    assertEquals(
        number(
            "SELECT evaluation_metric(evaluation_state(z, y), 'over_under_confidence', 'under')"
                + " FROM predictions"),
        Evaluation.ofLogits("z")
            .label("y")
            .run(table())
            .overall()
            .metric("over_under_confidence")
            .values()
            .get("under"));
  }

  @Test
  void probabilityOfOneClass() {
    assertEquals(
        number(
            "SELECT evaluation_metric(evaluation_state(p, y, 'input=probabilities'), 'log_loss')"
                + " FROM VALUES (0.25, 0), (0.5D, 1) AS t(p, y)"),
        -(Math.log(0.75) + Math.log(0.5)) / 2,
        1e-15);
  }

  @Test
  void nullAndEmptyStates() {
    Row row =
        spark
            .sql(
                "SELECT evaluation_metric(evaluation_state(z, y), 'log_loss'),"
                    + " merge_evaluation_states(CAST(NULL AS BINARY)),"
                    + " evaluation_state(z, y) IS NULL FROM predictions WHERE id < 0")
            .head();
    assertTrue(row.isNullAt(0));
    assertTrue(row.isNullAt(1));
    assertEquals(false, row.getBoolean(2));
  }

  @Test
  void rowsThatAreLeftOutAreCounted() {
    byte[] state =
        spark
            .sql(
                "SELECT evaluation_state(z, IF(id < 5, NULL, y), 'drop=null_label')"
                    + " FROM predictions")
            .head()
            .getAs(0);
    assertEquals(600, EvaluationState.of(state).ledger().rowsSeen());
    assertEquals(595, EvaluationState.of(state).ledger().rowsEvaluated());
  }

  @Test
  void overAWindow() {
    List<Row> rows =
        spark
            .sql(
                "SELECT id, evaluation_metric(evaluation_state(z, y, 'metrics=accuracy') OVER"
                    + " (ORDER BY id ROWS BETWEEN 9 PRECEDING AND CURRENT ROW), 'accuracy')"
                    + " FROM predictions WHERE id < 40 ORDER BY id")
            .collectAsList();
    for (long id : new long[] {0, 9, 39}) {
      assertEquals(
          direct("accuracy", "id BETWEEN " + (id - 9) + " AND " + id),
          rows.get((int) id).getDouble(1));
    }
  }

  @Test
  void ofTheCatalog() {
    assertEquals(
        direct("log_loss", "true"),
        number(
            "SELECT losses.evaluation_metric(losses.merge_evaluation_states(s), 'log_loss') FROM"
                + " (SELECT losses.evaluation_state(z, y, 'metrics=log_loss') AS s FROM predictions"
                + " GROUP BY hour)"));
    Set<String> listed =
        Arrays.stream(new LossCatalog().listFunctions(new String[0]))
            .map(identifier -> identifier.name())
            .collect(Collectors.toSet());
    assertTrue(
        listed.containsAll(
            List.of("evaluation_state", "merge_evaluation_states", "evaluation_metric")));
    // Its states need the options to be read, which Spark's own aggregates do not hand on.
    String left = "multilabel_metrics";
    assertFalse(listed.contains(left));
    assertThrows(
        NoSuchFunctionException.class,
        () -> new LossCatalog().loadFunction(Identifier.of(new String[0], left)));
  }

  /** What Spark calls in a session without the extension. */
  @Test
  void ofTheCatalogAlone() throws Exception {
    StructType types =
        new StructType()
            .add("z", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("y", DataTypes.IntegerType)
            .add("options", DataTypes.StringType);
    CatalogStateAggregate aggregate =
        new CatalogStateAggregate(StateFunction.EVALUATION_STATE, types);
    Serializable one = aggregate.newAggregationState();
    Serializable other = aggregate.newAggregationState();
    for (int i = 0; i < 10; i++) {
      InternalRow row =
          new GenericInternalRow(
              new Object[] {
                UnsafeArrayData.fromPrimitiveArray(new double[] {i % 3, 1.5}),
                i % 2,
                UTF8String.fromString("metrics=accuracy")
              });
      one = i < 6 ? aggregate.update(one, row) : one;
      other = i < 6 ? other : aggregate.update(other, row);
    }
    byte[] merged = (byte[]) aggregate.produceResult(aggregate.merge(one, sent(other)));
    assertEquals(0.5, EvaluationState.of(merged).metric("accuracy").value(), 0.2);
    assertEquals(10, EvaluationState.of(merged).ledger().rowsEvaluated());
    Serializable more =
        aggregate.update(
            sent(one),
            new GenericInternalRow(
                new Object[] {
                  UnsafeArrayData.fromPrimitiveArray(new double[] {0, 1}),
                  1,
                  UTF8String.fromString("metrics=accuracy")
                }));
    byte[] seven = (byte[]) aggregate.produceResult(more);
    assertEquals(7, EvaluationState.of(seven).ledger().rowsEvaluated());
    assertNull(aggregate.produceResult(aggregate.newAggregationState()));
    assertArrayEquals(
        merged,
        (byte[]) aggregate.produceResult(aggregate.merge(aggregate.newAggregationState(), merged)));
    CatalogStateFunction metric =
        new CatalogStateFunction(
            StateFunction.EVALUATION_METRIC,
            new StructType()
                .add("state", DataTypes.BinaryType)
                .add("metric", DataTypes.StringType));
    assertEquals(
        EvaluationState.of(merged).metric("accuracy").value(),
        metric.produceResult(
            new GenericInternalRow(new Object[] {merged, UTF8String.fromString("accuracy")})));
  }

  private static Serializable sent(Serializable state) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(state);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (Serializable) in.readObject();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "evaluation_state(z) | does not take these 1 arguments",
        "evaluation_state(z, y, w, w) | does not take these 4 arguments",
        "evaluation_state(y => y, z => z) | takes its arguments by place",
        "evaluation_state('a', y, w) | takes ARRAY<FLOAT>",
        "evaluation_state(z, array(y), w) | takes a number as label",
        "evaluation_state(z, y, 'metric=ece') | evaluation_state options: unknown parameter"
            + " 'metric'; did you mean 'metrics'?",
        "evaluation_state(z, y, 'bins=5') | options: unknown parameter 'bins'; it takes input,"
            + " renormalise, metrics",
        "evaluation_state(z, y, 'metrics=eca') | did you mean 'ece'?",
        "evaluation_state(z, y, 'input=logit') | `options: input = 'logit' is not allowed; allowed:"
            + " logits | probabilities | renormalised_probabilities`",
        "evaluation_state(z, y, 'drop=nulls') | options: drop = 'nulls' is not allowed; allowed:"
            + " null_prediction",
        "evaluation_state(z, y, 'classes=x') | options: classes = 'x' is not allowed; allowed: a"
            + " whole number",
        "evaluation_state(z, y, 'drop=saturated') | saturated is none and always counted",
        "evaluation_state(z, y, 'drop=nan,zero_weight') | zero_weight is none and always counted",
        "evaluation_state(z, y, 'drop=length_mismatch') | is declared: classes=n",
        "evaluation_state(z, y, 'classes=0') | options: classes = 0 is not allowed; allowed: a"
            + " whole number in [1, 1048576]",
        "evaluation_state(z, y, 'classes=-3') | options: classes = -3 is not allowed; allowed: a"
            + " whole number in [1, 1048576]",
        "evaluation_state(z, y, 'classes=4294967299') | allowed: a whole number in [1, 1048576]",
        "evaluation_state(z, y, 'drop=nan; drop=null_label') | options: drop is given twice",
        "evaluation_state(z, y, 'classes=3; classes=4') | options: classes is given twice",
        "evaluation_state(z, y, 'metrics=; classes=3') | options: metrics has no value",
        "evaluation_state(z, y, 'metrics=ece(n_bins=5, n_bins=6)') | ece: n_bins is given twice",
        "evaluation_state(z, y, string(id)) | needs a constant text as options",
        "evaluation_metric(X'00', 'nonsense') | unknown metric 'nonsense'",
        "evaluation_metric(X'00', 'ece(norm=l1, norm=l2)') | ece: norm is given twice",
        "evaluation_metric(id, 'ece') | takes a state (BINARY), not BIGINT"
      })
  void callsThatCannotRun(String call, String message) {
    Exception e =
        assertThrows(
            Exception.class,
            () -> spark.sql("SELECT " + call + " FROM predictions").collectAsList());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    // Neither the reason nor what an evaluation consists of is repeated with the plan.
    assertEquals(e.getMessage().indexOf(message), e.getMessage().lastIndexOf(message));
    assertFalse(e.getMessage().contains("EvaluationSpec"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluation_metric(X'00', 'ece') | no evaluation state in these 1 bytes",
        "evaluation_metric(evaluation_state(z, y, 'metrics=ece'), 'log_loss') | keeps no log_loss",
        "evaluation_metric(evaluation_state(z, y), 'ece', 'high') | has no part 'high'; it has",
      })
  void statesThatCannotAnswer(String call, String message) {
    Throwable e =
        assertThrows(
            Exception.class,
            () -> spark.sql("SELECT " + call + " FROM predictions").collectAsList());
    StringBuilder messages = new StringBuilder();
    for (; e != null; e = e.getCause()) {
      messages.append(e.getMessage());
    }
    assertTrue(messages.toString().contains(message), messages.toString());
  }

  /** Every window that the watermark closes; a last row, days later, closes all before it. */
  @Test
  void aStreamGivesWhatTheBatchGives(@TempDir Path folder) throws Exception {
    String source = folder.resolve("source").toString();
    table().orderBy("at").coalesce(4).write().parquet(source);
    table()
        .where("id = 0")
        .withColumn("at", expr("at + INTERVAL 9 DAYS"))
        .write()
        .mode("append")
        .parquet(source);
    Column span = expr("window(at, '30 minutes')").as("span");
    Column state = expr("evaluation_state(z, y, w)").as("state");
    StreamingQuery query =
        spark
            .readStream()
            .schema(table().schema())
            .option("maxFilesPerTrigger", 1)
            .parquet(source)
            .withWatermark("at", "1 day")
            .groupBy(span)
            .agg(state)
            .writeStream()
            .outputMode("append")
            .format("memory")
            .queryName("streamed")
            .start();
    query.processAllAvailable();
    query.stop();
    spark.read().parquet(source).groupBy(span).agg(state).createOrReplaceTempView("batch");
    String read =
        "SELECT span.start, evaluation_metric(state, 'log_loss'), evaluation_metric(state, 'ece'),"
            + " evaluation_metric(state, 'classwise_ece') FROM %s ORDER BY span.start";
    List<Row> batch = spark.sql(read.formatted("batch")).collectAsList();
    assertTrue(batch.size() > 4);
    assertEquals(
        batch.subList(0, batch.size() - 1), spark.sql(read.formatted("streamed")).collectAsList());
  }
}
