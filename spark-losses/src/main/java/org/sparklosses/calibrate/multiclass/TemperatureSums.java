// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.calibrate.Floor;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.kernel.Logarithm;

/**
 * The mean log loss of {@code softmax(beta l)} and its first four derivatives by beta: those of
 * {@code logsumexp(beta l) - beta l_y}, which are cumulants of l under the softmax. Besides, what
 * tells that there is no best beta.
 *
 * <p>Layout when written: the number of rows, two flags, the {@link ExactSums}.
 */
final class TemperatureSums implements RowSums<TemperatureSums> {

  private static final int LOSS = 1;
  private static final int DERIVATIVES = 4;
  private static final int GAIN = LOSS + DERIVATIVES + 1;
  private static final int SPREAD = GAIN + 1;
  private static final int MIXED = SPREAD + 1;
  private static final int SIZE = MIXED + 1;

  private final double beta;
  private final double epsilon;
  private long rows;
  private boolean areAllRight = true;
  private boolean areAllConstant = true;
  private ExactSums sums = new ExactSums(SIZE);
  private double[] exponentials = new double[0];

  private TemperatureSums(double beta, double epsilon) {
    this.beta = beta;
    this.epsilon = epsilon;
  }

  /**
   * At a beta.
   *
   * @param beta above 0
   * @param epsilon the share of the uniform distribution in {@link TemperatureMix}, in [0, 1)
   */
  record At(double beta, double epsilon) implements SumsAt<TemperatureSums> {

    private static final long serialVersionUID = 1L;

    @Override
    public TemperatureSums empty() {
      return new TemperatureSums(beta, epsilon);
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    int classes = l.length;
    if (exponentials.length != classes) {
      exponentials = new double[classes];
    }
    double max = LogProbabilities.max(l);
    LogProbabilities.exponentials(l, beta, max, exponentials);
    double min = max;
    double total = 0;
    double sum = 0;
    double first = 0;
    for (int j = 0; j < classes; j++) {
      double z = l[j] - max;
      double e = exponentials[j];
      min = l[j] < min ? l[j] : min;
      sum += e;
      first += e * z;
      total += z;
    }
    double mean = first / sum;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int j = 0; j < classes; j++) {
      double c = l[j] - max - mean;
      double square = c * c * exponentials[j];
      second += square;
      third += square * c;
      fourth += square * c * c;
    }
    second /= sum;
    double own = l[label] - max;
    double gain = own - total / classes;
    rows++;
    areAllRight &= l[label] == max;
    areAllConstant &= max == min;
    double loss = Logarithm.of(sum) - beta * own;
    sums.add(0, weight);
    sums.add(LOSS, weight * loss);
    sums.add(LOSS + 1, weight * (mean - own));
    sums.add(LOSS + 2, weight * second);
    sums.add(LOSS + 3, weight * (third / sum));
    sums.add(LOSS + 4, weight * (fourth / sum - 3 * second * second));
    double mixed = Floor.mixed(exponentials[label] / sum, epsilon, classes);
    sums.add(MIXED, weight * (epsilon > 0 ? -Logarithm.of(mixed) : loss));
    sums.add(GAIN, weight * gain);
    sums.add(SPREAD, weight * Math.abs(gain));
  }

  /** The number of rows. */
  long rows() {
    return rows;
  }

  /** The sum of their weights. */
  double weight() {
    return sums.value(0);
  }

  /** The mean log loss, in nats. */
  double loss() {
    return sums.value(LOSS) / weight();
  }

  /** That of the {@link TemperatureMix}. */
  double mixedLoss() {
    return sums.value(MIXED) / weight();
  }

  /** A derivative of the mean log loss by beta, the first to the fourth. */
  double derivative(int order) {
    return sums.value(LOSS + order) / weight();
  }

  /**
   * Whether every label has the largest logit of its row: the larger beta, the smaller the loss.
   */
  boolean areAllRight() {
    return areAllRight;
  }

  /** Whether no row has two different logits: beta does not matter. */
  boolean areAllConstant() {
    return areAllConstant;
  }

  /**
   * Whether labels have on average no more than the mean logit of their rows: beta is best at 0.
   */
  boolean isNoBetterThanUniform() {
    return sums.value(GAIN) <= 1e-12 * sums.value(SPREAD);
  }

  @Override
  public void merge(TemperatureSums other) {
    rows += other.rows;
    areAllRight &= other.areAllRight;
    areAllConstant &= other.areAllConstant;
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeBoolean(areAllRight);
    out.writeBoolean(areAllConstant);
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    rows = in.readLong();
    areAllRight = in.readBoolean();
    areAllConstant = in.readBoolean();
    sums = ExactSums.read(SIZE, in);
  }
}
