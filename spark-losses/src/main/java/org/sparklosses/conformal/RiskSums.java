// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Mergeable;

/**
 * How many rows there are and the sum of their losses for each value of a parameter lambda.
 *
 * <p>Layout when written: {@code long rows}, the sums.
 */
public final class RiskSums implements Mergeable<RiskSums> {

  private final double bound;
  private final ExactSums losses;
  private long rows;

  /**
   * Of no rows.
   *
   * @param lambdas how many values there are
   * @param bound no loss is more
   */
  public RiskSums(int lambdas, double bound) {
    this.bound = bound;
    losses = new ExactSums(lambdas);
  }

  /**
   * Adds a row.
   *
   * @param ofRow its loss for each lambda, ascending in lambda
   * @throws IllegalArgumentException if a loss is above the bound or not a number, or rises with
   *     lambda
   */
  public void add(double[] ofRow) {
    double last = bound;
    for (double loss : ofRow) {
      if (!(loss <= last)) {
        throw new IllegalArgumentException(
            ("losses %s are not allowed: they must be numbers up to the bound %s that do not rise"
                    + " with lambda")
                .formatted(Arrays.toString(ofRow), bound));
      }
      last = loss;
    }
    rows++;
    for (int i = 0; i < ofRow.length; i++) {
      losses.add(i, ofRow[i]);
    }
  }

  /**
   * The least lambda whose risk on a new row is expected to be at most alpha: (sum of losses +
   * bound) / (n + 1) at most alpha (Angelopoulos et al. 2022, arXiv:2208.02814).
   *
   * @param lambdas ascending
   * @param alpha the risk that is allowed, below the bound
   */
  public ControlledRisk choose(double[] lambdas, double alpha) {
    int last = lambdas.length - 1;
    for (int i = 0; i <= last; i++) {
      double expected = (losses.value(i) + bound) / (rows + 1.0);
      if (expected <= alpha + ConformalQuantile.ROUNDING) {
        return new ControlledRisk(lambdas[i], true, losses.value(i) / rows, rows);
      }
    }
    return new ControlledRisk(lambdas[last], false, losses.value(last) / rows, rows);
  }

  @Override
  public void merge(RiskSums other) {
    rows += other.rows;
    losses.merge(other.losses);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    losses.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    rows = in.readLong();
    if (rows < 0) {
      throw new StreamCorruptedException(rows + " rows");
    }
    losses.merge(ExactSums.read(losses.size(), in));
  }
}
