// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.calibrate.Floor;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.kernel.Exponential;
import org.sparklosses.kernel.Logarithm;

/**
 * The correctness-aware loss of {@code softmax(beta l)}, the mean of {@code (1[right] - max p)^2},
 * with its first two derivatives by beta, of the rows that are predicted rightly and of the others;
 * and the log loss of the {@link TemperatureMix}.
 *
 * <p>Layout when written: the {@link ExactSums}.
 */
final class CorrectnessSums implements RowSums<CorrectnessSums> {

  private static final int WEIGHT = 0;
  private static final int LOSS = 1;
  private static final int OF_GROUP = 4;
  private static final int MIXED = 2 * OF_GROUP;
  private static final int SIZE = MIXED + 1;

  private final double beta;
  private final double epsilon;
  private ExactSums sums = new ExactSums(SIZE);

  private CorrectnessSums(double beta, double epsilon) {
    this.beta = beta;
    this.epsilon = epsilon;
  }

  /**
   * At a beta.
   *
   * @param beta above 0
   * @param epsilon the share of the uniform distribution in {@link TemperatureMix}, in [0, 1)
   */
  record At(double beta, double epsilon) implements SumsAt<CorrectnessSums> {

    private static final long serialVersionUID = 1L;

    @Override
    public CorrectnessSums empty() {
      return new CorrectnessSums(beta, epsilon);
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    int top = LogProbabilities.largest(l);
    double sum = 0;
    double first = 0;
    double second = 0;
    for (double x : l) {
      double z = x - l[top];
      double e = Exponential.ofDifference(beta * z);
      sum += e;
      first += e * z;
      second += e * z * z;
    }
    double p = 1 / sum;
    double mean = first / sum;
    double variance = second / sum - mean * mean;
    double slope = -p * mean;
    double curvature = p * (mean * mean - variance);
    boolean isRight = top == label;
    double miss = (isRight ? 1 : 0) - p;
    int group = isRight ? OF_GROUP : 0;
    sums.add(group + WEIGHT, weight);
    sums.add(group + LOSS, weight * miss * miss);
    sums.add(group + LOSS + 1, weight * -2 * miss * slope);
    sums.add(group + LOSS + 2, weight * 2 * (slope * slope - miss * curvature));
    double own = Exponential.ofDifference(beta * (l[label] - l[top])) / sum;
    sums.add(MIXED, weight * -Logarithm.of(Floor.mixed(own, epsilon, l.length)));
  }

  /** The mean log loss of the {@link TemperatureMix}. */
  double mixedLoss() {
    return sums.value(MIXED) / (sums.value(WEIGHT) + sums.value(OF_GROUP + WEIGHT));
  }

  /**
   * The loss or a derivative of it.
   *
   * @param order 0 for the loss, 1 or 2 for a derivative
   * @param isBalanced whether rightly predicted rows and the others have half the weight each,
   *     where there are both; else each row has its own
   */
  double derivative(int order, boolean isBalanced) {
    double wrong = sums.value(WEIGHT);
    double right = sums.value(OF_GROUP + WEIGHT);
    double ofWrong = sums.value(LOSS + order);
    double ofRight = sums.value(OF_GROUP + LOSS + order);
    return isBalanced && wrong > 0 && right > 0
        ? (ofWrong / wrong + ofRight / right) / 2
        : (ofWrong + ofRight) / (wrong + right);
  }

  @Override
  public void merge(CorrectnessSums other) {
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
