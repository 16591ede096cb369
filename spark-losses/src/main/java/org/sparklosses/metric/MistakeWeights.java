// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeMap;
import org.sparklosses.exact.Cells;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.BestOrder;

/** How many rows of each weight are predicted wrong. */
public record MistakeWeights() implements Component<MistakeWeights.State> {

  @Override
  public String description() {
    return "weights of mistakes";
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(shared);
  }

  /**
   * The weights, up to {@link Scores#EXACT_LIMIT} distinct ones; more are put in cells 1/256 of
   * their size wide. Layout when written: with weights the {@link ScoreStore} of them.
   */
  public static final class State implements ComponentState<State> {

    private final SharedSums shared;
    private final ScoreStore weights = ScoreStore.ofNumbers();

    State(SharedSums shared) {
      this.shared = shared;
    }

    @Override
    public void add(PredictionRow row) {
      add(row.isCorrect(), row.weight());
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      for (int r = from; shared.isWeighted() && r < to; r++) {
        add(block.isCorrect(r), block.weight(r));
      }
    }

    private void add(boolean isCorrect, double weight) {
      if (shared.isWeighted() && !isCorrect) {
        weights.add(weight, 1, 1);
      }
    }

    @Override
    public void merge(State other) {
      weights.merge(other.weights);
    }

    /** What the best order of the rows gives. */
    public BestOrder bestOrder() {
      TreeMap<Double, Long> mistakes = new TreeMap<>();
      Cells rows = shared.all();
      if (shared.isWeighted()) {
        Atoms atoms = weights.atoms();
        for (int i = 0; i < atoms.size(); i++) {
          mistakes.put(atoms.score()[i], atoms.count()[i]);
        }
      } else {
        mistakes.put(1.0, rows.count(0) - (long) rows.observed(0));
      }
      return new BestOrder(rows.observed(0), mistakes);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      if (shared.isWeighted()) {
        weights.write(out);
      }
    }

    @Override
    public void read(DataInput in) throws IOException {
      if (shared.isWeighted()) {
        weights.read(in);
      }
    }
  }
}
