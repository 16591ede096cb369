package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.Metrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times metrics with slices against MLlib. */
@Command(
    name = "metrics",
    description = "Times metrics of ten classes with slices against MLlib's logLoss.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchmarkMetrics implements Callable<Integer> {

  private static final String LOG_LOSS = "MLlib logLoss, of ready-made probabilities";
  private static final String DEFAULTS = "default metrics, slices";
  private static final String ALL = "all metrics, slices";

  @Option(
      names = "--work",
      defaultValue = "target/benchmark",
      description = "folder for the tables, kept between runs (default: ${DEFAULT-VALUE})")
  private String work;

  @Option(names = "--rows", defaultValue = "20000000", description = "default: ${DEFAULT-VALUE}")
  private long rows;

  @Option(names = "--warmup", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private int warmup;

  @Option(names = "--rounds", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
  private int rounds;

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
    ratio(out, "all metrics against MLlib's logLoss", times, LOG_LOSS, ALL);
    ratio(out, "default metrics against MLlib's logLoss", times, LOG_LOSS, DEFAULTS);
    out.flush();
    return ExitCode.OK.value();
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
    cases.put(DEFAULTS, () -> defaults.run(session.read().parquet(tables.logits())));
    cases.put(ALL, () -> all.run(session.read().parquet(tables.logits())));
    return cases;
  }

  /** All that ten classes have. */
  private static String[] allMetrics() {
    return Metrics.all().stream()
        .map(Metric::id)
        .filter(id -> !MetricTables.NEED_TWO_CLASSES.contains(id))
        .toArray(String[]::new);
  }
}
