package org.sparklosses.score;

import java.util.Arrays;

/**
 * What a cascade of two models costs and loses: a row whose confidence under the small model is at
 * least a threshold keeps its answer, any other also goes to the large model. Points from the
 * threshold above all scores down.
 *
 * @param coverage the share of the weight that the small model answers
 * @param cost the mean cost of a row: {@code costSmall + (1 - coverage) costLarge}
 * @param loss the mean loss of the answers
 * @param threshold the lowest confidence that is kept
 */
// Results are handed on to tables and reports, which read them.
@SuppressWarnings("ArrayRecordComponent")
public record CascadeCurve(double[] coverage, double[] cost, double[] loss, double[] threshold) {

  /**
   * The curve of two distributions of the small model's confidence over the same rows.
   *
   * @param small with the loss of the small model as outcome
   * @param large with that of the large model
   * @throws IllegalArgumentException if the scores or weights differ
   */
  public static CascadeCurve of(Atoms small, Atoms large, double costSmall, double costLarge) {
    if (!Arrays.equals(small.score(), large.score())
        || !Arrays.equals(small.weight(), large.weight())) {
      throw new IllegalArgumentException(
          "the losses of both models must be distributed over the same scores and weights");
    }
    int size = small.size() + 1;
    CascadeCurve curve =
        new CascadeCurve(new double[size], new double[size], new double[size], new double[size]);
    Sums total = small.total();
    double lossOfLarge = large.total().outcome();
    curve.set(0, 0, costSmall + costLarge, lossOfLarge / total.weight());
    curve.threshold[0] = Double.POSITIVE_INFINITY;
    Descent accepted = new Descent(small, Sums.NONE);
    Descent spared = new Descent(large, Sums.NONE);
    for (int i = 1; accepted.next() && spared.next(); i++) {
      double coverage = accepted.weight() / total.weight();
      double loss = accepted.outcome() + (lossOfLarge - spared.outcome());
      curve.set(i, coverage, costSmall + (1 - coverage) * costLarge, loss / total.weight());
      curve.threshold[i] = accepted.score();
    }
    return curve;
  }

  private void set(int i, double covered, double spent, double lost) {
    coverage[i] = covered;
    cost[i] = spent;
    loss[i] = lost;
  }
}
