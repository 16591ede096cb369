// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.score.CompensatedSum;

/** The slope of a spline through the cumulative calibration error. */
public final class SplineCalibration implements BinaryCalibrator {

  private static final String NAME = "spline_calibration";

  private static final int MOST_KNOTS = 64;

  /** For the service loader. */
  public SplineCalibration() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "a smooth correction by ranks, without bins; where it leaves [0, 1] it is cut off, and"
        + " it may turn the order round: a floor is wanted before a log loss";
  }

  @Override
  public String formula() {
    return "p + spline'(t), t the rank of p from 0 to 1; spline: natural and cubic with n_knots"
        + " equidistant knots, of least squares to the sum of y - p up to t over the weight of all"
        + " rows; rows of one score are one point at their mean rank and mean sum; straight lines"
        + " between scores";
  }

  @Override
  public String source() {
    return "Gupta et al. 2021, arXiv:2006.12800";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.integer("n_knots", 6, Range.closed(2, MOST_KNOTS), "how many knots"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints groups = table.groups(InputScale.PROBABILITY);
    int knots = settings.integer("n_knots");
    double[] calibrated = calibrated(groups, knots);
    for (int i = 0; i < calibrated.length; i++) {
      calibrated[i] = Math.max(0, Math.min(1, calibrated[i]));
    }
    FitStatus status = FitStatus.of(groups);
    return BinaryFit.of(
        new PiecewiseLinear(NAME, groups.score(), calibrated),
        status == FitStatus.OK && groups.size() < knots ? FitStatus.FEW_SCORES : status,
        table);
  }

  /** The values at the scores, before they are cut off. */
  static double[] calibrated(BinaryPoints groups, int knots) {
    NaturalSpline spline = new NaturalSpline(knots);
    double[] ranks = ranks(groups);
    double[] ordinates = ordinates(groups, knots);
    double[] calibrated = new double[groups.size()];
    for (int i = 0; i < calibrated.length; i++) {
      double[] slopes = spline.slopes(ranks[i]);
      CompensatedSum sum = new CompensatedSum();
      for (int k = 0; k < knots; k++) {
        sum.add(slopes[k] * ordinates[k]);
      }
      calibrated[i] = groups.score()[i] + sum.value();
    }
    return calibrated;
  }

  /** The rank of each group, from 0 to 1. */
  private static double[] ranks(BinaryPoints groups) {
    double[] cumulative = groups.cumulativeWeight();
    double last = cumulative[cumulative.length - 1] - 1;
    double[] ranks = new double[cumulative.length];
    for (int i = 0; i < ranks.length; i++) {
      double mean = (i == 0 ? 0 : cumulative[i - 1]) + (groups.weight(i) - 1) / 2;
      ranks[i] = last > 0 ? Math.max(0, Math.min(1, mean / last)) : 0;
    }
    return ranks;
  }

  /** Where the spline passes its knots, the least of all that fit equally well. */
  static double[] ordinates(BinaryPoints groups, int knots) {
    NaturalSpline spline = new NaturalSpline(knots);
    double[] ranks = ranks(groups);
    double weight = groups.weight();
    CompensatedSum[] products = new CompensatedSum[knots * knots];
    CompensatedSum[] targets = new CompensatedSum[knots];
    for (int i = 0; i < products.length; i++) {
      products[i] = new CompensatedSum();
    }
    for (int k = 0; k < knots; k++) {
      targets[k] = new CompensatedSum();
    }
    CompensatedSum error = new CompensatedSum();
    for (int i = 0; i < groups.size(); i++) {
      double w = groups.weight(i);
      double p = groups.score()[i];
      double own = groups.positive()[i] * (1 - p) - groups.negative()[i] * p;
      double mean = (error.value() + own * (w + 1) / (2 * w)) / weight;
      error.add(own);
      double[] values = spline.values(ranks[i]);
      for (int j = 0; j < knots; j++) {
        targets[j].add(w / weight * values[j] * mean);
        for (int k = 0; k < knots; k++) {
          products[j * knots + k].add(w / weight * values[j] * values[k]);
        }
      }
    }
    Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(knots, knots);
    ArrayRealVector right = new ArrayRealVector(knots);
    for (int j = 0; j < knots; j++) {
      right.setEntry(j, targets[j].value());
      for (int k = 0; k < knots; k++) {
        matrix.setEntry(j, k, products[j * knots + k].value());
      }
    }
    return new SingularValueDecomposition(matrix).getSolver().solve(right).toArray();
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return PiecewiseLinear.of(NAME, numbers);
  }
}
