package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;

/** Rows in memory, which counts how often they are read. */
final class MemoryRows implements LogitRows {

  private final double[][] l;
  private final int[] labels;
  private final double[] weights;
  private int scans;

  /**
   * @param l log-probabilities
   * @param weights rows of weight 0 do not exist
   */
  MemoryRows(double[][] l, int[] labels, double[] weights) {
    this.l = l.clone();
    this.labels = labels.clone();
    this.weights = weights.clone();
  }

  int classes() {
    return l[0].length;
  }

  double weight() {
    return Arrays.stream(weights).sum();
  }

  int scans() {
    return scans;
  }

  @Override
  public <S extends RowSums<S>> S scan(SumsAt<S> at) {
    scans++;
    S sums = at.empty();
    for (int r = 0; r < l.length; r++) {
      if (weights[r] > 0) {
        sums.add(l[r].clone(), labels[r], weights[r]);
      }
    }
    return sums;
  }
}
