// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.ExactSums;

/**
 * The mean log loss of a mixture of the three distributions of {@link EnsembleMap} at some weights,
 * its gradient and its Hessian by the weights, and the log loss of the map, with its floor.
 *
 * <p>Layout when written: the {@link ExactSums}.
 */
final class EnsembleSums implements RowSums<EnsembleSums> {

  private static final int LOSS = 1;
  private static final int MIXED = 2;
  private static final int GRADIENT = 3;
  private static final int HESSIAN = GRADIENT + EnsembleMap.PARTS;
  private static final int SIZE = HESSIAN + EnsembleMap.PARTS * (EnsembleMap.PARTS + 1) / 2;

  private final EnsembleMap map;
  private ExactSums sums = new ExactSums(SIZE);
  private final double[] ratios = new double[EnsembleMap.PARTS];

  private EnsembleSums(EnsembleMap map) {
    this.map = map;
  }

  /** At the weights of a map. */
  record At(EnsembleMap map) implements SumsAt<EnsembleSums> {

    private static final long serialVersionUID = 1L;

    @Override
    public EnsembleSums empty() {
      return new EnsembleSums(map);
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    map.parts(l, label, ratios);
    double p = map.mixture(ratios);
    sums.add(0, weight);
    sums.add(LOSS, weight * -StrictMath.log(p));
    sums.add(MIXED, weight * -StrictMath.log(map.floored(p)));
    int entry = HESSIAN;
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] /= p;
      sums.add(GRADIENT + i, -weight * ratios[i]);
      for (int j = 0; j <= i; j++) {
        sums.add(entry++, weight * ratios[i] * ratios[j]);
      }
    }
  }

  private double mean(int sum) {
    return sums.value(sum) / sums.value(0);
  }

  /** The mean log loss of the mixture, in nats. */
  double loss() {
    return mean(LOSS);
  }

  /** That of the map. */
  double mixedLoss() {
    return mean(MIXED);
  }

  /** The gradient by the weights; its product with the weights is -1. */
  double[] gradient() {
    double[] gradient = new double[EnsembleMap.PARTS];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = mean(GRADIENT + i);
    }
    return gradient;
  }

  /** The Hessian by the weights. */
  double[][] hessian() {
    double[][] hessian = new double[EnsembleMap.PARTS][EnsembleMap.PARTS];
    int entry = HESSIAN;
    for (int i = 0; i < hessian.length; i++) {
      for (int j = 0; j <= i; j++) {
        hessian[i][j] = mean(entry++);
        hessian[j][i] = hessian[i][j];
      }
    }
    return hessian;
  }

  /**
   * What the loss exceeds its least value over all weights by at most: it is convex, and lies above
   * its tangent.
   */
  double excess() {
    double least = Double.POSITIVE_INFINITY;
    for (double g : gradient()) {
      least = Math.min(least, g);
    }
    return Math.max(0, -1 - least);
  }

  @Override
  public void merge(EnsembleSums other) {
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(SIZE, in);
  }
}
