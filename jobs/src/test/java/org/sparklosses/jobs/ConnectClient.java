// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.compare.Comparison;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.forecast.ForecastEvaluation;

/** A client of Spark Connect in Java: what the server evaluates, and what the Java API says. */
public final class ConnectClient {

  private ConnectClient() {}

  /** The address of the server. */
  public static void main(String[] arguments) {
    SparkSession session = SparkSession.builder().remote(arguments[0]).getOrCreate();
    Dataset<Row> table = session.sql("SELECT array(0D, 1D) AS logits, 1 AS label");
    System.out.println(
        "sql: "
            + table
                .selectExpr("evaluation_metric(evaluation_state(logits, label), 'accuracy')")
                .head()
                .getDouble(0));
    Evaluation evaluation = Evaluation.ofLogits("logits");
    refused(() -> evaluation.run(table));
    refused(() -> Comparison.of("a", evaluation).model("b", "logits").run(table));
    refused(() -> ForecastEvaluation.ofPoint("label").run(table));
    System.exit(0);
  }

  private static void refused(Supplier<Object> run) {
    try {
      System.out.println("result: " + run.get());
    } catch (IllegalArgumentException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
