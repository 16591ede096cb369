// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.conformal.ConformalRank;
import org.sparklosses.conformal.CoverageRange;
import org.sparklosses.conformal.ThresholdTable;
import org.sparklosses.fit.ConformalScans;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.Warnings;

/**
 * What the models of conformal prediction share: thresholds of every group, class and share of rows
 * that may be left out. They are Params, so that they are saved with the others.
 *
 * @param <M> the model
 */
public abstract class ConformalModel<M extends ConformalModel<M>> extends Model<M>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  /** Of a group that is a value, before it. */
  private static final String VALUE = "=";

  /** The group of SQL NULL. */
  private static final String NULL = "null";

  private final String uid;
  private final Param<String> groupCol;
  private final DoubleArrayParam alphas;
  private final DoubleParam alpha;
  private final StringArrayParam groups;
  private final DoubleArrayArrayParam thresholds;
  private final IntParam keysOfGroup;
  private final DoubleArrayParam measures;

  ConformalModel(String uid) {
    this.uid = uid;
    groupCol = new Param<>(this, "groupCol", "column of groups with thresholds of their own");
    alphas = new DoubleArrayParam(this, "alphas", "shares of rows that may be left out");
    alpha = new DoubleParam(this, "alpha", "the one of alphas that is used");
    groups = new StringArrayParam(this, "groups", "=value, or null of SQL NULL, of each group");
    thresholds =
        new DoubleArrayArrayParam(
            this, "thresholds", "of each group its thresholds, by class and alpha");
    keysOfGroup = new IntParam(this, "keysOfGroup", "classes with thresholds of their own, or 1");
    measures = new DoubleArrayParam(this, "measures", "rows and scans of the fit");
  }

  abstract M self();

  @Override
  public final String uid() {
    return uid;
  }

  /** Param of the column of groups; not set without groups. */
  public final Param<String> groupCol() {
    return groupCol;
  }

  /** Param of the shares of rows that may be left out. */
  public final DoubleArrayParam alphas() {
    return alphas;
  }

  /** Param of the share that is used, one of {@link #alphas}; the first by default. */
  public final DoubleParam alpha() {
    return alpha;
  }

  /** Param of the groups: {@code =} and the value, or {@code null}. */
  public final StringArrayParam groups() {
    return groups;
  }

  /** Param of the thresholds of each group, those of a class side by side. */
  public final DoubleArrayArrayParam thresholds() {
    return thresholds;
  }

  /** Param of how many classes of a group have thresholds of their own; 1 if they share them. */
  public final IntParam keysOfGroup() {
    return keysOfGroup;
  }

  /** Param of the rows and scans of the fit. */
  public final DoubleArrayParam measures() {
    return measures;
  }

  /**
   * Sets the share of rows that may be left out.
   *
   * @throws IllegalArgumentException if it is none of those that were fitted
   */
  public final M setAlpha(double value) {
    share(value);
    set(alpha, (Object) value);
    return self();
  }

  /** The share of rows that may be left out. */
  public final double getAlpha() {
    return isDefined(alpha) ? (Double) getOrDefault(alpha) : getOrDefault(alphas)[0];
  }

  private int share(double value) {
    double[] fitted = getOrDefault(alphas);
    for (int a = 0; a < fitted.length; a++) {
      if (fitted[a] == value) {
        return a;
      }
    }
    throw new IllegalArgumentException(
        "alpha = %s was not fitted; there are %s: choose one, or fit with setAlphas"
            .formatted(value, Arrays.toString(fitted)));
  }

  /** Which of the alphas is used. */
  final int share() {
    return share(getAlpha());
  }

  /** Sets the thresholds, and what is known of their fit. */
  final M setFound(ConformalScans.Found found) {
    Map<String, float[]> byGroup = found.thresholds().byGroup();
    set(
        groups,
        byGroup.keySet().stream().map(g -> g == null ? NULL : VALUE + g).toArray(String[]::new));
    set(
        thresholds,
        byGroup.values().stream().map(ConformalModel::doubles).toArray(double[][]::new));
    set(keysOfGroup, (Object) found.thresholds().classes());
    set(measures, new double[] {found.ledger().rowsEvaluated(), found.scans()});
    Warnings.log(found.ledger());
    return self();
  }

  private static double[] doubles(float[] thresholds) {
    double[] doubles = new double[thresholds.length];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = thresholds[i];
    }
    return doubles;
  }

  /** The thresholds of all alphas. */
  final ThresholdTable table() {
    String[] names = getOrDefault(groups);
    double[][] numbers = getOrDefault(thresholds);
    Map<String, float[]> byGroup = new LinkedHashMap<>();
    for (int g = 0; g < names.length; g++) {
      float[] ofGroup = new float[numbers[g].length];
      for (int i = 0; i < ofGroup.length; i++) {
        ofGroup[i] = (float) numbers[g][i];
      }
      byGroup.put(names[g].startsWith(VALUE) ? names[g].substring(1) : null, ofGroup);
    }
    return new ThresholdTable((Integer) getOrDefault(keysOfGroup), byGroup);
  }

  /**
   * The thresholds for the alpha that is used, by group as text, null being SQL NULL: one, or one a
   * class. Without groups the key is empty. +infinity where the rows were too few, so that all
   * classes are in the set or the interval is infinite.
   */
  public final Map<String, float[]> thresholdsByGroup() {
    ThresholdTable table = table();
    Map<String, float[]> used = new LinkedHashMap<>();
    int shares = getOrDefault(alphas).length;
    table.byGroup().keySet().forEach(g -> used.put(g, table.of(g, share(), shares)));
    return used;
  }

  /** How many thresholds are infinite for the alpha that is used, for their rows were too few. */
  public final long infiniteThresholds() {
    return table().infinite(share(), getOrDefault(alphas).length);
  }

  /** How many rows the fit used. */
  public final long rows() {
    return (long) getOrDefault(measures)[0];
  }

  /** How often the fit read the table: twice, or once if all thresholds are infinite. */
  public final int scans() {
    return (int) getOrDefault(measures)[1];
  }

  /**
   * What coverage to expect of new rows for the alpha that is used: of a fit without groups,
   * classes or weights.
   *
   * @param level of the interval, in (0, 1), as 0.95
   */
  public final CoverageRange expectedCoverage(double level) {
    return CoverageRange.of(rows(), ConformalRank.checkAlpha(getAlpha()), level);
  }

  /** The group of each row as text, or that of all rows. */
  final Column group(Dataset<?> dataset) {
    return isSet(groupCol)
        ? new InputColumns(dataset).groups("group", StageColumns.reference(getOrDefault(groupCol)))
        : functions.lit(ThresholdTable.ALL).cast(DataTypes.StringType);
  }
}
