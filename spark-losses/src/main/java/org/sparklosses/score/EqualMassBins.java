// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;

/**
 * Bins of equal mass, closed on the right: inner edge j is the least score with at least the share
 * j / bins of the weight up to it. Ties stay together, so that a bin can be empty, and the mass of
 * a bin is within 1 / bins up to twice the largest mass of an atom.
 *
 * <p>Which bin an atom is in depends on the weight below it alone: a stretch of a distribution can
 * be binned apart.
 *
 * @param bins how many, at least 1
 */
public record EqualMassBins(int bins) {

  /** What rounding may take off a sum of weights without moving an edge. */
  private static final double TOLERANCE = 1e-12;

  private static final int COUNT = 0;
  private static final int WEIGHT = 1;
  private static final int SQUARED_WEIGHT = 2;
  private static final int OUTCOME = 3;
  private static final int SCORED = 4;
  private static final int SCORED_SQUARE = 5;
  private static final int SCORED_OUTCOME = 6;
  private static final int ADDED = 7;
  private static final int HIGHEST = 7;
  private static final int STRIDE = 8;

  /** Checks the range. */
  public EqualMassBins {
    if (bins < 1) {
      throw new IllegalArgumentException("n_bins is " + bins + ": it must be at least 1");
    }
  }

  /** The bin of an atom with such a weight below it, if that of the atom before is {@code from}. */
  int bin(double weightBelow, double totalWeight, int from) {
    int bin = from;
    while (bin < bins - 1
        && weightBelow >= (bin + 1) / (double) bins * totalWeight - TOLERANCE * totalWeight) {
      bin++;
    }
    return bin;
  }

  /** The bins of a whole distribution that are not empty. */
  public Atoms of(Atoms whole) {
    return read(scan(whole, Sums.NONE, Sums.NONE));
  }

  /**
   * The inner edges of a whole distribution, one less than bins; none of no rows. On a grid an edge
   * is the score of a cell, and stands for the end of the cell.
   */
  public double[] edges(Atoms whole) {
    if (whole.size() == 0) {
      return new double[0];
    }
    double[] scanned = scan(whole, Sums.NONE, Sums.NONE);
    double[] edges = new double[bins - 1];
    for (int j = 0; j < edges.length; j++) {
      double highest = scanned[j * STRIDE + HIGHEST];
      edges[j] = scanned[j * STRIDE + COUNT] > 0 ? highest : edges[j - 1];
    }
    return edges;
  }

  /**
   * The atoms whose scores are the inner edges, one less than bins.
   *
   * @param cumulative the weights of the atoms up to each, it included; of one atom at least
   */
  public int[] edgeAtoms(double[] cumulative) {
    double total = cumulative[cumulative.length - 1];
    int[] atoms = new int[bins - 1];
    int from = 0;
    for (int j = 0; j < atoms.length; j++) {
      double least = (j + 1) / (double) bins * total - TOLERANCE * total;
      int to = cumulative.length - 1;
      while (from < to) {
        int middle = (from + to) >>> 1;
        if (cumulative[middle] >= least) {
          to = middle;
        } else {
          from = middle + 1;
        }
      }
      atoms[j] = from;
    }
    return atoms;
  }

  double[] scan(Atoms stretch, Sums below, Sums above) {
    double[] scanned = new double[bins * STRIDE];
    double total = below.plus(stretch.total()).plus(above).weight();
    CompensatedSum weight = new CompensatedSum(below.weight());
    int bin = 0;
    for (int i = 0; i < stretch.size(); i++) {
      bin = bin(weight.value(), total, bin);
      int at = bin * STRIDE;
      scanned[at + COUNT] += stretch.count()[i];
      scanned[at + WEIGHT] += stretch.weight()[i];
      scanned[at + SQUARED_WEIGHT] += stretch.squaredWeight()[i];
      scanned[at + OUTCOME] += stretch.outcome()[i];
      scanned[at + SCORED] += stretch.scored()[i];
      scanned[at + SCORED_SQUARE] += stretch.scoredSquare()[i];
      scanned[at + SCORED_OUTCOME] += stretch.scoredOutcome()[i];
      scanned[at + HIGHEST] = stretch.score()[i];
      weight.add(stretch.weight()[i]);
    }
    return scanned;
  }

  double[] join(double[] lower, double[] higher) {
    double[] joined = lower.clone();
    for (int at = 0; at < joined.length; at += STRIDE) {
      for (int k = 0; k < ADDED; k++) {
        joined[at + k] += higher[at + k];
      }
      if (higher[at + COUNT] > 0) {
        joined[at + HIGHEST] = higher[at + HIGHEST];
      }
    }
    return joined;
  }

  Atoms read(double[] scanned) {
    int n = 0;
    int[] used = new int[bins];
    for (int b = 0; b < bins; b++) {
      if (scanned[b * STRIDE + COUNT] > 0) {
        used[n++] = b * STRIDE;
      }
    }
    int[] at = Arrays.copyOf(used, n);
    double[] score = new double[n];
    long[] count = new long[n];
    for (int i = 0; i < n; i++) {
      score[i] = scanned[at[i] + SCORED] / scanned[at[i] + WEIGHT];
      count[i] = (long) scanned[at[i] + COUNT];
    }
    return new Atoms(
        score,
        count,
        column(scanned, at, WEIGHT),
        column(scanned, at, SQUARED_WEIGHT),
        column(scanned, at, OUTCOME),
        column(scanned, at, SCORED),
        column(scanned, at, SCORED_SQUARE),
        column(scanned, at, SCORED_OUTCOME),
        false);
  }

  private static double[] column(double[] scanned, int[] at, int offset) {
    return Arrays.stream(at).mapToDouble(start -> scanned[start + offset]).toArray();
  }
}
