// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.testing.SharedSession;
import scala.collection.immutable.Seq;

/** How often a query calls the kernel, counted in the kernel. */
@ExtendWith(SharedSession.class)
class KernelCallTest {

  private static final int ROWS = 100;
  private static final AtomicLong CALLS = new AtomicLong();

  private final SparkSession spark;
  private Seq<Rule<LogicalPlan>> rulesBefore;

  KernelCallTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void count(@TempDir Path directory) {
    rulesBefore = spark.experimental().extraOptimizations();
    spark.experimental().extraOptimizations_$eq(Scala.append(rulesBefore, new CountingRule()));
    String path = directory.resolve("predictions").toString();
    spark
        .range(ROWS)
        .selectExpr(
            "array(float(id % 7), float(id % 5), float(id % 3)) AS logits",
            "int(id % 3) AS label", "id % 2 AS part")
        .coalesce(1)
        .write()
        .parquet(path);
    spark.read().parquet(path).createOrReplaceTempView("predictions");
    CALLS.set(0);
  }

  @AfterEach
  void stopCounting() {
    spark.experimental().extraOptimizations_$eq(rulesBefore);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void oneCallARowForAnyNumberOfFunctions(Engine engine) {
    engine.run(
        spark,
        () ->
            assertCalls(
                ROWS,
                "SELECT cross_entropy_loss(logits, label), focal_loss(logits, label, gamma => 3),"
                    + " focal_loss(logits, label), brier_loss(logits, label),"
                    + " is_correct(logits, label), top_k_correct(logits, label, 2),"
                    + " confidence(logits), predictive_entropy(logits), margin(logits),"
                    + " predicted_class(logits), softmax(logits), softmax_top_k(logits, 2),"
                    + " row_statistics(logits, label).max FROM predictions"));
  }

  @ParameterizedTest
  @EnumSource(value = Engine.class, names = "INTERPRETED", mode = EnumSource.Mode.EXCLUDE)
  void oneCallARowUnderAggregates(Engine engine) {
    engine.run(
        spark,
        () ->
            assertCalls(
                ROWS,
                "SELECT part, avg(cross_entropy_loss(logits, label)),"
                    + " avg(focal_loss(logits, label)), avg(confidence(logits)),"
                    + " avg(double(is_correct(logits, label))) FROM predictions GROUP BY part"));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void oneCallARowForCatalogAndUnqualifiedNamesTogether(Engine engine) {
    engine.run(
        spark,
        () ->
            assertCalls(
                ROWS,
                "SELECT losses.focal_loss(logits, label, 3.0), losses.confidence(logits),"
                    + " cross_entropy_loss(logits, label) FROM predictions"));
  }

  private void assertCalls(long expected, String query) {
    Dataset<Row> result = spark.sql(query);
    result.collectAsList();
    assertEquals(expected, CALLS.get());
  }

  private static final class CountingRule extends Rule<LogicalPlan> {

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return plan.transformAllExpressions(
          Scala.total(
              node ->
                  node instanceof RowStatisticsExpression statistics
                      ? statistics.withKernels(KernelCallTest::countingKernel)
                      : node));
    }
  }

  private static RowKernel countingKernel() {
    RowKernel kernel = RowKernels.get();
    return (RowKernel)
        Proxy.newProxyInstance(
            RowKernel.class.getClassLoader(),
            new Class<?>[] {RowKernel.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("statistics")) {
                CALLS.incrementAndGet();
              }
              return method.invoke(kernel, arguments);
            });
  }
}
