// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ColumnsMean;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.score.DeLong;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.ByteChunks;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.ScanExplanation;
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
 *     Comparison.of("old", Evaluation.ofLogits("logits_old").slice("country"))
 *         .model("new", "logits_new")
 *         .run(table);
 * Difference loss = result.difference("log_loss", "new");
 * }</pre>
 *
 * <p>All models are judged by what the baseline's {@link Evaluation} declares: columns, classes,
 * policies, slices, metrics. A row is compared if no model's predictions have a fault; a policy
 * that drops a row drops it for all.
 *
 * <ul>
 *   <li>Means over rows are tested as paired differences, and {@code roc_auc} of two classes by the
 *       test of DeLong, DeLong and Clarke-Pearson (1988). Its covariance needs a second pass over
 *       the table, whose tasks are sent the distributions of the scores. These are exact for up to
 *       10,000 distinct scores of a model in a slice; above that, scores of one cell are tied, and
 *       the interval is wider by the bounds of the areas. Of other metrics there are the values and
 *       their difference.
 *   <li>With {@link Evaluation#bootstrap} every metric that is a function of means and of bins, as
 *       calibration errors are, is tested by it: the standard error of the difference is that of
 *       its replicates, in which all models have the same rows, and p-values and intervals are
 *       normal.
 *   <li>With {@link Evaluation#cluster} these tests hold where the rows of a group depend on each
 *       other, given many groups. AUCs are not tested and have no intervals then, as those take
 *       rows as independent; so do McNemar's test and the tests of calibration, which are made
 *       nevertheless.
 *   <li>{@link Evaluation#level} is the probability with which an interval covers the true
 *       difference.
 * </ul>
 *
 * <p>The models may also come in two tables, joined by the {@link Evaluation#key}: {@link
 * #run(Dataset, Dataset)}.
 *
 * <p>Immutable: every method returns a new comparison.
 */
public final class Comparison {

  /** What is compared of an evaluation that names no metrics of its own. */
  private static final List<MetricSpec> DEFAULT_METRICS =
      Stream.of("log_loss", "brier", "accuracy", "top_label_calibration_error")
          .map(MetricSpec::of)
          .toList();

  private final Map<String, String> models;
  private final Evaluation evaluation;

  private Comparison(Map<String, String> models, Evaluation evaluation) {
    this.models = models;
    this.evaluation = evaluation;
  }

  /**
   * A comparison to one model, the baseline.
   *
   * @param baseline what to call it
   * @param evaluation how it is evaluated, and all others. Where that is {@link
   *     Evaluation#defaultMetrics}, log loss, Brier score, accuracy and calibration error are
   *     compared
   */
  public static Comparison of(String baseline, Evaluation evaluation) {
    boolean isDefault = evaluation.spec().metrics().equals(Evaluation.defaultMetrics());
    return new Comparison(
        Map.of(baseline, evaluation.spec().rows().predictions()),
        isDefault ? evaluation.metrics(DEFAULT_METRICS) : evaluation);
  }

  /**
   * Adds a model.
   *
   * @param name what to call it
   * @param column its predictions, of the kind that the baseline's are
   * @throws IllegalArgumentException if another has the name
   */
  public Comparison model(String name, String column) {
    Map<String, String> more = new LinkedHashMap<>(models);
    if (more.put(name, column) != null) {
      throw new IllegalArgumentException(
          "two models are named '" + name + "'; give each a name of its own");
    }
    return new Comparison(more, evaluation);
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
   * Compares two models whose predictions are in two tables, joined by {@link Evaluation#key}.
   * Label, weight and slices are those of the first table; if the second has a column of the
   * label's name, as Spark resolves it, the labels must agree. Rows without a partner are counted
   * and left out. The keys of both tables are read once more than the tables.
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

  /**
   * What {@link #run(Dataset)} would do, as text for a person: passes, what each metric needs of
   * each model, memory, and Spark's plan. No row is read.
   *
   * @throws IllegalArgumentException as {@link #run(Dataset)}
   */
  public String explain(Dataset<?> table) {
    ComparisonSpec spec = checked(List.copyOf(models.values()));
    return ActiveSession.of(
        table,
        () ->
            ScanExplanation.of(
                spec.description(1),
                settings(Set.of(), table.sparkSession().version()),
                columns(table, spec),
                evaluation.spec().kept(),
                memory(spec)));
  }

  private ComparisonSpec checked(List<String> columns) {
    evaluation.spec().input().checkPolicies();
    checkMetrics();
    return new ComparisonSpec(evaluation.spec(), List.copyOf(models.keySet()), columns);
  }

  private SliceMemory memory(ComparisonSpec spec) {
    return SliceMemory.of(spec.model(0), spec.bytes(), evaluation.spec().bytesOfReplicates());
  }

  private ComparisonResult run(Dataset<?> first, Dataset<?> second, String key) {
    List<String> columns = List.copyOf(models.values());
    KeyedTables tables =
        KeyedTables.of(first, second, key, evaluation.spec().rows().label(), columns.get(1));
    return run(
        tables.rows(), List.of(columns.get(0), tables.predictions()), Optional.of(tables.keys()));
  }

  private ComparisonResult run(Dataset<?> table, List<String> columns, Optional<KeyCounts> keys) {
    ComparisonSpec spec = checked(columns);
    SliceMemory.check(table, spec.model(0), spec.bytes(), evaluation.spec().bytesOfReplicates());
    Dataset<Row> read = columns(table, spec);
    TableScan<GroupBuffer<PairedGroup>> first =
        scan(spec.description(1), read, new PairedGrouping(spec));
    PairedGroups groups = PairedGroups.of(spec, first.state());
    for (int m = 0; m < spec.models(); m++) {
      Warnings.log(groups.overall().state(m).ledger());
    }
    Optional<GroupBuffer<AucGroup>> aucs = Optional.empty();
    if (spec.hasAuc() && groups.classes() != 0) {
      ScoreSource.POSITIVE.check(groups.classes());
      byte[] found = ByteChunks.of(first.state()::write);
      aucs = Optional.of(scan(spec.description(2), read, new AucGrouping(spec, found)).state());
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
      String description, Dataset<Row> columns, RowGrouping<G> grouping) {
    return TableScan.of(description, columns, ComparisonAggregate.definition(grouping));
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
