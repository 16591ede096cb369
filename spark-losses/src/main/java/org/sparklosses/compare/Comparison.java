package org.sparklosses.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ColumnsMean;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.score.DeLong;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.ByteChunks;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.table.SliceKey;
import org.sparklosses.table.SliceMemory;
import org.sparklosses.table.TableScan;
import org.sparklosses.table.Warnings;

/**
 * Compares models on the same rows: all metrics of all models, their differences to the first
 * model, the baseline, with errors, intervals and p-values, and tests of calibration, over all rows
 * and over any number of slices, in one pass. Over slices p-values are also adjusted for their
 * number. The result does not depend on the partitioning or the order of the rows.
 *
 * <pre>{@code
 * ComparisonResult result =
 *     Comparison.ofLogits()
 *         .model("old", "logits_old")
 *         .model("new", "logits_new")
 *         .slice("country")
 *         .metrics("log_loss", "accuracy")
 *         .run(table);
 * Difference loss = result.difference("log_loss", "new");
 * }</pre>
 *
 * <p>The models may also come in two tables, joined by a key: {@link #run(Dataset, Dataset)}.
 *
 * <p>What can be declared, and the columns' types, are those of {@link Evaluation}. A row is
 * compared if no model's predictions have a fault; a policy that drops a row drops it for all.
 *
 * <p>Immutable: every method returns a new comparison.
 */
public final class Comparison {

  /** What is compared when no metrics are named. */
  private static final String[] DEFAULT_METRICS = {
    "log_loss", "brier", "accuracy", "top_label_calibration_error"
  };

  private final Map<String, String> models;
  private final Evaluation evaluation;

  private Comparison(Map<String, String> models, Evaluation evaluation) {
    this.models = models;
    this.evaluation = evaluation;
  }

  /** A comparison of columns of logits. */
  public static Comparison ofLogits() {
    return of(Evaluation.ofLogits(""));
  }

  /** A comparison of columns of probabilities. */
  public static Comparison ofProbabilities() {
    return of(Evaluation.ofProbabilities(""));
  }

  private static Comparison of(Evaluation evaluation) {
    return new Comparison(Map.of(), evaluation.metrics(DEFAULT_METRICS));
  }

  private Comparison with(Evaluation newEvaluation) {
    return new Comparison(models, newEvaluation);
  }

  /**
   * Adds a model; the first is the baseline.
   *
   * @param name what to call it
   * @param column its predictions
   */
  public Comparison model(String name, String column) {
    Map<String, String> more = new LinkedHashMap<>(models);
    if (more.put(name, column) != null) {
      throw new IllegalArgumentException(
          "two models are named '" + name + "'; give each a name of its own");
    }
    return new Comparison(more, evaluation);
  }

  /** As {@link Evaluation#renormalise}, of the probabilities of all models. */
  public Comparison renormalise() {
    return with(evaluation.renormalise());
  }

  /** The column of the labels; {@code label} unless said otherwise. */
  public Comparison label(String column) {
    return with(evaluation.label(column));
  }

  /** The column of the weights; every row weighs 1 without one. */
  public Comparison weight(String column) {
    return with(evaluation.weight(column));
  }

  /** The column that names a row in messages, and that two tables are joined by. */
  public Comparison key(String column) {
    return with(evaluation.key(column));
  }

  /** Adds a slice: by the values of one column, or by the combinations of values of several. */
  public Comparison slice(String... columns) {
    return with(evaluation.slice(columns));
  }

  /**
   * The metrics, each as {@code name} or {@code name(parameter=value, ...)}; log loss, Brier score,
   * accuracy and calibration error unless said otherwise.
   *
   * <p>Means over rows are tested as paired differences, and {@code roc_auc} of two classes by the
   * test of DeLong, DeLong and Clarke-Pearson (1988). Its covariance needs a second pass over the
   * table, whose tasks are sent the distributions of the scores. These are exact for up to 10,000
   * distinct scores of a model in a slice; above that, scores of one cell are tied, and the
   * interval is wider by the bounds of the areas. Of other metrics there are the values and their
   * difference.
   *
   * @throws IllegalArgumentException if a metric or parameter is unknown or a value impossible
   */
  public Comparison metrics(String... metrics) {
    return with(evaluation.metrics(metrics));
  }

  /** As {@link Evaluation#metrics(Dataset, String...)}. */
  public Comparison metrics(Dataset<?> settings, String... metrics) {
    return with(evaluation.metrics(settings, metrics));
  }

  /** As {@link #metrics(String...)}. */
  public Comparison metrics(List<MetricSpec> metrics) {
    return with(evaluation.metrics(metrics));
  }

  /** As {@link Evaluation#policy}. */
  public Comparison policy(InputCheck check, Policy policy) {
    return with(evaluation.policy(check, policy));
  }

  /** Declares the number of classes; otherwise the rows decide, and must agree. */
  public Comparison classes(int classes) {
    return with(evaluation.classes(classes));
  }

  /** As {@link Evaluation#classNames}. */
  public Comparison classNames(String... names) {
    return with(evaluation.classNames(names));
  }

  /** As {@link Evaluation#positive}. */
  public Comparison positive(String value) {
    return with(evaluation.positive(value));
  }

  /** The label of rows that are left out. */
  public Comparison ignoreIndex(long label) {
    return with(evaluation.ignoreIndex(label));
  }

  /** The most values that a slice may have. */
  public Comparison sliceLimit(int limit) {
    return with(evaluation.sliceLimit(limit));
  }

  /**
   * The probability with which an interval covers the true difference; 0.95 unless said otherwise.
   *
   * @param probability in (0, 1)
   */
  public Comparison level(double probability) {
    return with(evaluation.level(probability));
  }

  /**
   * Tests every metric that is a function of means and of bins, as calibration errors are, by a
   * bootstrap: the standard error of the difference is that of its replicates, in which all models
   * have the same rows, and p-values and intervals are normal.
   *
   * @param keyColumn as {@link Evaluation#bootstrap}, which says what it costs
   */
  public Comparison bootstrap(String keyColumn) {
    return with(evaluation.bootstrap(keyColumn));
  }

  /**
   * {@link #bootstrap} by a column of groups (users, sessions), which are drawn whole: its tests
   * hold where the rows of a group depend on each other, given many groups. AUCs are not tested and
   * have no intervals then, as those take rows as independent; so do McNemar's test and the tests
   * of calibration, which are made nevertheless.
   */
  public Comparison cluster(String groupColumn) {
    return with(evaluation.cluster(groupColumn));
  }

  /** The replicates of the bootstrap; 200 unless said otherwise. */
  public Comparison replicates(int replicates) {
    return with(evaluation.replicates(replicates));
  }

  /** The seed of the bootstrap. */
  public Comparison seed(long seed) {
    return with(evaluation.seed(seed));
  }

  /**
   * Compares models whose predictions are columns of one table.
   *
   * @throws IllegalArgumentException if there are not two models, a column is missing or has a type
   *     that cannot be used
   * @throws InvalidRowException at the first row with a fault that no policy lets pass
   * @throws EvaluationException if a slice has too many values
   */
  public ComparisonResult run(Dataset<?> table) {
    if (models.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs two models or more, got "
              + models.size()
              + ": model(name, column), on the command line --model name=column");
    }
    return ActiveSession.of(
        table, () -> run(table, List.copyOf(models.values()), Optional.empty()));
  }

  /**
   * Compares two models whose predictions are in two tables, joined by {@link #key}. Label, weight
   * and slices are those of the first table; if the second has a column of the label's name, as
   * Spark resolves it, the labels must agree. Rows without a partner are counted and left out. The
   * keys of both tables are read once more than the tables.
   *
   * @param first has the predictions of the first model
   * @param second has those of the second
   * @throws IllegalArgumentException also if there are not exactly two models or there is no key
   * @throws EvaluationException also if a key is not unique, or labels differ
   */
  public ComparisonResult run(Dataset<?> first, Dataset<?> second) {
    String key = evaluation.spec().rows().key();
    if (models.size() != 2) {
      throw new IllegalArgumentException(
          "two tables are compared with one model each, got " + models.size() + " models");
    }
    if (key == null) {
      throw new IllegalArgumentException(
          "two tables are joined by a key: key(column), on the command line --key COLUMN");
    }
    return ActiveSession.of(first, () -> run(first, second, key));
  }

  private ComparisonResult run(Dataset<?> first, Dataset<?> second, String key) {
    List<String> columns = List.copyOf(models.values());
    KeyedTables tables =
        KeyedTables.of(first, second, key, evaluation.spec().rows().label(), columns.get(1));
    return run(
        tables.rows(), List.of(columns.get(0), tables.predictions()), Optional.of(tables.keys()));
  }

  private ComparisonResult run(Dataset<?> table, List<String> columns, Optional<KeyCounts> keys) {
    evaluation.spec().input().checkPolicies();
    checkMetrics();
    ComparisonSpec spec =
        new ComparisonSpec(evaluation.spec(), List.copyOf(models.keySet()), columns);
    SliceMemory.check(table, spec.model(0), spec.bytes(), evaluation.spec().bytesOfReplicates());
    Dataset<Row> read = columns(table, spec);
    TableScan<GroupBuffer<PairedGroup>> first = scan(read, new PairedGrouping(spec));
    PairedGroups groups = PairedGroups.of(spec, first.state());
    for (int m = 0; m < spec.models(); m++) {
      Warnings.log(groups.overall().state(m).ledger());
    }
    Optional<GroupBuffer<AucGroup>> aucs = Optional.empty();
    if (spec.hasAuc() && groups.classes() != 0) {
      ScoreSource.POSITIVE.check(groups.classes());
      byte[] found = ByteChunks.of(first.state()::write);
      aucs = Optional.of(scan(read, new AucGrouping(spec, found)).state());
    }
    Map<String, String> settings = settings(first.kernels(), table.sparkSession().version());
    return result(spec, groups, aucs, keys, settings);
  }

  private void checkMetrics() {
    List<ColumnsMean> means = evaluation.spec().columnsMeans();
    if (!means.isEmpty()) {
      throw new IllegalArgumentException(
          ("metric '%s' reads other columns than predictions and label, which a comparison does"
                  + " not; evaluate each model")
              .formatted(means.get(0).function().name()));
    }
    for (BoundMetric metric : evaluation.spec().boundMetrics()) {
      if (metric.isExact()) {
        throw new IllegalArgumentException(
            ("metric '%s': a comparison reads metrics off one pass; leave method=%s out, or"
                    + " evaluate each model")
                .formatted(metric.name(), metric.parameters().get("method")));
      }
    }
  }

  /** The predictions of the first model, all other columns, the predictions of the others. */
  static Dataset<Row> columns(Dataset<?> table, ComparisonSpec spec) {
    InputColumns input = new InputColumns(table);
    List<Column> columns = new ArrayList<>(input.select(spec.model(0)));
    for (String column : spec.columns().subList(1, spec.models())) {
      columns.add(
          input
              .predictions(column, spec.evaluation().input().kind())
              .as(InputColumns.name(columns.size())));
    }
    return table.select(columns.toArray(Column[]::new));
  }

  private static <G extends RowGroup<G>> TableScan<GroupBuffer<G>> scan(
      Dataset<Row> columns, RowGrouping<G> grouping) {
    return TableScan.of(
        columns, (kernels, children) -> new ComparisonAggregate<>(grouping, kernels, children));
  }

  private ComparisonResult result(
      ComparisonSpec spec,
      PairedGroups groups,
      Optional<GroupBuffer<AucGroup>> aucs,
      Optional<KeyCounts> keys,
      Map<String, String> settings) {
    ComparisonReading reading = new ComparisonReading(spec);
    List<SliceComparison> slices = new ArrayList<>();
    for (int d = 0; d < spec.evaluation().rows().slices().size(); d++) {
      int declaration = d;
      groups
          .slices(d)
          .forEach(
              (key, group) ->
                  slices.add(
                      reading.read(
                          reading.values(declaration, key),
                          group,
                          deLong(aucs, declaration + 1, key))));
    }
    return new ComparisonResult(
        settings,
        spec.names(),
        groups.classes(),
        spec.evaluation().intervals().level(),
        keys,
        reading.overall(groups.overall(), deLong(aucs, 0, new SliceKey(0))),
        ComparisonReading.adjusted(slices));
  }

  private static Optional<DeLong> deLong(
      Optional<GroupBuffer<AucGroup>> aucs, int declaration, SliceKey key) {
    return aucs.map(buffer -> buffer.sorted(declaration).get(key).deLong());
  }

  private Map<String, String> settings(Set<String> kernels, String sparkVersion) {
    Map<String, String> settings =
        new LinkedHashMap<>(evaluation.spec().settings(kernels, sparkVersion));
    settings.remove("predictions");
    models.forEach((name, column) -> settings.put("model " + name, column));
    settings.put("level", String.valueOf(evaluation.spec().intervals().level()));
    return settings;
  }
}
