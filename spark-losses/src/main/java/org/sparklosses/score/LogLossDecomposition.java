// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.List;
import java.util.Map;

/**
 * The log loss as reliability - resolution + uncertainty over groups of equal p (DeGroot and
 * Fienberg 1983; Weijs et al. 2010): with ybar the rate of y in a group and m that of all rows, the
 * means of KL(ybar || p) and of KL(ybar || m), and the entropy of m, in nats. Outcomes are 0 or 1.
 *
 * <p>On a grid the groups are the cells, p is the mean in the cell, and the sum is the log loss of
 * these means. Parts: {@code reliability}, {@code resolution}, {@code uncertainty}, {@code
 * log_loss}, NaN without rows; infinite where what had probability 0 came true.
 */
public record LogLossDecomposition() implements Scan {

  private static final List<String> PARTS =
      List.of("reliability", "resolution", "uncertainty", "log_loss");

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    Sums total = below.plus(stretch.total()).plus(above);
    double rate = total.outcome() / total.weight();
    CompensatedSum reliability = new CompensatedSum();
    CompensatedSum resolution = new CompensatedSum();
    for (int i = 0; i < stretch.size(); i++) {
      double weight = stretch.weight()[i];
      double observed = stretch.outcome()[i] / weight;
      reliability.add(weight * divergence(observed, stretch.score()[i]));
      resolution.add(weight * divergence(observed, rate));
    }
    return new double[] {reliability.value(), resolution.value()};
  }

  private static double divergence(double a, double b) {
    return BinaryScore.timesLog(a, a / b) + BinaryScore.timesLog(1 - a, (1 - a) / (1 - b));
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    double weight = total.weight();
    if (!(weight > 0)) {
      return Parts.undefined(PARTS);
    }
    double reliability = scanned[0] / weight;
    double resolution = scanned[1] / weight;
    double uncertainty =
        BinaryScore.LOG.sum(weight, total.outcome(), total.outcome() / weight) / weight;
    return Parts.named(
        PARTS, reliability, resolution, uncertainty, reliability - resolution + uncertainty);
  }
}
