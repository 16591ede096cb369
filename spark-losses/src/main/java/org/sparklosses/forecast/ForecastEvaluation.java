// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.evaluate.GatedMetric;
import org.sparklosses.evaluate.IntervalSettings;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.regression.ForecastKind;
import org.sparklosses.regression.ForecastState;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.NumberReader;
import org.sparklosses.table.Policy;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.ScanExplanation;
import org.sparklosses.table.SliceMemory;
import org.sparklosses.table.TableScan;
import org.sparklosses.table.Warnings;

/**
 * Evaluates a table of forecasts of a number in one pass over it, over all rows and over slices:
 * scores, calibration and sharpness, as the kind of forecast allows. The result does not depend on
 * the partitioning or the order of the rows, and is exact ({@code ence} for up to 10,000 distinct
 * standard deviations; see {@link org.sparklosses.regression.GaussianState}).
 *
 * <pre>{@code
 * EvaluationResult result =
 *     ForecastEvaluation.ofNormal("mean", "sigma").label("y").slice("site").run(table);
 * double crps = result.value("crps_gaussian");
 * }</pre>
 *
 * <ul>
 *   <li>point: {@code rmse}, {@code mae}, {@code r2};
 *   <li>normal: {@code gaussian_nll}, {@code crps_gaussian}, {@code regression_sharpness}, {@code
 *       quantile_calibration_error}, {@code interval_calibration_error}, {@code ence} by 10 bins,
 *       {@code pit_histogram};
 *   <li>interval: {@code interval_score}, {@code interval_coverage};
 *   <li>quantiles: {@code pinball_loss} of each level, {@code quantile_calibration_error};
 *   <li>ensemble: {@code crps_ensemble}, as it is and fair.
 * </ul>
 *
 * <p>A row with a NULL, a number that is not finite, or an array of the wrong length ends the
 * evaluation, unless {@link #policy} says that such rows be left out and counted. A standard
 * deviation that is not above 0 and an interval whose ends are swapped always end it: that is no
 * missing value, but another kind of forecast. Rows of weight 0 do not exist; they are counted. An
 * empty table gives NaN.
 *
 * <p>How sure metrics are tell {@link #bootstrap}, {@link #cluster} and {@link #standardErrors}.
 * What is kept of a table can be stored and merged later: {@link #state}. Gates are checked as
 * those of an {@link Evaluation}: {@code evaluation.forGate(gate).run(table).check(List.of(gate))}.
 *
 * <p>Immutable: every method returns a new evaluation.
 */
public final class ForecastEvaluation {

  /** What a group takes besides its sums. */
  private static final int BYTES_OF_GROUP = 500;

  private final ForecastSpec spec;

  private ForecastEvaluation(ForecastSpec spec) {
    this.spec = spec;
  }

  /** Of forecasts of the number alone: their column. */
  public static ForecastEvaluation ofPoint(String forecast) {
    return of(new ForecastKind.Point(forecast));
  }

  /** Of normal forecasts: columns of their means and of their standard deviations. */
  public static ForecastEvaluation ofNormal(String mean, String sigma) {
    return of(new ForecastKind.Normal(mean, sigma));
  }

  /**
   * Of central intervals: columns of their ends.
   *
   * @param alpha the share outside, in (0, 1)
   */
  public static ForecastEvaluation ofInterval(String low, String high, double alpha) {
    return of(new ForecastKind.CentralInterval(low, high, alpha));
  }

  /**
   * Of quantiles: a column of arrays.
   *
   * @param levels of the quantiles, ascending and distinct, in [0, 1]
   */
  public static ForecastEvaluation ofQuantiles(String column, double... levels) {
    return of(new ForecastKind.Quantiles(column, Arrays.stream(levels).boxed().toList()));
  }

  /** Of ensembles: a column of arrays of what the members forecast. */
  public static ForecastEvaluation ofEnsemble(String column) {
    return of(new ForecastKind.Ensemble(column));
  }

  private static ForecastEvaluation of(ForecastKind kind) {
    return new ForecastEvaluation(ForecastSpec.of(kind));
  }

  private ForecastEvaluation with(UnaryOperator<RowSpec> change) {
    return new ForecastEvaluation(spec.withRows(change));
  }

  /** The column of the numbers that came true; {@code label} unless said otherwise. */
  public ForecastEvaluation label(String column) {
    return with(rows -> rows.withLabel(column));
  }

  /** The column of the weights; every row weighs 1 without one. */
  public ForecastEvaluation weight(String column) {
    return with(rows -> rows.withWeight(column));
  }

  /** Adds a slice: by the values of one column, or by the combinations of values of several. */
  public ForecastEvaluation slice(String... columns) {
    return with(rows -> rows.slicedBy(List.of(columns)));
  }

  /**
   * What is done about rows with a fault: {@link Policy#FAIL}, the default, or {@link Policy#DROP}.
   *
   * @param fault {@code NULL_PREDICTION} and {@code NULL_LABEL}, {@code NAN} (a forecast or label
   *     that is not finite), {@code EMPTY_PREDICTION}, {@code LENGTH_MISMATCH}, {@code
   *     NULL_WEIGHT}, {@code INVALID_WEIGHT} or {@code WEIGHT_OUT_OF_RANGE}; of numbers no other is
   *     found
   * @throws IllegalArgumentException if the policy makes no sense of it
   */
  public ForecastEvaluation policy(InputCheck fault, Policy policy) {
    return with(rows -> rows.withPolicy(fault, policy));
  }

  /** The most values that a slice may have; 10,000 unless said otherwise. */
  public ForecastEvaluation sliceLimit(int limit) {
    return with(rows -> rows.withSliceLimit(limit));
  }

  /**
   * Gives every metric that means determine its bootstrap interval, from the same pass and in every
   * slice: all but {@code ence}, {@code pit_histogram} and, of normal forecasts, the two
   * calibration errors. The rows of a value of the key are drawn together, as those of an {@link
   * Evaluation#bootstrap} of the same keys and seed are, so that replicates are paired; the result
   * does not depend on the partitioning or the order of the rows. Intervals are percentile
   * intervals.
   *
   * <p>Sums of buckets are exact: numbers may have any unit, and weights the range that they have
   * without a bootstrap. Memory: about 64 bytes a bucket and mean, up to 16 kB a mean, and as much
   * again for every slice.
   *
   * @param keyColumn a whole number, or anything else as its text; rows of NULL are one unit
   */
  public ForecastEvaluation bootstrap(String keyColumn) {
    return intervals(spec.intervals().withKey(keyColumn, false));
  }

  /**
   * Intervals that are right where the rows of a group (a site, a day) depend on each other: {@link
   * #bootstrap} by the column of the groups, which are drawn whole. There should be many.
   */
  public ForecastEvaluation cluster(String groupColumn) {
    return intervals(spec.intervals().withKey(groupColumn, true));
  }

  /** The replicates of the bootstrap, at least 2; 200 unless said otherwise. */
  public ForecastEvaluation replicates(int replicates) {
    return intervals(spec.intervals().withReplicates(replicates));
  }

  /** The seed of the bootstrap; 42 unless said otherwise. */
  public ForecastEvaluation seed(long seed) {
    return intervals(spec.intervals().withSeed(seed));
  }

  /** The probability that intervals are to cover, in (0, 1); 0.95 unless said otherwise. */
  public ForecastEvaluation level(double level) {
    return intervals(spec.intervals().withLevel(level));
  }

  /**
   * Gives means over rows their standard errors by formula ({@link
   * org.sparklosses.inference.MeanEstimate}) and normal intervals; rows count as independent.
   * {@code rmse} and {@code regression_sharpness} have the error of their mean square by the delta
   * method, and the roots of its ends. With a bootstrap the intervals are its own.
   */
  public ForecastEvaluation standardErrors() {
    return intervals(spec.intervals().analytic());
  }

  /** Intervals as these settings say, in place of what was said of them before. */
  public ForecastEvaluation intervals(IntervalSettings settings) {
    return new ForecastEvaluation(spec.withIntervals(settings));
  }

  /**
   * Adds what a gate needs: its slice, if it was not asked for.
   *
   * @throws IllegalArgumentException if such forecasts do not have its metric or part, if several
   *     of their metrics have its name and it does not say which, or if it is about an interval
   *     that there will not be
   */
  public ForecastEvaluation forGate(Gate gate) {
    checkGate(gate);
    return gate.slice().isEmpty() || spec.rows().slices().contains(gate.slice())
        ? this
        : slice(gate.slice().toArray(String[]::new));
  }

  private void checkGate(Gate gate) {
    GatedMetric gated = new GatedMetric(gate);
    gated.figure(spec.metricsOfNoRows());
    if (gate.needsInterval() && !gated.hasInterval(spec.metricsOfNoRows())) {
      IntervalSettings resampled = spec.intervals().withKey("key", false);
      throw new IllegalArgumentException(
          "gate '%s' needs an interval: %s"
              .formatted(
                  gate.text(),
                  gated.hasInterval(spec.withIntervals(resampled).metricsOfNoRows())
                      ? "ask for one by bootstrap(key), on the command line --bootstrap KEY"
                      : "metric '" + gate.metric() + "' has none, compare its value"));
    }
  }

  /**
   * Evaluates a table.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   * @throws InvalidRowException at the first row with a fault that is not dropped
   * @throws EvaluationException if a forecast is impossible, or a slice has too many values
   */
  public EvaluationResult run(Dataset<?> table) {
    EvaluationResult result = scanned(table).result();
    Warnings.log(result.overall().ledger());
    return new EvaluationResult(
        spec.settings(table.sparkSession().version()), 0, result.overall(), result.slices());
  }

  /**
   * Evaluates a table and gives what is kept of it, to be stored and merged later.
   *
   * @throws IllegalArgumentException as {@link #run}
   * @throws InvalidRowException as {@link #run}
   * @throws EvaluationException as {@link #run}
   */
  public ForecastEvaluationState state(Dataset<?> table) {
    ForecastEvaluationState state = scanned(table);
    Warnings.log(state.ledger());
    return state;
  }

  private ForecastEvaluationState scanned(Dataset<?> table) {
    return ActiveSession.of(
        table,
        () -> {
          memory().check(table, () -> 1);
          return new ForecastEvaluationState(
              spec,
              TableScan.of(spec.description(), columns(table), ForecastAggregate.definition(spec))
                  .state());
        });
  }

  /**
   * What {@link #run} would do, as text for a person: metrics, memory, and Spark's plan. No row is
   * read.
   *
   * @throws IllegalArgumentException as {@link #run}
   */
  public String explain(Dataset<?> table) {
    return ActiveSession.of(
        table,
        () ->
            ScanExplanation.of(
                spec.description(),
                spec.settings(table.sparkSession().version()),
                columns(table),
                spec.kept(),
                memory()));
  }

  private SliceMemory memory() {
    ForecastState none = spec.kind().newState();
    int numbers = none.means().size();
    return new SliceMemory(
        spec.rows().slices(),
        spec.rows().sliceLimit(),
        1,
        (rows, classes) ->
            none.bytes(rows)
                + ForecastSpread.bytes(spec.intervals(), numbers, rows)
                + BYTES_OF_GROUP,
        ForecastSpread.bytesOfReplicates(spec.intervals(), numbers));
  }

  ForecastSpec spec() {
    return spec;
  }

  /** The columns in the order in which {@link NumberReader} takes them. */
  Dataset<Row> columns(Dataset<?> table) {
    return table.select(
        new InputColumns(table)
            .select(spec.rows(), "forecast", spec.kind().columns(), spec.kind().isArray())
            .toArray(Column[]::new));
  }
}
