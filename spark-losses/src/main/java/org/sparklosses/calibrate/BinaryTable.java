// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.WeightRange;

/**
 * What every calibrator of a probability of two classes is fitted from: scores in ascending order
 * with the weight of the rows of either class at each. It is made of rows, of the distribution of a
 * score, or of a table of cells; a fit reads it as often as it needs, and rows are read no more.
 * Equal tables have the same bits whatever the order and partitioning of the rows, and so has what
 * is fitted.
 *
 * <p>A table of cells has two faces. For methods with a formula in the logit each class of a cell
 * stands in as two points, mean +- standard deviation, with half its weight each: that keeps the
 * terms of the likelihood up to the second order in the width of a cell. For methods that only
 * order and bin scores a cell is one group of ties.
 */
public final class BinaryTable {

  /** Nearer than this share of a cell two points that stand in for rows are one. */
  private static final double NEAR = 1e-9;

  private final InputScale scale;
  private final long rows;
  private final BinaryPoints points;
  private final BinaryPoints groups;
  private final LogitCells cells;

  private BinaryTable(
      InputScale scale, long rows, BinaryPoints points, BinaryPoints groups, LogitCells cells) {
    this.scale = scale;
    this.rows = rows;
    this.points = points;
    this.groups = groups;
    this.cells = cells;
  }

  /**
   * Of rows in memory, in any order.
   *
   * @param scale what the scores are
   * @param score of each row
   * @param label of each row: 0 or 1
   * @param weight of each row, at least 0, where only 0 or from 1e-30 to 1e30; null for 1 each. A
   *     row of weight 0 does not exist
   * @throws IllegalArgumentException if a score of positive weight is NaN or no probability, a
   *     label is neither 0 nor 1, or a weight is none
   */
  public static BinaryTable of(InputScale scale, double[] score, double[] label, double[] weight) {
    Integer[] order = new Integer[score.length];
    int n = 0;
    for (int i = 0; i < score.length; i++) {
      if (weightOf(weight, i) > 0) {
        scale.check(score[i]);
        if (label[i] != 0 && label[i] != 1) {
          throw new IllegalArgumentException(
              "the label of row " + i + " is " + label[i] + ": it must be 0 or 1");
        }
        order[n++] = i;
      }
    }
    Arrays.sort(order, 0, n, Comparator.comparingDouble(i -> score[i] + 0.0));
    double[] scores = new double[n];
    ExactSums sums = new ExactSums(2 * n);
    int groups = 0;
    for (int i = 0; i < n; i++) {
      double x = score[order[i]] + 0.0;
      if (groups == 0 || x > scores[groups - 1]) {
        scores[groups++] = x;
      }
      sums.add(2 * (groups - 1) + (int) label[order[i]], weightOf(weight, order[i]));
    }
    double[] positive = new double[groups];
    double[] negative = new double[groups];
    for (int i = 0; i < groups; i++) {
      negative[i] = sums.value(2 * i);
      positive[i] = sums.value(2 * i + 1);
    }
    return ofPoints(scale, n, new BinaryPoints(Arrays.copyOf(scores, groups), positive, negative));
  }

  private static double weightOf(double[] weight, int row) {
    double w = weight == null ? 1 : weight[row];
    if (w != 0 && !WeightRange.ALL.contains(w)) {
      throw new IllegalArgumentException(
          "the weight of row " + row + " is " + WeightRange.ALL.told(w));
    }
    return w;
  }

  /**
   * Of the distribution of a score whose outcomes are labels, 0 or 1. On a grid its atoms are
   * groups of ties at the mean of their scores.
   *
   * @param scale what the scores are
   * @throws IllegalArgumentException if a score is none of the scale
   */
  public static BinaryTable of(InputScale scale, Atoms atoms) {
    double[] negative = new double[atoms.size()];
    for (int i = 0; i < negative.length; i++) {
      scale.check(atoms.score()[i]);
      negative[i] = Math.max(0, atoms.weight()[i] - atoms.outcome()[i]);
    }
    long rows = Arrays.stream(atoms.count()).sum();
    return ofPoints(scale, rows, new BinaryPoints(atoms.score(), atoms.outcome(), negative));
  }

  private static BinaryTable ofPoints(InputScale scale, long rows, BinaryPoints given) {
    BinaryPoints points = scale == InputScale.LOGIT ? given.by(Logit::clipped) : given;
    return new BinaryTable(scale, rows, points, points, null);
  }

  /** Of a table of cells of logits. */
  public static BinaryTable of(LogitCells cells) {
    return of(cells, StandIn.SPREAD);
  }

  /**
   * Of a table of cells whose weights are divided by their mean: what is fitted depends on the
   * ratios of weights alone.
   */
  public static BinaryTable ofMeanWeightOne(LogitCells cells) {
    LogitCells.Entry[] entries = cells.entries();
    double weight = Arrays.stream(entries).mapToDouble(LogitCells.Entry::weight).sum();
    LogitCells.Entry[] scaled =
        Arrays.stream(entries)
            .map(entry -> entry.weighing(entry.weight() / weight * cells.rows()))
            .toArray(LogitCells.Entry[]::new);
    return of(cells, scaled, StandIn.SPREAD, null);
  }

  static BinaryTable of(LogitCells cells, StandIn standIn) {
    return of(cells, cells.entries(), standIn, standIn == StandIn.SPREAD ? cells : null);
  }

  private static BinaryTable of(
      LogitCells cells, LogitCells.Entry[] entries, StandIn standIn, LogitCells known) {
    return new BinaryTable(
        InputScale.LOGIT,
        cells.rows(),
        near(Arrays.stream(entries).flatMap(standIn::of), NEAR * cells.width()),
        groups(entries),
        known);
  }

  /** What rows of one class in a cell are taken for. */
  enum StandIn {
    /** Two points, mean +- standard deviation, of half the weight each. */
    SPREAD {
      @Override
      Stream<Point> of(LogitCells.Entry entry) {
        double spread = Math.sqrt(entry.variance());
        return spread == 0
            ? MEAN.of(entry)
            : Stream.of(
                new Point(entry.mean() - spread, entry.weight() / 2, entry.positive()),
                new Point(entry.mean() + spread, entry.weight() / 2, entry.positive()));
      }
    },
    /** Their mean. */
    MEAN {
      @Override
      Stream<Point> of(LogitCells.Entry entry) {
        return Stream.of(new Point(entry.mean(), entry.weight(), entry.positive()));
      }
    },
    /** The middle of the cell. */
    MIDDLE {
      @Override
      Stream<Point> of(LogitCells.Entry entry) {
        return Stream.of(new Point(entry.middle(), entry.weight(), entry.positive()));
      }
    };

    abstract Stream<Point> of(LogitCells.Entry entry);
  }

  /** A point that stands in for rows of one class. */
  record Point(double score, double weight, boolean positive) {}

  private static BinaryPoints near(Stream<Point> given, double distance) {
    Point[] sorted =
        given
            .sorted(Comparator.comparingDouble(Point::score).thenComparing(Point::positive))
            .toArray(Point[]::new);
    double[] score = new double[sorted.length];
    double[] positive = new double[sorted.length];
    double[] negative = new double[sorted.length];
    int n = 0;
    for (Point point : sorted) {
      if (n == 0 || point.score() - score[n - 1] > distance) {
        score[n++] = point.score();
      }
      double[] weights = point.positive() ? positive : negative;
      weights[n - 1] += point.weight();
    }
    return new BinaryPoints(
        Arrays.copyOf(score, n), Arrays.copyOf(positive, n), Arrays.copyOf(negative, n));
  }

  private static BinaryPoints groups(LogitCells.Entry[] entries) {
    double[] score = new double[entries.length];
    double[] positive = new double[entries.length];
    double[] negative = new double[entries.length];
    int n = 0;
    for (int i = 0; i < entries.length; i++) {
      LogitCells.Entry entry = entries[i];
      if (i == 0 || entry.cell() != entries[i - 1].cell()) {
        score[n++] = entry.mean();
      } else {
        double share = entry.weight() / (entry.weight() + negative[n - 1]);
        score[n - 1] += share * (entry.mean() - score[n - 1]);
      }
      double[] weights = entry.positive() ? positive : negative;
      weights[n - 1] = entry.weight();
    }
    return new BinaryPoints(
            Arrays.copyOf(score, n), Arrays.copyOf(positive, n), Arrays.copyOf(negative, n))
        .by(x -> x);
  }

  /** The scale of the scores that it was made of. */
  public InputScale scale() {
    return scale;
  }

  /** The number of rows of positive weight. */
  public long rows() {
    return rows;
  }

  /** The sum of their weights. */
  public double weight() {
    return points.weight();
  }

  /** What methods with a formula in the logit are fitted to. */
  BinaryPoints logits() {
    return on(InputScale.LOGIT, points);
  }

  /** What methods that order or bin scores are fitted to. */
  BinaryPoints groups(InputScale wanted) {
    return on(wanted, groups);
  }

  private BinaryPoints on(InputScale wanted, BinaryPoints of) {
    return wanted == scale ? of : of.by(x -> scale.to(wanted, x));
  }

  /** The cells, if it is made of cells with their variances. */
  Optional<LogitCells> cells() {
    return Optional.ofNullable(cells);
  }
}
