// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.table.ReaderBatch;
import scala.collection.Seq;

/** What the benchmark times. The first case of each group is the one that others compare with. */
final class BenchmarkCases {

  private static final String SPARK_DEFAULT_BATCH = "4096";

  private static final String HIGHER_ORDER =
      "avg(ln(aggregate(logits, 0D, (s, x) -> s + exp(double(x)))) - logits[label])";

  private static final List<String> LOSSES =
      List.of(
          "avg(cross_entropy_loss(logits, label))",
          "avg(focal_loss(logits, label))",
          "avg(brier_loss(logits, label))",
          "avg(predictive_entropy(logits))",
          "avg(cast(is_correct(logits, label) AS INT))");

  /** Arithmetic on the statistics of the row, of which one kernel call serves all. */
  private static final List<String> MORE_LOSSES =
      List.of(
          "cross_entropy_loss(logits, label)",
          "cross_entropy_loss(logits, label, 0.1)",
          "label_smoothing_loss(logits, label)",
          "poly1_cross_entropy_loss(logits, label)",
          "poly1_cross_entropy_loss(logits, label, 2)",
          "focal_loss(logits, label)",
          "focal_loss(logits, label, 1)",
          "focal_loss(logits, label, 3)",
          "focal_loss(logits, label, 5)",
          "flsd53_loss(logits, label)",
          "poly1_focal_loss(logits, label)",
          "comp_sum_loss(logits, label, 0.5)",
          "comp_sum_loss(logits, label, 1.5)",
          "sum_exponential_loss(logits, label)",
          "unhinged_loss(logits, label)",
          "brier_loss(logits, label)",
          "squentropy_loss(logits, label)",
          "spherical_score_loss(logits, label)",
          "crammer_singer_loss(logits, label)",
          "generalized_cross_entropy_loss(logits, label)",
          "generalized_cross_entropy_loss(logits, label, 0.3)",
          "mae_loss(logits, label)",
          "reverse_cross_entropy_loss(logits, label)",
          "symmetric_cross_entropy_loss(logits, label)",
          "symmetric_cross_entropy_loss(logits, label, 1)",
          "agce_loss(logits, label)",
          "aul_loss(logits, label)",
          "normalized_cross_entropy_loss(logits, label)",
          "normalized_mae_loss(logits, label)",
          "normalized_reverse_cross_entropy_loss(logits, label)",
          "active_passive_loss(logits, label)",
          "active_passive_loss(logits, label, 'nce', 'mae')",
          "ldr_kl_loss(logits, label)",
          "ldr_kl_loss(logits, label, 0.5)",
          "log_z_squared_loss(logits)",
          "encouraging_loss(logits, label)",
          "max_suppression_loss(logits, label)",
          "correctness_aware_loss(logits, label)",
          "dco_loss(logits, label, 5)",
          "dco_loss(logits, label, 10)");

  private BenchmarkCases() {}

  /** Means of many losses in one query, on the whole table. */
  static Map<String, Runnable> losses(SparkSession session, BenchmarkTables tables) {
    Map<String, Runnable> cases = new LinkedHashMap<>();
    for (int n : new int[] {1, 10, MORE_LOSSES.size()}) {
      String[] means =
          MORE_LOSSES.stream().limit(n).map(loss -> "avg(" + loss + ")").toArray(String[]::new);
      cases.put(
          "SQL, means of " + n + (n == 1 ? " loss" : " losses"),
          () -> batched(session, tables.full(), () -> query(session, tables.full(), means)));
    }
    return cases;
  }

  /** On the whole table. */
  static Map<String, Runnable> full(SparkSession session, BenchmarkTables tables) {
    Map<String, Runnable> cases = new LinkedHashMap<>();
    cases.put("read (noop), Spark's default reader batch", () -> read(session, tables.full()));
    cases.put(
        "read (noop), reader batch of the job",
        () -> batched(session, tables.full(), () -> read(session, tables.full())));
    cases.put(
        "evaluate, default metrics, as the job does",
        () -> batched(session, tables.full(), () -> evaluate(session, tables.full())));
    cases.put("evaluate, default metrics, default batch", () -> evaluate(session, tables.full()));
    cases.put(
        "evaluate, log_loss alone, as the job does",
        () -> batched(session, tables.full(), () -> evaluate(session, tables.full(), "log_loss")));
    cases.put("SQL, 5 functions, default batch", () -> sql(session, tables.full()));
    return cases;
  }

  /** On the sample. */
  static Map<String, Runnable> sample(SparkSession session, BenchmarkTables tables) {
    Map<String, Runnable> cases = new LinkedHashMap<>();
    cases.put("read (noop), Spark's default reader batch", () -> read(session, tables.sample()));
    cases.put("evaluate, default metrics, default batch", () -> evaluate(session, tables.sample()));
    cases.put("MLlib logLoss, of ready-made probabilities", () -> mllib(session, tables.vectors()));
    cases.put(
        "SQL higher-order functions, log loss",
        () -> query(session, tables.sample(), HIGHER_ORDER));
    session
        .udf()
        .register(
            "plain_log_loss",
            (UDF2<Seq<Float>, Integer, Double>) BenchmarkCases::logLoss,
            DataTypes.DoubleType);
    cases.put(
        "plain Java UDF, log loss",
        () -> query(session, tables.sample(), "avg(plain_log_loss(logits, label))"));
    return cases;
  }

  private static void read(SparkSession session, String path) {
    session.read().parquet(path).write().format("noop").mode("overwrite").save();
  }

  private static void evaluate(SparkSession session, String path, String... metrics) {
    Evaluation evaluation = Evaluation.ofLogits("logits").label("label");
    (metrics.length == 0 ? evaluation : evaluation.metrics(metrics))
        .run(session.read().parquet(path));
  }

  private static void sql(SparkSession session, String path) {
    query(session, path, LOSSES.toArray(String[]::new));
  }

  private static void query(SparkSession session, String path, String... expressions) {
    session.read().parquet(path).selectExpr(expressions).head();
  }

  private static void mllib(SparkSession session, String path) {
    new MulticlassClassificationEvaluator()
        .setMetricName("logLoss")
        .evaluate(session.read().parquet(path));
  }

  private static void batched(SparkSession session, String path, Runnable job) {
    int classes = RowWidth.of(session.read().parquet(path), "logits").orElse(1);
    session.conf().set(ReaderBatch.SETTING, ReaderBatch.recommended(classes));
    try {
      job.run();
    } finally {
      session.conf().set(ReaderBatch.SETTING, SPARK_DEFAULT_BATCH);
    }
  }

  private static double logLoss(Seq<Float> logits, int label) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < logits.size(); j++) {
      max = Math.max(max, logits.apply(j));
    }
    double sum = 0;
    for (int j = 0; j < logits.size(); j++) {
      sum += Math.exp(logits.apply(j) - max);
    }
    return Math.log(sum) + max - logits.apply(label);
  }
}
