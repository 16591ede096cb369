package org.sparklosses.metric;

import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.Logarithm;

/**
 * The log loss of the logits times beta, and its derivative by beta: the mean logit less that of
 * the label.
 *
 * @param beta the inverse temperature, above 0
 */
record ScaledLogLoss(double beta) {

  RowScalar loss() {
    return RowScalar.of(this::loss, this::loss);
  }

  RowScalar slope() {
    return RowScalar.of(this::slope, this::slope);
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

  private void loss(PredictionBlock block, double[] out) {
    if (block instanceof LogitBlock logits) {
      loss(logits, out);
      return;
    }
    for (int r = 0; r < block.rows(); r++) {
      out[r] = loss(block.row(r));
    }
  }

  private void slope(PredictionBlock block, double[] out) {
    if (block instanceof LogitBlock logits) {
      slope(logits, out);
      return;
    }
    for (int r = 0; r < block.rows(); r++) {
      out[r] = slope(block.row(r));
    }
  }

  private void loss(LogitBlock block, double[] out) {
    Sums sums = new Sums(block.rows());
    for (int j = 0; j < block.classes(); j++) {
      sums.add(block, j, beta);
    }
    block.columns().logarithms(sums.mass, block.rows(), sums.mass);
    for (int r = 0; r < block.rows(); r++) {
      out[r] = sums.mass[r] - beta * block.labelDifference(r);
    }
  }

  private void slope(LogitBlock block, double[] out) {
    Sums sums = new Sums(block.rows());
    for (int j = 0; j < block.classes(); j++) {
      sums.add(block, j, beta);
    }
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

    Sums(int rows) {
      difference = new double[rows];
      share = new double[rows];
      mass = new double[rows];
      moment = new double[rows];
    }

    void add(LogitBlock block, int j, double beta) {
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
