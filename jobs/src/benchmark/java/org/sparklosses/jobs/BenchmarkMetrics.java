// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.Metrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times metrics with slices, the area under the ROC curve and the bootstrap against MLlib. */
@Command(
    name = "metrics",
    description =
        "Times metrics of ten classes with slices against MLlib's logLoss, ROC AUC against MLlib's,"
            + " and what a bootstrap adds.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkMetrics implements Callable<Integer> {

  private static final String LOG_LOSS = "MLlib logLoss, of ready-made probabilities";
  private static final String OF_VECTORS = "default metrics, of the same probabilities";
  private static final String DEFAULTS = "default metrics, slices";
  private static final String ALL = "all metrics, slices";
  private static final String BOOTSTRAP = "default metrics, slices, bootstrap of 200";
  private static final String OF_SCORES = "default metrics, of a score for two classes";
  private static final String AUC = "roc_auc";
  private static final String MLLIB_AUC = "MLlib areaUnderROC, all thresholds";

  @Option(
      names = "--work",
      defaultValue = "target/benchmark",
      description = "folder for the tables, kept between runs (default: ${DEFAULT-VALUE})")
  private String work;

  @Option(names = "--rows", defaultValue = "20000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(
      names = "--warmup",
      defaultValue = "2",
      description = "rounds before those that count (default: ${DEFAULT-VALUE})")
  private int warmup;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "rounds that count (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--auc-rounds",
      defaultValue = "2",
      description =
          "rounds of the areas under ROC curves, of which MLlib's takes minutes (default:"
              + " ${DEFAULT-VALUE})")
  private int aucRounds;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return Sessions.with("spark-losses benchmark metrics", this::run);
  }

  private int run(SparkSession session) {
    MetricTables tables = MetricTables.prepare(session, work, rows);
    PrintWriter out = spec.commandLine().getOut();
    Map<String, BenchmarkRounds.Medians> times =
        new BenchmarkRounds(warmup, rounds).time(cases(session, tables));
    BenchmarkRounds.print(out, "on " + rows + " rows", times);
    ratio(out, "default metrics against MLlib's logLoss, same table", times, LOG_LOSS, OF_VECTORS);
    ratio(out, "all metrics against MLlib's logLoss", times, LOG_LOSS, ALL);
    ratio(out, "default metrics against MLlib's logLoss", times, LOG_LOSS, DEFAULTS);
    ratio(out, "with the bootstrap, against without", times, BOOTSTRAP, DEFAULTS);
    compareAreas(out, session.read().parquet(tables.scores()));
    return ExitCode.OK.value();
  }

  /** Of code that is warm where it reads tables; MLlib's area takes longer than to become so. */
  private void compareAreas(PrintWriter out, Dataset<Row> scores) {
    MetricResult auc = auc(scores);
    double[] exact = new double[1];
    Map<String, Runnable> cases = new LinkedHashMap<>();
    cases.put(AUC, () -> auc(scores));
    cases.put(MLLIB_AUC, () -> exact[0] = mllibAuc(scores));
    Map<String, BenchmarkRounds.Medians> times = new BenchmarkRounds(0, aucRounds).time(cases);
    BenchmarkRounds.print(out, "areas of " + rows + " scores", times);
    ratio(out, "roc_auc against MLlib's", times, MLLIB_AUC, AUC);
    out.printf(
        "%nroc_auc %s, MLlib's %s: they differ by %.1e, the certificate is %.1e%n",
        auc.value(), exact[0], Math.abs(auc.value() - exact[0]), auc.values().get("error_bound"));
    out.flush();
  }

  private static void ratio(
      PrintWriter out,
      String title,
      Map<String, BenchmarkRounds.Medians> times,
      String slow,
      String fast) {
    out.printf(
        "%s: %.2f times in CPU, %.2f in wall time%n",
        title,
        times.get(slow).cpu() / times.get(fast).cpu(),
        times.get(slow).wall() / times.get(fast).wall());
  }

  private static Map<String, Runnable> cases(SparkSession session, MetricTables tables) {
    Evaluation defaults = Evaluation.ofLogits("logits").slice("segment");
    Evaluation all = defaults.metrics(allMetrics());
    Evaluation bootstrap = defaults.bootstrap("id").replicates(200);
    Map<String, Runnable> cases = new LinkedHashMap<>();
    cases.put(
        "read (noop)",
        () ->
            session
                .read()
                .parquet(tables.logits())
                .select("logits", "label", "segment")
                .write()
                .format("noop")
                .mode("overwrite")
                .save());
    cases.put(
        LOG_LOSS,
        () ->
            new MulticlassClassificationEvaluator()
                .setMetricName("logLoss")
                .evaluate(session.read().parquet(tables.vectors())));
    cases.put(
        OF_VECTORS,
        () ->
            Evaluation.ofProbabilities("probability")
                .run(session.read().parquet(tables.vectors())));
    cases.put(DEFAULTS, () -> defaults.run(session.read().parquet(tables.logits())));
    cases.put(ALL, () -> all.run(session.read().parquet(tables.logits())));
    cases.put(
        OF_SCORES,
        () -> Evaluation.ofProbabilities("score").run(session.read().parquet(tables.scores())));
    cases.put(BOOTSTRAP, () -> bootstrap.run(session.read().parquet(tables.logits())));
    return cases;
  }

  /** All that ten classes have; of mistakes, where two classes have a positive one. */
  private static String[] allMetrics() {
    return Metrics.all().stream()
        .filter(metric -> !MetricTables.NEED_TWO_CLASSES.contains(metric.id()))
        .map(metric -> isOfPositive(metric) ? metric.id() + "(of=mistake)" : metric.id())
        .toArray(String[]::new);
  }

  private static boolean isOfPositive(Metric metric) {
    return metric.parameters().stream()
        .anyMatch(parameter -> "positive".equals(parameter.defaultValue()));
  }

  private static MetricResult auc(Dataset<Row> scores) {
    return Evaluation.ofProbabilities("score").metrics(AUC).run(scores).overall().metrics().get(0);
  }

  private static double mllibAuc(Dataset<Row> scores) {
    return new BinaryClassificationEvaluator()
        .setRawPredictionCol("score")
        .setNumBins(0)
        .evaluate(scores);
  }
}
