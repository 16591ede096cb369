// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionEnd;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.compare.Comparison;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.testing.SharedSession;

/** Whatever reads a table is an execution of its session, as Spark's own actions are. */
@ExtendWith(SharedSession.class)
class SqlExecutionTest {

  @TempDir private Path directory;

  private final SparkSession session = SharedSession.get().newSession();
  private Dataset<Row> table;

  /** What Spark told of an action. */
  private static final class Told extends SparkListener implements QueryExecutionListener {

    private final List<String> succeeded = Collections.synchronizedList(new ArrayList<>());
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> executionsOfJobs = Collections.synchronizedList(new ArrayList<>());
    private final List<String> started = Collections.synchronizedList(new ArrayList<>());
    private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onSuccess(String function, QueryExecution execution, long nanoseconds) {
      succeeded.add(function + " of " + execution.analyzed().collectLeaves().head().output());
    }

    @Override
    public void onFailure(String function, QueryExecution execution, Exception exception) {
      failed.add(function + ": " + exception.getMessage());
    }

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      executionsOfJobs.add(job.properties().getProperty(SQLExecution.EXECUTION_ID_KEY()));
    }

    @Override
    public void onOtherEvent(SparkListenerEvent event) {
      if (event instanceof SparkListenerSQLExecutionStart start) {
        started.add(String.valueOf(start.executionId()));
      } else if (event instanceof SparkListenerSQLExecutionEnd end) {
        ended.add(String.valueOf(end.executionId()));
      }
    }
  }

  @BeforeEach
  void writeTable() {
    String path = directory.resolve("table").toString();
    session
        .range(0, 12_000, 1, 2)
        .select(
            col("id"),
            expr("(1 + sin(id)) / 2").as("p"),
            expr("(1 + cos(id)) / 2").as("q"),
            expr("CAST(id % 2 AS INT)").as("label"))
        .write()
        .parquet(path);
    table = session.read().parquet(path);
  }

  private Told toldOf(Executable action) throws Throwable {
    Told told = new Told();
    session.sparkContext().addSparkListener(told);
    session.listenerManager().register(told);
    try {
      action.execute();
    } finally {
      session.sparkContext().listenerBus().waitUntilEmpty();
      session.listenerManager().unregister(told);
      session.sparkContext().removeSparkListener(told);
    }
    assertFalse(told.executionsOfJobs.isEmpty());
    assertTrue(told.started.containsAll(told.executionsOfJobs), told.executionsOfJobs::toString);
    assertEquals(Set.copyOf(told.started), Set.copyOf(told.ended));
    return told;
  }

  @Test
  void batchesAndRowsTellTheSame() throws Throwable {
    Evaluation evaluation = Evaluation.ofProbabilities("p").metrics("log_loss");
    Dataset<Row> exchanged = table.repartition(2);
    Told byBatches = toldOf(() -> evaluation.run(table));
    Told byRows = toldOf(() -> evaluation.run(exchanged));
    assertEquals(1, byBatches.succeeded.size());
    assertEquals(byRows.succeeded, byBatches.succeeded);
    assertEquals(List.of(), byBatches.failed);
    assertEquals(1, byBatches.started.size());
  }

  @Test
  void failuresAreTold() throws Throwable {
    Evaluation evaluation = Evaluation.ofProbabilities("p").metrics("log_loss").classes(3);
    for (Dataset<Row> rows : List.of(table, table.repartition(2))) {
      Told told = toldOf(() -> assertThrows(InvalidRowException.class, () -> evaluation.run(rows)));
      assertEquals(1, told.failed.size());
      assertEquals(List.of(), told.succeeded);
    }
  }

  @Test
  void secondPassComparisonAndForecastsTooAreExecutions() throws Throwable {
    Evaluation exact = Evaluation.ofProbabilities("p").metrics("roc_auc(method=exact)");
    assertTrue(toldOf(() -> exact.run(table)).succeeded.size() >= 2);
    Comparison comparison =
        Comparison.of("p", Evaluation.ofProbabilities("p").metrics("roc_auc").key("id"))
            .model("q", "q");
    assertEquals(2, toldOf(() -> comparison.run(table)).succeeded.size());
    assertEquals(3, toldOf(() -> comparison.run(table, table)).succeeded.size());
    ForecastEvaluation forecasts = ForecastEvaluation.ofInterval("a", "b", 0.1).label("q");
    Dataset<Row> intervals = table.selectExpr("q", "p - 1 AS a", "p AS b");
    assertTrue(toldOf(() -> forecasts.run(intervals)).succeeded.size() >= 1);
  }
}
