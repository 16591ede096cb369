// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.sparklosses.exact.ExactSums;

/**
 * The second moments of means, which their standard errors follow from: the sums of w^2 x^2 and,
 * with weights, of w^2 x and of w^2.
 *
 * @param means all means of a plan, in its order
 * @param weighted whether rows have weights
 */
public record SquaredMeans(List<Mean> means, boolean weighted)
    implements Component<SquaredMeans.State> {

  /** Copies the list. */
  public SquaredMeans {
    means = List.copyOf(means);
  }

  /** The moments of the means of a plan. */
  public static SquaredMeans of(MetricPlan plan) {
    return new SquaredMeans(plan.means(), plan.weighted());
  }

  @Override
  public String description() {
    return "second moments of means";
  }

  @Override
  public long bytes(long rows, int classes, boolean ofWeights) {
    return (weighted ? 2L * means.size() + 1 : means.size()) * ExactSums.BYTES_OF_SUM;
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(means.size(), shared);
  }

  /** The sums. Layout when written: the sums of w^2 x^2, of w^2 x, of w^2. */
  public static final class State implements ComponentState<State> {

    private final SharedSums shared;
    private final int means;
    private ExactSums sums;

    State(int means, SharedSums shared) {
      this.shared = shared;
      this.means = means;
      sums = new ExactSums(shared.isWeighted() ? 2 * means + 1 : means);
    }

    @Override
    public void add(PredictionRow row) {
      double[] wx = shared.summands();
      for (int i = 0; i < means; i++) {
        sums.add(i, wx[i] * wx[i]);
      }
      if (shared.isWeighted()) {
        double w = row.weight();
        for (int i = 0; i < means; i++) {
          sums.add(means + i, w * wx[i]);
        }
        sums.add(2 * means, w * w);
      }
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      for (int i = 0; i < means; i++) {
        double[] wx = summands[i];
        for (int r = from; r < to; r++) {
          sums.add(i, wx[r] * wx[r]);
        }
      }
      for (int r = from; shared.isWeighted() && r < to; r++) {
        double w = block.weight(r);
        for (int i = 0; i < means; i++) {
          sums.add(means + i, w * summands[i][r]);
        }
        sums.add(2 * means, w * w);
      }
    }

    @Override
    public void merge(State other) {
      sums.merge(other.sums);
    }

    /** The sum of {@code w^2 (x - mean)^2} for mean {@code i} of the plan. */
    public double squaredResiduals(int i, double mean) {
      boolean weighted = shared.isWeighted();
      double first = weighted ? sums.value(means + i) : mean * shared.weight();
      double zeroth = weighted ? sums.value(2 * means) : shared.weight();
      // Of equal values rounding can leave a little less than nothing.
      return Math.max(0, sums.value(i) - 2 * mean * first + mean * mean * zeroth);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      sums.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      sums = ExactSums.read(sums.size(), in);
    }
  }
}
