// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.sparklosses.conformal.ConformalRank;
import org.sparklosses.fit.ConformalScans;
import org.sparklosses.table.RowSpec;

/**
 * What the estimators of conformal prediction share: labels, weights, groups, and the shares of
 * rows that may be left out. Fit them on rows that the model was not trained on.
 *
 * @param <E> the estimator
 * @param <M> its model
 */
public abstract class ConformalEstimator<
        E extends ConformalEstimator<E, M>, M extends ConformalModel<M>>
    extends Estimator<M> implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private static final int MOST_ALPHAS = 100;

  private final String uid;
  private final Param<String> labelCol;
  private final Param<String> weightCol;
  private final Param<String> groupCol;
  private final DoubleArrayParam alphas;
  private final DoubleParam testWeight;

  ConformalEstimator(String uid) {
    this.uid = uid;
    labelCol = StageParams.labelCol(this);
    weightCol = StageParams.weightCol(this);
    groupCol = new Param<>(this, "groupCol", "column of groups with thresholds of their own");
    alphas = new DoubleArrayParam(this, "alphas", "shares of rows that may be left out, in (0, 1)");
    testWeight =
        new DoubleParam(
            this,
            "testWeight",
            "weight of a new row, or the largest of several, if rows have weights",
            ParamValidators.gtEq(0));
    setDefault(labelCol, "label");
    setDefault(alphas, new double[] {0.1});
    setDefault(testWeight, 1.0);
  }

  abstract E self();

  @Override
  public final String uid() {
    return uid;
  }

  /** Param of the label column; {@code label} by default. */
  public final Param<String> labelCol() {
    return labelCol;
  }

  /** Param of the weight column; not set by default. */
  public final Param<String> weightCol() {
    return weightCol;
  }

  /** Param of the column of groups; not set by default. */
  public final Param<String> groupCol() {
    return groupCol;
  }

  /** Param of the shares of rows that may be left out; 0.1 by default. */
  public final DoubleArrayParam alphas() {
    return alphas;
  }

  /** Param of the weight of a new row; 1 by default. */
  public final DoubleParam testWeight() {
    return testWeight;
  }

  /** Sets the label column. */
  public final E setLabelCol(String value) {
    set(labelCol, value);
    return self();
  }

  /**
   * Sets the weight column: a weight of 3 is three rows, or, for rows that come from another
   * distribution than those to come, how much likelier a row is among these (Tibshirani et al.
   * 2019), or how much like them it is (Barber et al. 2023). See {@link #setTestWeight}.
   */
  public final E setWeightCol(String value) {
    set(weightCol, value);
    return self();
  }

  /**
   * Sets the column of groups: what is promised then holds in each group by itself (Mondrian
   * conformal prediction). Any type that can be grouped by; NULL is a group. Rows of a group that
   * had no rows in the fit, or too few, get all classes or an infinite interval.
   */
  public final E setGroupCol(String value) {
    set(groupCol, value);
    return self();
  }

  /**
   * Sets the shares of rows that may be left out. All are fitted in the same scans; the model uses
   * the first until it is told another.
   *
   * @param values distinct, in (0, 1); 1 to 100
   */
  public final E setAlphas(double... values) {
    set(alphas, checked(values.clone()));
    return self();
  }

  /** Sets the weight of a new row, at least 0: the largest of those that the model is used for. */
  public final E setTestWeight(double value) {
    set(testWeight, (Object) value);
    return self();
  }

  private static double[] checked(double[] values) {
    long distinct = Arrays.stream(values).map(ConformalRank::checkAlpha).distinct().count();
    if (values.length == 0 || values.length > MOST_ALPHAS || distinct < values.length) {
      throw new IllegalArgumentException(
          "alphas = %s are not allowed; give 1 to %d that differ"
              .formatted(Arrays.toString(values), MOST_ALPHAS));
    }
    return values;
  }

  final ConformalScans scans() {
    return new ConformalScans(checked(getOrDefault(alphas)), (Double) getOrDefault(testWeight));
  }

  /** The rows with the groups of this estimator, and no others. */
  final RowSpec grouped(RowSpec rows) {
    return isSet(groupCol)
        ? rows.withSlices(List.of(List.of(StageColumns.reference(getOrDefault(groupCol)))))
        : rows.withSlices(List.of());
  }
}
