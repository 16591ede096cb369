// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.ExactSums;

/**
 * The log loss of a {@link Structure} at some parameters and its gradient, without the penalty.
 *
 * <p>Layout when written: the {@link ExactSums} of the loss and the entries of the gradient.
 */
final class StructureSums implements RowSums<StructureSums>, QuasiNewton.Objective {

  private final Structure structure;
  private final double[] theta;
  private final double scale;
  private final double[] l;
  private final double[] p;
  private ExactSums sums;

  private StructureSums(Structure structure, double[] theta, double scale) {
    this.structure = structure;
    this.scale = scale;
    this.theta = theta;
    l = new double[structure.classes()];
    p = new double[structure.classes()];
    sums = new ExactSums(structure.size() + 1);
  }

  /** At some parameters. */
  static final class At implements SumsAt<StructureSums> {

    private static final long serialVersionUID = 1L;

    private final Structure structure;
    private final double[] theta;
    private final double scale;

    /**
     * @param scale a factor of all weights, which then sum to that of the structure
     */
    At(Structure structure, double[] theta, double scale) {
      this.structure = structure;
      this.theta = theta.clone();
      this.scale = scale;
    }

    @Override
    public StructureSums empty() {
      return new StructureSums(structure, theta, scale);
    }
  }

  @Override
  public void add(double[] given, int label, double ofRow) {
    double weight = ofRow * scale;
    int classes = structure.classes();
    structure.scores().of(given, l);
    structure.logits(theta, l, p);
    double own = p[label];
    sums.add(0, weight * (LogProbabilities.softmax(p) - own));
    p[label] -= 1;
    for (int i = 0; i < classes; i++) {
      double g = weight * p[i];
      if (structure.isFull()) {
        for (int j = 0; j < classes; j++) {
          sums.add(1 + i * classes + j, g * l[j]);
        }
      } else {
        sums.add(1 + i, g * l[i]);
      }
      sums.add(1 + structure.entries() + i, g);
    }
  }

  /** The mean log loss, in nats. */
  double loss() {
    return sums.value(0) / structure.weight();
  }

  /** The objective: the mean log loss and the penalty. */
  @Override
  public double objective() {
    double ridge = 0;
    for (int i = 0; i < theta.length; i++) {
      ridge += structure.ridge(i) * theta[i] * theta[i];
    }
    return loss() + ridge;
  }

  @Override
  public double[] gradient() {
    double[] gradient = new double[theta.length];
    for (int i = 0; i < theta.length; i++) {
      gradient[i] = sums.value(i + 1) / structure.weight() + 2 * structure.ridge(i) * theta[i];
    }
    return gradient;
  }

  @Override
  public void merge(StructureSums other) {
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(structure.size() + 1, in);
  }
}
