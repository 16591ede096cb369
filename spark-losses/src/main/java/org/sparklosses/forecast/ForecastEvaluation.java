package org.sparklosses.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.evaluate.GatedMetric;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.regression.ForecastKind;
import org.sparklosses.regression.ForecastState;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.table.RowSpec;
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
 * <p>Gates are checked as those of an {@link Evaluation}: {@code
 * evaluation.forGate(gate).run(table).check(List.of(gate))}.
 *
 * <p>Immutable: every method returns a new evaluation.
 */
public final class ForecastEvaluation {

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
   * Adds what a gate needs: its slice, if it was not asked for.
   *
   * @throws IllegalArgumentException if such forecasts do not have its metric or part, if several
   *     of their metrics have its name and it does not say which, or if it is about an interval:
   *     these metrics have none
   */
  public ForecastEvaluation forGate(Gate gate) {
    if (gate.needsInterval()) {
      throw new IllegalArgumentException(
          "gate '%s' needs an interval; metrics of forecasts have none, compare the value"
              .formatted(gate.text()));
    }
    // No rows have all metrics too.
    new GatedMetric(gate).figure(spec.newGroup().result(Map.of()).metrics());
    return gate.slice().isEmpty() || spec.rows().slices().contains(gate.slice())
        ? this
        : slice(gate.slice().toArray(String[]::new));
  }

  /**
   * Evaluates a table.
   *
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   * @throws InvalidRowException at the first row with a fault that is not dropped
   * @throws EvaluationException if a forecast is impossible, or a slice has too many values
   */
  public EvaluationResult run(Dataset<?> table) {
    return ActiveSession.of(table, () -> evaluated(table));
  }

  private EvaluationResult evaluated(Dataset<?> table) {
    ForecastState none = spec.kind().newState();
    RowSpec rows = spec.rows();
    new SliceMemory(rows.slices(), rows.sliceLimit(), 1, (n, classes) -> none.bytes(n) + 500, 0)
        .check(table, () -> 1);
    GroupBuffer<ForecastGroup> groups =
        TableScan.of(columns(table), (kernels, found) -> new ForecastAggregate(spec, found))
            .state();
    SliceResult overall = groups.merged(spec.newGroup()).result(Map.of());
    Warnings.log(overall.ledger());
    return new EvaluationResult(
        settings(table.sparkSession().version()), 0, overall, slices(groups));
  }

  private List<SliceResult> slices(GroupBuffer<ForecastGroup> groups) {
    List<SliceResult> results = new ArrayList<>();
    for (int d = 0; d < spec.rows().slices().size(); d++) {
      List<String> columns = spec.rows().slices().get(d);
      groups.sorted(d).forEach((key, group) -> results.add(group.result(key.named(columns))));
    }
    return results;
  }

  /** The columns in the order in which {@link ForecastReader} takes them. */
  Dataset<Row> columns(Dataset<?> table) {
    return table.select(
        new InputColumns(table)
            .select(spec.rows(), "forecast", spec.kind().columns(), spec.kind().isArray())
            .toArray(Column[]::new));
  }

  private Map<String, String> settings(String sparkVersion) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("forecasts", String.join(", ", spec.kind().columns()));
    settings.putAll(spec.rows().describedColumns());
    settings.putAll(spec.rows().describedSlices());
    spec.rows()
        .policies()
        .forEach(
            (check, policy) -> {
              if (policy == Policy.DROP) {
                settings.merge("dropped", check.name(), (a, b) -> a + ", " + b);
              }
            });
    settings.put("spark", sparkVersion);
    return settings;
  }
}
