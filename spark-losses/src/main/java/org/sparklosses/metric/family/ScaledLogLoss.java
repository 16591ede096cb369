// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import java.util.function.BiConsumer;
import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.Logarithm;
import org.sparklosses.metric.ColumnScalar;
import org.sparklosses.metric.LogitBlock;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.RowScalar;

/**
 * The log loss of the logits times beta, and its derivative by beta: the mean logit less that of
 * the label.
 *
 * @param beta the inverse temperature, above 0
 */
record ScaledLogLoss(double beta) {

  RowScalar loss() {
    return ofLogits(this::loss, this::loss);
  }

  RowScalar slope() {
    return ofLogits(this::slope, this::slope);
  }

  /** Of probabilities, whose logits are their logarithms, rows are asked one by one. */
  private static RowScalar ofLogits(RowScalar row, BiConsumer<LogitBlock, double[]> column) {
    return new ColumnScalar(
        row,
        (block, out) -> {
          if (block instanceof LogitBlock logits) {
            column.accept(logits, out);
            return;
          }
          for (int r = 0; r < block.rows(); r++) {
            out[r] = row.of(block.row(r));
          }
        });
  }

  private double loss(PredictionRow row) {
    double[] z = row.logits();
    double largest = largest(z);
    double mass = 0;
    for (double x : z) {
      mass += Exponential.ofDifference(beta * (x - largest));
    }
    double log = Double.isNaN(mass) ? Double.NaN : Logarithm.of(mass);
    return log - beta * (z[row.label()] - largest);
  }

  private double slope(PredictionRow row) {
    double[] z = row.logits();
    double largest = largest(z);
    double mass = 0;
    double moment = 0;
    for (double x : z) {
      double share = Exponential.ofDifference(beta * (x - largest));
      mass += share;
      moment += share > 0 ? share * (x - largest) : 0;
    }
    return moment / mass - (z[row.label()] - largest);
  }

  private static double largest(double[] z) {
    double largest = z[0];
    for (double x : z) {
      largest = Math.max(largest, x);
    }
    return largest;
  }

  private void loss(LogitBlock block, double[] out) {
    Sums sums = new Sums(block, beta);
    block.columns().logarithms(sums.mass, block.rows(), sums.mass);
    for (int r = 0; r < block.rows(); r++) {
      out[r] = sums.mass[r] - beta * block.labelDifference(r);
    }
  }

  private void slope(LogitBlock block, double[] out) {
    Sums sums = new Sums(block, beta);
    for (int r = 0; r < block.rows(); r++) {
      out[r] = sums.moment[r] / sums.mass[r] - block.labelDifference(r);
    }
  }

  /** Of each row the sums over its classes. */
  private static final class Sums {

    private final double[] difference;
    private final double[] share;
    private final double[] mass;
    private final double[] moment;

    Sums(LogitBlock block, double beta) {
      difference = new double[block.rows()];
      share = new double[block.rows()];
      mass = new double[block.rows()];
      moment = new double[block.rows()];
      for (int j = 0; j < block.classes(); j++) {
        add(block, j, beta);
      }
    }

    private void add(LogitBlock block, int j, double beta) {
      block.differences(j, difference);
      for (int r = 0; r < share.length; r++) {
        share[r] = beta * difference[r];
      }
      block.columns().exponentials(share, share.length, share);
      for (int r = 0; r < share.length; r++) {
        mass[r] += share[r];
        moment[r] += share[r] * difference[r];
      }
    }
  }
}
