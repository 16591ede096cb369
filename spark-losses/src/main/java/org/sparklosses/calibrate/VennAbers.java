// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Settings;

/** Two isotonic fits that a new row joins, once with either label. */
public final class VennAbers implements BinaryCalibrator {

  private static final String NAME = "venn_abers";

  /** For the service loader. */
  public VennAbers() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "isotonic regression with a pair of probabilities one of which is calibrated, whatever"
        + " the distribution, and one probability made of them that is never 0 or 1";
  }

  @Override
  public String formula() {
    return "p1 = isotonic fit of the rows and (s, 1), weight 1, read at s; p0 with (s, 0);"
        + " log: p1 / (1 - p0 + p1), brier: p1 - p1^2 / 2 + p0^2 / 2";
  }

  @Override
  public String source() {
    return "Vovk, Petej and Fedorova 2015, arXiv:1511.00213";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.choice(
            "minimax",
            List.of("log", "brier"),
            "the loss whose regret against p0 and p1 the probability makes least"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints groups = table.groups(table.scale());
    Pairs map = pairs(groups, table.scale(), settings.text("minimax").equals("log"));
    return BinaryFit.of(map, FitStatus.of(groups), table);
  }

  /**
   * The fits at every place between scores.
   *
   * @param groups may be without rows
   */
  static Pairs pairs(BinaryPoints groups, InputScale input, boolean isLog) {
    int n = groups.size();
    double[] rest = new double[n];
    Arrays.setAll(rest, i -> groups.negative()[n - 1 - i]);
    double[] hits = new double[n];
    Arrays.setAll(hits, i -> groups.positive()[n - 1 - i]);
    double[] one = joined(groups.positive(), groups.negative());
    double[] complement = joined(rest, hits);
    double[] zero = new double[n + 1];
    Arrays.setAll(zero, i -> Math.min(1 - complement[n - i], one[i]));
    return new Pairs(input, groups.score(), zero, one, isLog);
  }

  /**
   * The isotonic fit at each place, from below the first score to above the last, where a row of
   * outcome 1 and weight 1 is added. A row at a score has the value of one right below it: as its
   * outcome is 1, the fit pools it with what follows.
   *
   * <p>Of the cumulative diagram of weights and hits, in which the part below the place is moved by
   * (-1, -1), the value is the slope of the greatest convex minorant over the added row. From place
   * to place the minorant changes by the corners that a new point hides, so that all takes one walk
   * (Vovk, Petej and Fedorova 2015, algorithms 1 and 2).
   */
  private static double[] joined(double[] hits, double[] misses) {
    int n = hits.length;
    double[] x = new double[n + 1];
    double[] y = new double[n + 1];
    for (int i = 0; i < n; i++) {
      x[i + 1] = x[i] + (hits[i] + misses[i]);
      y[i + 1] = y[i] + hits[i];
    }
    Corners corners = new Corners(n + 2);
    for (int i = n; i >= 0; i--) {
      corners.add(x[i], y[i]);
    }
    double[] values = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      if (i == 0 || corners.isAbove(x[i] - 1, y[i] - 1)) {
        if (i > 0) {
          corners.drop();
        }
        corners.add(x[i] - 1, y[i] - 1);
      }
      values[i] = Math.max(i == 0 ? 0 : values[i - 1], Math.min(1, corners.slope()));
    }
    return values;
  }

  /** The corners of a convex minorant from right to left, the last being where it starts. */
  private static final class Corners {

    private final double[] x;
    private final double[] y;
    private int size;

    Corners(int capacity) {
      x = new double[capacity];
      y = new double[capacity];
    }

    /** Adds a point to the left of all others, or one below the minorant. */
    void add(double px, double py) {
      while (size > 1 && isHidden(px, py)) {
        size--;
      }
      x[size] = px;
      y[size++] = py;
    }

    /** Whether the last corner lies on or above the line from a point to the corner before it. */
    private boolean isHidden(double px, double py) {
      double ax = x[size - 1] - px;
      double ay = y[size - 1] - py;
      double bx = x[size - 2] - px;
      double by = y[size - 2] - py;
      return ay * bx >= by * ax;
    }

    void drop() {
      size--;
    }

    /** Whether the minorant lies above a point. */
    boolean isAbove(double px, double py) {
      int last = size - 1;
      return (py - y[last]) * (x[last - 1] - x[last]) < (y[last - 1] - y[last]) * (px - x[last]);
    }

    /** The slope where it starts. */
    double slope() {
      int last = size - 1;
      return (y[last - 1] - y[last]) / (x[last - 1] - x[last]);
    }
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    double[] score = numbers.ascending("score");
    return new Pairs(
        numbers.number("is_logit") != 0 ? InputScale.LOGIT : InputScale.PROBABILITY,
        score,
        numbers.probabilities("p0", score.length + 1),
        numbers.probabilities("p1", score.length + 1),
        numbers.number("is_log") != 0);
  }

  /**
   * The pairs of probabilities.
   *
   * @param score in ascending order
   * @param zero p0 of a row above so many scores; the row counts as above its own
   * @param one p1 of a row above so many scores; the row counts as below its own
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Pairs(InputScale input, double[] score, double[] zero, double[] one, boolean isLog)
      implements BinaryMap {

    private static final long serialVersionUID = 1L;

    @Override
    public String method() {
      return NAME;
    }

    /** The fit with a row of label 0. */
    double p0(double x) {
      return zero[StepFunction.bin(score, x, false)];
    }

    /** The fit with a row of label 1. */
    double p1(double x) {
      return one[StepFunction.bin(score, x, true)];
    }

    @Override
    public double probability(double x) {
      if (Double.isNaN(x)) {
        return Double.NaN;
      }
      double z = input == InputScale.LOGIT ? Logit.clipped(x) : x;
      double p0 = p0(z);
      double p1 = p1(z);
      return isLog ? p1 / (1 - p0 + p1) : p1 - p1 * p1 / 2 + p0 * p0 / 2;
    }

    @Override
    public boolean needsFloor() {
      return Arrays.stream(one).anyMatch(p -> p <= 0) || Arrays.stream(zero).anyMatch(p -> p >= 1);
    }

    @Override
    public IncreasingRange increasing() {
      return IncreasingRange.everywhereIf(
          zero[0] < zero[score.length] || one[0] < one[score.length]);
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none()
          .with("score", score)
          .with("p0", zero)
          .with("p1", one)
          .with("is_logit", input == InputScale.LOGIT ? 1 : 0)
          .with("is_log", isLog ? 1 : 0);
    }
  }
}
