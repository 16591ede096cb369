// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import org.sparklosses.function.Settings;
import org.sparklosses.score.CompensatedSum;
import org.sparklosses.score.IsotonicFit;

/** Isotonic regression without its steps. */
public final class CenteredIsotonic implements BinaryCalibrator {

  private static final String NAME = "centered_isotonic";

  /** For the service loader. */
  public CenteredIsotonic() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "isotonic regression whose steps are straight lines between their centres, so that"
        + " different scores stay different but at its ends, where it may give 0 and 1: a floor is"
        + " wanted before a log loss";
  }

  @Override
  public String formula() {
    return "each block of the isotonic fit is a point at the weighted mean of its scores; a block"
        + " of value 0 or 1 keeps both its ends, the first and the last block their outer"
        + " end; straight lines between, constant beyond";
  }

  @Override
  public String source() {
    return "Oron and Flournoy 2017, doi:10.1080/19466315.2017.1286256";
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints groups = table.groups(InputScale.PROBABILITY);
    return BinaryFit.of(centred(groups), FitStatus.of(groups), table);
  }

  private static PiecewiseLinear centred(BinaryPoints groups) {
    IsotonicFit fit = IsotonicCalibration.blocks(groups);
    Knots knots = new Knots(2 * fit.size() + 2);
    int from = 0;
    for (int block = 0; block < fit.size(); block++) {
      int to = fit.end(block);
      double first = groups.score()[from];
      double last = groups.score()[to - 1];
      double value = fit.mean(block);
      boolean isCertain = value == 0 || value == 1;
      if (isCertain || block == 0) {
        knots.add(first, value);
      }
      if (!isCertain) {
        knots.add(Math.max(first, Math.min(last, mean(groups, from, to))), value);
      }
      if (isCertain || block == fit.size() - 1) {
        knots.add(last, value);
      }
      from = to;
    }
    return knots.map();
  }

  private static double mean(BinaryPoints groups, int from, int to) {
    CompensatedSum sum = new CompensatedSum();
    CompensatedSum weight = new CompensatedSum();
    for (int i = from; i < to; i++) {
      sum.add(groups.weight(i) * groups.score()[i]);
      weight.add(groups.weight(i));
    }
    return sum.value() / weight.value();
  }

  /** Points of distinct scores. */
  private static final class Knots {

    private final double[] x;
    private final double[] y;
    private int size;

    Knots(int capacity) {
      x = new double[capacity];
      y = new double[capacity];
    }

    void add(double score, double value) {
      if (size == 0 || score > x[size - 1]) {
        x[size] = score;
        y[size++] = value;
      }
    }

    PiecewiseLinear map() {
      return new PiecewiseLinear(NAME, Arrays.copyOf(x, size), Arrays.copyOf(y, size));
    }
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return PiecewiseLinear.of(NAME, numbers);
  }
}
