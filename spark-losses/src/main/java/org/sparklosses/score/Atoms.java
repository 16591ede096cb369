// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleToIntFunction;

/**
 * The distribution of a score s and an outcome y over rows of weight w: groups of rows in ascending
 * order of score, each with its sums. In an exact distribution an atom is one distinct score, so
 * that ties are never split; on a grid an atom is a non-empty cell and its score the mean of the
 * scores in it.
 *
 * @param score the score of each atom, strictly ascending; of ranks ({@link #joined}) not
 *     descending
 * @param count the number of rows
 * @param weight the sum of w
 * @param squaredWeight the sum of w^2
 * @param outcome the sum of wy; y is 0 or 1, or a loss
 * @param scored the sum of ws
 * @param scoredSquare the sum of ws^2
 * @param scoredOutcome the sum of wsy
 * @param isExact whether atoms are distinct scores
 */
// The arrays are shared, not copied: a distribution can be large and nothing writes to it.
@SuppressWarnings("ArrayRecordComponent")
public record Atoms(
    double[] score,
    long[] count,
    double[] weight,
    double[] squaredWeight,
    double[] outcome,
    double[] scored,
    double[] scoredSquare,
    double[] scoredOutcome,
    boolean isExact) {

  private static final int SUMS = 6;

  /** The number of atoms. */
  public int size() {
    return score.length;
  }

  /**
   * The exact distribution of rows in memory, whatever their order. Rows of weight 0 do not exist.
   *
   * @param weight at least 0; null for 1 each
   * @throws IllegalArgumentException if a score is NaN or a weight is negative, infinite or NaN
   */
  public static Atoms of(double[] score, double[] outcome, double[] weight) {
    return group(score, outcome, weight, null);
  }

  /**
   * The distribution of rows in memory by cells.
   *
   * @param weight at least 0; null for 1 each
   * @param cell the cell of a score; does not decrease with the score
   * @throws IllegalArgumentException as {@link #of}
   */
  public static Atoms inCells(
      double[] score, double[] outcome, double[] weight, DoubleToIntFunction cell) {
    return group(score, outcome, weight, cell);
  }

  /**
   * The distribution of rows in memory on {@code cells} right-closed cells of equal width on [0,
   * 1].
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static Atoms onGrid(double[] score, double[] outcome, double[] weight, int cells) {
    return inCells(score, outcome, weight, s -> equalWidthCell(s, cells));
  }

  /**
   * The right-closed cell of {@code s}, by comparison with the edges {@code b / (double) cells}.
   */
  private static int equalWidthCell(double s, int cells) {
    int cell = (int) Math.max(0, Math.min(cells - 1, Math.ceil(s * cells) - 1));
    // The product is rounded: it may be off by one cell at an edge.
    while (cell > 0 && s <= cell / (double) cells) {
      cell--;
    }
    while (cell < cells - 1 && s > (cell + 1) / (double) cells) {
      cell++;
    }
    return cell;
  }

  /** The distribution of the rows of all parts together; the parts are exact. */
  public static Atoms union(List<Atoms> parts) {
    return union(parts, null);
  }

  /**
   * The distribution of the rows of all parts together, by cells.
   *
   * @param cell the cell of a score, as of the parts; null if they are exact
   */
  public static Atoms union(List<Atoms> parts, DoubleToIntFunction cell) {
    int size = parts.stream().mapToInt(Atoms::size).sum();
    int[] part = new int[size];
    int[] atom = new int[size];
    int n = 0;
    for (int p = 0; p < parts.size(); p++) {
      for (int a = 0; a < parts.get(p).size(); a++) {
        part[n] = p;
        atom[n++] = a;
      }
    }
    Integer[] order = ascending(n, Comparator.comparingDouble(i -> scoreOf(parts, part, atom, i)));
    Builder builder = new Builder(n, cell == null);
    for (int i = 0; i < n; i++) {
      if (i > 0
          && isApart(
              scoreOf(parts, part, atom, order[i - 1]),
              scoreOf(parts, part, atom, order[i]),
              cell)) {
        builder.close();
      }
      builder.add(parts.get(part[order[i]]), atom[order[i]]);
    }
    return builder.build();
  }

  private static double scoreOf(List<Atoms> parts, int[] part, int[] atom, int i) {
    return parts.get(part[i]).score[atom[i]];
  }

  /** The atoms {@code from} to {@code to - 1}. */
  public Atoms slice(int from, int to) {
    return new Atoms(
        Arrays.copyOfRange(score, from, to),
        Arrays.copyOfRange(count, from, to),
        Arrays.copyOfRange(weight, from, to),
        Arrays.copyOfRange(squaredWeight, from, to),
        Arrays.copyOfRange(outcome, from, to),
        Arrays.copyOfRange(scored, from, to),
        Arrays.copyOfRange(scoredSquare, from, to),
        Arrays.copyOfRange(scoredOutcome, from, to),
        isExact);
  }

  /**
   * The same rows, neighbouring atoms of one score joined. There are such atoms where rows are told
   * apart by more than the score: by log odds, of probabilities that round to the same number.
   */
  public Atoms joined() {
    int size = 0;
    int[] target = new int[size()];
    for (int i = 0; i < target.length; i++) {
      size += i == 0 || score[i] > score[i - 1] ? 1 : 0;
      target[i] = size - 1;
    }
    if (size == size()) {
      return this;
    }
    double[] scores = new double[size];
    long[] counts = new long[size];
    for (int i = 0; i < target.length; i++) {
      scores[target[i]] = score[i];
      counts[target[i]] += count[i];
    }
    return new Atoms(
        scores,
        counts,
        joined(weight, target, size),
        joined(squaredWeight, target, size),
        joined(outcome, target, size),
        joined(scored, target, size),
        joined(scoredSquare, target, size),
        joined(scoredOutcome, target, size),
        isExact);
  }

  private static double[] joined(double[] values, int[] target, int size) {
    double[] joined = new double[size];
    for (int i = 0; i < target.length; i++) {
      joined[target[i]] += values[i];
    }
    return joined;
  }

  /** The same rows with outcome 1 - y. */
  public Atoms complemented() {
    return new Atoms(
        score,
        count,
        weight,
        squaredWeight,
        difference(weight, outcome),
        scored,
        scoredSquare,
        difference(scored, scoredOutcome),
        isExact);
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    Arrays.setAll(difference, i -> a[i] - b[i]);
    return difference;
  }

  /** The same rows with score -s. */
  public Atoms mirrored() {
    int size = size();
    long[] counts = new long[size];
    Arrays.setAll(counts, i -> count[size - 1 - i]);
    return new Atoms(
        backwards(score, -1),
        counts,
        backwards(weight, 1),
        backwards(squaredWeight, 1),
        backwards(outcome, 1),
        backwards(scored, -1),
        backwards(scoredSquare, 1),
        backwards(scoredOutcome, -1),
        isExact);
  }

  private static double[] backwards(double[] values, int sign) {
    double[] backwards = new double[values.length];
    Arrays.setAll(backwards, i -> sign * values[values.length - 1 - i]);
    return backwards;
  }

  /** The sums over all atoms. */
  public Sums total() {
    return new Sums(
        Arrays.stream(count).sum(),
        CompensatedSum.of(weight),
        CompensatedSum.of(squaredWeight),
        CompensatedSum.of(outcome),
        CompensatedSum.of(scored));
  }

  private static Atoms group(
      double[] score, double[] outcome, double[] weight, DoubleToIntFunction cell) {
    int n = 0;
    int[] rows = new int[score.length];
    for (int i = 0; i < score.length; i++) {
      double w = weight == null ? 1 : weight[i];
      if (!(w >= 0) || w == Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "weight of row " + i + " is " + w + ": weights are finite and at least 0");
      }
      if (w > 0 && !WeightRange.ALL.contains(w)) {
        throw new IllegalArgumentException("weight of row " + i + " is " + WeightRange.ALL.told(w));
      }
      if (Double.isNaN(score[i])) {
        throw new IllegalArgumentException("score of row " + i + " is NaN: drop the row");
      }
      if (w > 0) {
        rows[n++] = i;
      }
    }
    // Equal rows are interchangeable, so that sums do not depend on the order of the input.
    Integer[] order =
        ascending(
            n,
            Comparator.<Integer>comparingDouble(i -> score[rows[i]] + 0.0)
                .thenComparingDouble(i -> outcome[rows[i]])
                .thenComparingDouble(i -> weight == null ? 1 : weight[rows[i]]));
    Builder builder = new Builder(n, cell == null);
    for (int i = 0; i < n; i++) {
      int row = rows[order[i]];
      double s = score[row] + 0.0;
      if (i > 0 && isApart(score[rows[order[i - 1]]] + 0.0, s, cell)) {
        builder.close();
      }
      builder.add(s, outcome[row], weight == null ? 1 : weight[row]);
    }
    return builder.build();
  }

  private static boolean isApart(double lower, double higher, DoubleToIntFunction cell) {
    return cell == null ? lower != higher : cell.applyAsInt(lower) != cell.applyAsInt(higher);
  }

  private static Integer[] ascending(int n, Comparator<Integer> by) {
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, by);
    return order;
  }

  /** Atoms from rows or atoms that come in ascending order of score. */
  private static final class Builder {

    private final boolean isExact;
    private final double[] score;
    private final long[] count;
    private final double[][] sums;
    private final CompensatedSum[] open = new CompensatedSum[SUMS];
    private long openCount;
    private double lowest;
    private double highest;
    private int size;

    Builder(int capacity, boolean isExact) {
      this.isExact = isExact;
      score = new double[capacity];
      count = new long[capacity];
      sums = new double[SUMS][capacity];
      clear();
    }

    void add(double s, double y, double w) {
      add(s, 1, w, w * w, w * y, w * s, w * s * s, w * s * y);
    }

    void add(Atoms a, int i) {
      add(
          a.score[i],
          a.count[i],
          a.weight[i],
          a.squaredWeight[i],
          a.outcome[i],
          a.scored[i],
          a.scoredSquare[i],
          a.scoredOutcome[i]);
    }

    private void add(double s, long rows, double... terms) {
      lowest = openCount == 0 ? s : lowest;
      highest = s;
      openCount += rows;
      for (int k = 0; k < SUMS; k++) {
        open[k].add(terms[k]);
      }
    }

    void close() {
      for (int k = 0; k < SUMS; k++) {
        sums[k][size] = open[k].value();
      }
      // A mean is rounded: it must not leave its cell.
      double mean = open[3].value() / open[0].value();
      score[size] = isExact ? lowest : Math.max(lowest, Math.min(highest, mean));
      count[size++] = openCount;
      clear();
    }

    private void clear() {
      openCount = 0;
      Arrays.setAll(open, k -> new CompensatedSum());
    }

    Atoms build() {
      if (openCount > 0) {
        close();
      }
      return new Atoms(
          Arrays.copyOf(score, size),
          Arrays.copyOf(count, size),
          Arrays.copyOf(sums[0], size),
          Arrays.copyOf(sums[1], size),
          Arrays.copyOf(sums[2], size),
          Arrays.copyOf(sums[3], size),
          Arrays.copyOf(sums[4], size),
          Arrays.copyOf(sums[5], size),
          isExact);
    }
  }
}
