// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

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

  /** Rows whose labels are drawn from another map of their logits than softmax. */
  static MemoryRows drawn(int rows, int classes, double temperature, long seed) {
    Random random = new Random(seed);
    double[] shift = random.doubles(classes, -1, 1).toArray();
    double[][] l = new double[rows][];
    int[] labels = new int[rows];
    double[] weights = new double[rows];
    for (int r = 0; r < rows; r++) {
      double[] z =
          IntStream.range(0, classes).mapToDouble(j -> 2 * random.nextGaussian()).toArray();
      double[] truth = new double[classes];
      for (int j = 0; j < classes; j++) {
        truth[j] = z[j] / temperature + shift[j] + 0.3 * z[(j + 1) % classes];
      }
      LogProbabilities.softmax(truth);
      double u = random.nextDouble();
      int label = 0;
      while (label < classes - 1 && (u -= truth[label]) > 0) {
        label++;
      }
      LogProbabilities.ofLogits(z);
      l[r] = z;
      labels[r] = label;
      weights[r] = 0.25 * (1 + random.nextInt(8));
    }
    return new MemoryRows(l, labels, weights);
  }

  int classes() {
    return l[0].length;
  }

  double weight() {
    return Arrays.stream(weights).sum();
  }

  /** The same rows with other weights. */
  MemoryRows weighted(double[] others) {
    return new MemoryRows(l, labels, others);
  }

  /** Each row so many times, with a weight of 1. */
  MemoryRows repeated(double[] times) {
    int[] from =
        IntStream.range(0, l.length)
            .flatMap(r -> IntStream.generate(() -> r).limit((long) times[r]))
            .toArray();
    return new MemoryRows(
        Arrays.stream(from).mapToObj(r -> l[r]).toArray(double[][]::new),
        Arrays.stream(from).map(r -> labels[r]).toArray(),
        Arrays.stream(from).mapToDouble(r -> 1).toArray());
  }

  /** A row. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(double[] l, int label, double weight) {}

  /** The rows in another order. */
  List<Row> shuffled(Random random) {
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < l.length; r++) {
      rows.add(new Row(l[r], labels[r], weights[r]));
    }
    Collections.shuffle(rows, random);
    return rows;
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
