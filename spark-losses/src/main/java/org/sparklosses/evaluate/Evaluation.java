// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.Compat;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.Outcome;
import org.sparklosses.score.Scanned;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.ClassNames;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.JobDescription;
import org.sparklosses.table.Policy;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.ReaderBatch;
import org.sparklosses.table.RowReader;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.ScanExplanation;
import org.sparklosses.table.SliceMemory;
import org.sparklosses.table.SqlExecution;
import org.sparklosses.table.TableScan;
import org.sparklosses.table.Warnings;

/**
 * Evaluates a table of predictions in one pass over it: all metrics, over all rows and over any
 * number of slices. (A metric of ordered scores that is asked for with {@code method=exact} takes a
 * second pass where the distinct scores are too many for the first.) The result is exact and does
 * not depend on the partitioning or the order of the rows.
 *
 * <pre>{@code
 * EvaluationResult result =
 *     Evaluation.ofLogits("logits")
 *         .label("label")
 *         .slice("country")
 *         .slice("country", "device")
 *         .metrics("log_loss", "top_label_calibration_error(n_bins=10, norm=l2)")
 *         .policy(InputCheck.NULL_LABEL, Policy.DROP)
 *         .run(table);
 * double loss = result.value("log_loss");
 * }</pre>
 *
 * <p>Predictions are a column of type ARRAY of FLOAT or DOUBLE (other numbers are cast to DOUBLE),
 * an MLlib Vector, or, of two classes, one number: the logit or the probability of class 1. A label
 * is a class index from 0. Probabilities pass when they lie in [0, 1] and sum to 1 within 1e-4, and
 * are clipped to [0, 1]; see {@link #renormalise}.
 *
 * <p>A row with a fault (see {@link InputCheck}) ends the evaluation unless a policy says that such
 * rows be left out; either way they are counted in the ledger. An empty table gives NaN metrics.
 *
 * <p>Immutable: every method returns a new evaluation.
 */
public final class Evaluation {

  /** The label of rows that are left out, unless declared otherwise. */
  public static final long DEFAULT_IGNORE_INDEX = PredictionSpec.DEFAULT_IGNORE_INDEX;

  /** The most values a slice may have, unless declared otherwise. */
  public static final int DEFAULT_SLICE_LIMIT = RowSpec.DEFAULT_SLICE_LIMIT;

  /** The seed of a bootstrap, unless another is given. */
  public static final long DEFAULT_SEED = IntervalSettings.DEFAULT_SEED;

  /** The probability that intervals are to cover, unless declared otherwise. */
  public static final double DEFAULT_LEVEL = IntervalSettings.DEFAULT_LEVEL;

  private static final Logger LOG = LoggerFactory.getLogger(Evaluation.class);

  private final EvaluationSpec spec;

  private Evaluation(EvaluationSpec spec) {
    this.spec = spec;
  }

  /** An evaluation of a column of logits. */
  public static Evaluation ofLogits(String column) {
    return of(InputKind.LOGITS, column);
  }

  /** An evaluation of a column of probabilities. */
  public static Evaluation ofProbabilities(String column) {
    return of(InputKind.PROBABILITIES, column);
  }

  private static Evaluation of(InputKind kind, String column) {
    return new Evaluation(EvaluationSpec.of(PredictionSpec.of(kind, column), defaultMetrics()));
  }

  /** The same over all rows alone. */
  Evaluation withoutSlices() {
    return new Evaluation(spec.withRows(rows -> rows.withSlices(List.of())));
  }

  /** What is computed when no metrics are named. */
  public static List<MetricSpec> defaultMetrics() {
    return Metrics.defaults();
  }

  /**
   * Divides the probabilities of each row by their sum, as a softmax in half precision needs: of
   * 1,000 classes most such rows miss 1 by more than the tolerance. How many rows did is counted:
   * {@link InputCheck#RENORMALISED}. Each must still lie in [0, 1], and their sum above 0.
   *
   * @throws IllegalArgumentException if the input is logits, which softmax makes sum to 1
   */
  public Evaluation renormalise() {
    return new Evaluation(spec.withInput(input -> input.withKind(input.kind().renormalised())));
  }

  /** The column of the labels; {@code label} unless said otherwise. */
  public Evaluation label(String column) {
    return new Evaluation(spec.withRows(rows -> rows.withLabel(column)));
  }

  /** The column of the weights; every row weighs 1 without one. */
  public Evaluation weight(String column) {
    return new Evaluation(spec.withRows(rows -> rows.withWeight(column)));
  }

  /** The column that names a row in messages. */
  public Evaluation key(String column) {
    return new Evaluation(spec.withRows(rows -> rows.withKey(column)));
  }

  /** Adds a slice: by the values of one column, or by the combinations of values of several. */
  public Evaluation slice(String... columns) {
    return new Evaluation(spec.withRows(rows -> rows.slicedBy(List.of(columns))));
  }

  /**
   * The metrics, each as {@code name} or {@code name(parameter=value, ...)}.
   *
   * @throws IllegalArgumentException if a metric or parameter is unknown or a value impossible
   */
  public Evaluation metrics(String... metrics) {
    return metrics(Arrays.stream(metrics).map(MetricSpec::parse).toList());
  }

  /** As {@link #metrics(String...)}. */
  public Evaluation metrics(List<MetricSpec> metrics) {
    metrics.forEach(Metrics::bind);
    return new Evaluation(spec.withMetrics(metrics));
  }

  /**
   * As {@link #metrics(String...)}, with settings from a table of one row, such as class weights
   * that a query counted: a column is a setting of its name ({@code weight}, {@code prior}, {@code
   * class_counts}, ...), an array or a number, of every function that has such a setting and is
   * named without it. The row is read at once.
   *
   * @throws IllegalArgumentException also if there is not one row, a value is NULL, or no metric
   *     takes a column
   */
  public Evaluation metrics(Dataset<?> settings, String... metrics) {
    List<MetricSpec> named = Arrays.stream(metrics).map(MetricSpec::parse).toList();
    return metrics(TableSettings.of(settings).given(named));
  }

  /**
   * Also evaluates, over all rows, what a report's figures are drawn from: see {@link
   * Metrics#figures}. It costs a pass one or two distributions of scores and a confusion matrix,
   * and as much memory again in every slice.
   */
  public Evaluation figures() {
    return new Evaluation(spec.withFigures());
  }

  /**
   * Gives every metric that is a function of means and of bins its bootstrap interval, from the
   * same pass: the means (log loss, Brier score, accuracy, functions of a row, ...), calibration
   * errors over bins of equal width of one series (top label, positive class, ...) and the bins of
   * their reliability diagrams, in every slice. All others, such as those of every class, of bins
   * of equal mass and most of ranking, have none. The whole area under a ROC curve ({@code
   * roc_auc}, {@code gini}, {@code roc_curve}), which cannot be resampled so, has the interval that
   * {@link #standardErrors} gives it, for which rows count as independent.
   *
   * <p>The values of the key are the units that are drawn, with all their rows: name the key of the
   * rows; of groups whose rows belong together see {@link #cluster}. The key is hashed to one of
   * 256 random buckets, the pass sums the rows of each, and afterwards each replicate takes every
   * bucket as often as a Poisson draw of mean 1 says, which is a hash of seed, bucket and
   * replicate. So intervals have the same bits however the table is parted and ordered, and models
   * that are evaluated with the same keys and seed are resampled alike: the differences of their
   * replicates are paired. Bucket sums are integers, in multiples of 2^-52: additions are exact;
   * rows whose summands (wx, w^2) reach 2^40 make a sum infinite, hence weights should be about 1.
   *
   * <p>Intervals are percentile intervals. A calibration error over bins is never negative and
   * resampling adds to it as chance does: near calibration its interval lies high.
   *
   * <p>Memory: 8 bytes a bucket and sum, that is 2 kB in all for each mean, 6 kB for each bin (12
   * kB with weights), and as much again for every slice; twice as much where a sum of a bucket
   * exceeds 512, less where a slice has fewer rows than buckets. Metrics of more than 100 bins have
   * no interval.
   *
   * @param keyColumn a whole number, or anything else as its text; rows of NULL are one unit
   */
  public Evaluation bootstrap(String keyColumn) {
    return new Evaluation(spec.withIntervals(spec.intervals().withKey(keyColumn, false)));
  }

  /**
   * Intervals that are right where the rows of a group (a user, a session) depend on each other:
   * {@link #bootstrap} by the column of the groups, which are drawn whole. There should be many.
   * Areas under ROC curves have no interval then: theirs would take rows as independent.
   */
  public Evaluation cluster(String groupColumn) {
    return new Evaluation(spec.withIntervals(spec.intervals().withKey(groupColumn, true)));
  }

  /** The replicates of the bootstrap; 200 unless said otherwise. */
  public Evaluation replicates(int replicates) {
    return new Evaluation(spec.withIntervals(spec.intervals().withReplicates(replicates)));
  }

  /** The seed of the bootstrap: the same for all models that are compared. */
  public Evaluation seed(long seed) {
    return new Evaluation(spec.withIntervals(spec.intervals().withSeed(seed)));
  }

  /** The probability that intervals are to cover; 0.95 unless said otherwise. */
  public Evaluation level(double level) {
    return new Evaluation(spec.withIntervals(spec.intervals().withLevel(level)));
  }

  /**
   * Gives means their standard errors by formula ({@link org.sparklosses.inference.MeanEstimate})
   * and normal intervals; rows count as independent. A metric that has a bootstrap interval keeps
   * that.
   *
   * <p>The whole area under a ROC curve has its standard error by DeLong, DeLong and Clarke-Pearson
   * 1988 ({@link org.sparklosses.score.Placements#variance}, which says what weights do) and an
   * interval that is normal on the scale of its log odds, hence within [0, 1] ({@link
   * org.sparklosses.inference.Interval#logit}). Its ends are NaN where the area is 0 or 1, where
   * the error is 0, as of a constant score, and unless there are two rows of either outcome. Where
   * the area is read off a grid ({@code error_bound} above 0), error and interval are those of the
   * area on the grid; with {@code method=exact} the interval lies around the exact area.
   */
  public Evaluation standardErrors() {
    return new Evaluation(spec.withIntervals(spec.intervals().analytic()));
  }

  /** Intervals as these settings say, in place of what was said of them before. */
  public Evaluation intervals(IntervalSettings settings) {
    return new Evaluation(spec.withIntervals(settings));
  }

  /**
   * Adds what a gate needs: its metric and its slice, if they were not asked for.
   *
   * @throws IllegalArgumentException if there is no such metric, parameter or part, or the gate is
   *     about an interval that there will not be
   */
  public Evaluation forGate(Gate gate) {
    BoundMetric metric = Metrics.bind(gate.metric());
    new GatedMetric(gate).checkPart(metric);
    if (gate.needsInterval() && !intervals().gives(metric)) {
      throw new IllegalArgumentException(
          "gate '%s' needs an interval: %s"
              .formatted(
                  gate.text(),
                  spec.intervals().isBootstrap()
                      ? "metric '" + gate.metric() + "' has none by bootstrap, compare its value"
                      : "ask for one by bootstrap(key), on the command line --bootstrap KEY"));
    }
    EvaluationSpec more = spec;
    if (spec.boundMetrics().stream().noneMatch(metric::isSame)) {
      List<MetricSpec> metrics = new ArrayList<>(spec.metrics());
      metrics.add(gate.metric());
      more = more.withMetrics(metrics);
    }
    boolean isNewSlice = !gate.slice().isEmpty() && !spec.rows().slices().contains(gate.slice());
    return isNewSlice
        ? new Evaluation(more).slice(gate.slice().toArray(String[]::new))
        : new Evaluation(more);
  }

  private Intervals intervals() {
    return new Intervals(spec.intervals(), spec.metricPlan());
  }

  /**
   * Takes the conventions of another library for what the metrics named so far leave unsaid: {@code
   * sklearn}, {@code torchmetrics}, {@code netcal} or {@code mllib}; see {@link Compat}.
   *
   * @throws IllegalArgumentException for another library
   */
  public Evaluation compat(String library) {
    return metrics(spec.metrics().stream().map(Compat.of(library)::of).toList());
  }

  /**
   * What is done about rows with a fault: {@link Policy#FAIL}, the default, or {@link Policy#DROP}.
   *
   * @throws IllegalArgumentException if the policy makes no sense of the check
   */
  public Evaluation policy(InputCheck check, Policy policy) {
    return new Evaluation(spec.withRows(rows -> rows.withPolicy(check, policy)));
  }

  /** Declares the number of classes; otherwise the rows decide, and must agree. */
  public Evaluation classes(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "classes must be at least 2, got %d; of two classes the predictions may be one number a row"
              .formatted(classes));
    }
    if (spec.input().classNames().areDeclared()
        && spec.input().classNames().values().size() != classes) {
      throw new IllegalArgumentException(
          "%d classes are declared, but these names: %s"
              .formatted(classes, spec.input().classNames().values()));
    }
    return new Evaluation(spec.withInput(input -> input.withClasses(classes)));
  }

  /**
   * Names the classes, in the order of their indices. A label may then be a text or a truth value
   * ({@code true} or {@code false}): it is the class of that name. Labels that are numbers stay
   * indices. Reports show the names.
   *
   * @throws IllegalArgumentException if there are fewer than two, two are the same, or there are
   *     not as many as classes were declared
   */
  public Evaluation classNames(String... names) {
    return named(ClassNames.of(List.of(names)));
  }

  /**
   * Names the value of the label that is class 1 of two; any other, NULL apart, is class 0. The
   * label may be a text, a truth value or a number.
   *
   * @throws IllegalArgumentException if another number of classes than two was declared
   */
  public Evaluation positive(String value) {
    return named(ClassNames.positive(value));
  }

  private Evaluation named(ClassNames names) {
    if (spec.input().classes() != 0 && spec.input().classes() != names.values().size()) {
      throw new IllegalArgumentException(
          "%d classes are declared, but these names: %s"
              .formatted(spec.input().classes(), names.values()));
    }
    return new Evaluation(spec.withInput(input -> input.withClassNames(names)));
  }

  /** The label of rows that are left out. */
  public Evaluation ignoreIndex(long label) {
    return new Evaluation(spec.withInput(input -> input.withIgnoreIndex(label)));
  }

  /**
   * The most values that a slice may have. Where the states of so many could be more than fits
   * memory, the values of the slices are counted before the table is evaluated, by a query of their
   * columns alone.
   */
  public Evaluation sliceLimit(int limit) {
    return new Evaluation(spec.withRows(rows -> rows.withSliceLimit(limit)));
  }

  /**
   * Evaluates a table.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   * @throws InvalidRowException at the first row with a fault that no policy lets pass
   * @throws EvaluationException if a slice has too many values, or the states of all slices would
   *     not fit memory
   */
  public EvaluationResult run(Dataset<?> table) {
    spec.input().checkPolicies();
    return ActiveSession.of(table, () -> evaluated(table));
  }

  /**
   * What {@link #run} would do, as text for a person: passes, what each metric needs, memory, and
   * Spark's plan. No row is read.
   *
   * @throws IllegalArgumentException as {@link #run}
   */
  public String explain(Dataset<?> table) {
    spec.input().checkPolicies();
    return ActiveSession.of(
        table,
        () ->
            ScanExplanation.of(
                spec.description(),
                spec.settings(Set.of(), table.sparkSession().version()),
                withFunctions(columns(table)),
                spec.kept(),
                SliceMemory.of(spec.input(), spec.plan()::bytes, spec.bytesOfReplicates())));
  }

  private EvaluationResult evaluated(Dataset<?> table) {
    warnOfReader(table.sparkSession().conf(), spec.input().classes());
    SliceMemory.check(table, spec.input(), spec.plan()::bytes, spec.bytesOfReplicates());
    TableScan<GroupBuffer<MetricState>> scan = scan(table);
    EvaluationBuffer buffer = new EvaluationBuffer(spec, scan.state());
    if (spec.input().classes() == 0) {
      warnOfReader(table.sparkSession().conf(), buffer.groups().classes());
    }
    SliceResult overall = overall(buffer, table);
    Warnings.log(overall.ledger());
    Set<String> kernels = overall.ledger().rowsSeen() > 0 ? scan.kernels() : Set.of();
    return result(buffer, overall, spec.settings(kernels, table.sparkSession().version()));
  }

  /** The metrics of all rows; those that take all of them in order by a pass of their own. */
  private SliceResult overall(EvaluationBuffer buffer, Dataset<?> table) {
    List<BoundMetric> metrics = new ArrayList<>(spec.boundMetrics());
    metrics.addAll(spec.boundFigures(buffer.groups().classes()));
    MetricState state = buffer.overall();
    Intervals intervals = intervals();
    SliceResult overall = read(Map.of(), state, metrics, intervals);
    int[] ordered =
        IntStream.range(0, metrics.size())
            .filter(i -> metrics.get(i).needsAllRows(state))
            .toArray();
    if (ordered.length == 0) {
      return overall;
    }
    List<List<Scanned>> scanned =
        ordered(
            table,
            buffer.groups().classes(),
            Arrays.stream(ordered).mapToObj(spec.metrics()::get).toList());
    List<MetricResult> results = new ArrayList<>(overall.metrics());
    for (int i = 0; i < ordered.length; i++) {
      BoundMetric metric = metrics.get(ordered[i]);
      Outcome outcome = metric.scan().orElseThrow().outcome(scanned.get(i), state);
      results.set(ordered[i], intervals.analytic(metric.result(outcome), metric, state));
    }
    return new SliceResult(overall.slice(), overall.ledger(), results);
  }

  /** Metrics by a second pass, over what tells score, outcome and weight of a row alone. */
  private List<List<Scanned>> ordered(Dataset<?> table, int classes, List<MetricSpec> metrics) {
    PredictionSpec second =
        spec.input()
            .withClasses(classes)
            .withRows(rows -> rows.withKey(null).withUnit(null).withSlices(List.of()));
    Dataset<Row> columns = columns(table, second, List.of());
    OrderedPass pass = new OrderedPass(second, OrderedPass.STRETCH);
    return JobDescription.during(
        table.sparkSession().sparkContext(),
        "evaluate: pass 2 of 2, " + JobDescription.count(metrics.size(), "metric"),
        () -> SqlExecution.of(columns, () -> pass.run(columns, metrics)));
  }

  /** Internal: what is evaluated. */
  public EvaluationSpec spec() {
    return spec;
  }

  /** The one pass. */
  private TableScan<GroupBuffer<MetricState>> scan(Dataset<?> table) {
    Dataset<Row> columns = columns(table);
    return TableScan.of(
        spec.description(),
        withFunctions(columns),
        columns,
        expressions(columns),
        EvaluationAggregate.definition(spec));
  }

  /** The columns that {@link RowReader} reads, but for the functions. */
  Dataset<Row> columns(Dataset<?> table) {
    return columns(table, spec.input(), FunctionColumns.of(spec));
  }

  private static Dataset<Row> columns(
      Dataset<?> table, PredictionSpec input, List<String> ofFunctions) {
    InputColumns found = new InputColumns(table);
    List<Column> columns = new ArrayList<>(found.select(input));
    for (int i = 0; i < ofFunctions.size(); i++) {
      columns.add(found.find("metric", ofFunctions.get(i)).as(FunctionColumns.name(i)));
    }
    return table.select(columns.toArray(Column[]::new));
  }

  /** All that {@link RowReader} reads. */
  private Dataset<Row> withFunctions(Dataset<Row> columns) {
    List<Column> all = new ArrayList<>(List.of(functions.col("*")));
    FunctionColumns.functions(spec).forEach(function -> all.add(functions.expr(function)));
    try {
      return columns.select(all.toArray(Column[]::new));
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new IllegalArgumentException("metrics " + spec.metrics() + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }

  /** The table of one row and one column that holds the state as bytes. */
  Dataset<Row> aggregate(Dataset<?> table) {
    Dataset<Row> columns = columns(table);
    return TableScan.aggregated(
        columns, EvaluationAggregate.definition(spec).of(null, expressions(columns)));
  }

  /** All that {@link RowReader} reads, as expressions over {@link #columns}. */
  private List<Expression> expressions(Dataset<Row> columns) {
    List<Expression> children = new ArrayList<>(TableScan.attributes(columns));
    CatalystSqlParser parser = new CatalystSqlParser();
    // In the aggregate, not below it: a row that is left out must not reach a function.
    FunctionColumns.functions(spec)
        .forEach(function -> children.add(parser.parseExpression(function)));
    return children;
  }

  private EvaluationResult result(
      EvaluationBuffer buffer, SliceResult overall, Map<String, String> settings) {
    List<BoundMetric> metrics = spec.boundMetrics();
    Intervals intervals = intervals();
    List<SliceResult> slices = new ArrayList<>();
    for (int d = 0; d < spec.rows().slices().size(); d++) {
      List<String> columns = spec.rows().slices().get(d);
      buffer
          .groups()
          .sorted(d)
          .forEach((key, state) -> slices.add(read(key.named(columns), state, metrics, intervals)));
    }
    return new EvaluationResult(
        settings,
        buffer.groups().classes(),
        overall,
        List.copyOf(slices),
        List.of(),
        spec.input().classNames().values());
  }

  private static SliceResult read(
      Map<String, String> slice,
      MetricState state,
      List<BoundMetric> metrics,
      Intervals intervals) {
    return new SliceResult(slice, state.ledger(), intervals.read(state, metrics));
  }

  private static void warnOfReader(RuntimeConfig conf, int classes) {
    int rows = Integer.parseInt(conf.get(ReaderBatch.SETTING, "4096"));
    int recommended = ReaderBatch.recommended(classes);
    if (classes > 0 && rows > 4 * recommended) {
      LOG.warn(
          "Rows of {} classes: set {} to {} (it is {}). Spark's Parquet reader holds a whole batch"
              + " of rows in memory, which here costs time and can end in an OutOfMemoryError.",
          classes,
          ReaderBatch.SETTING,
          recommended,
          rows);
    }
    if (!Boolean.parseBoolean(conf.get(ReaderBatch.NESTED_READER_SETTING, "true"))) {
      LOG.warn(
          "{} is off: arrays in Parquet are read ten times slower. Set it to true.",
          ReaderBatch.NESTED_READER_SETTING);
    }
  }
}
