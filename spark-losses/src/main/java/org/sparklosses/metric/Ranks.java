// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.Optional;

/**
 * As {@link Scores}, for what depends on their order alone: without weights a cell of the grid of
 * probabilities keeps no sums but counts, and its score is its middle. That takes a quarter of the
 * memory, which for many series is the time as well, and leaves room for narrower cells.
 *
 * @param source where the scores come from
 */
public record Ranks(ScoreSource source) implements Component<Scores.State> {

  @Override
  public String description() {
    return "order of " + source.name();
  }

  @Override
  public Scores.State newState(SharedSums shared) {
    return new Scores.State(source, shared, false);
  }

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    return Scores.bytes(source, rows, classes, weighted);
  }

  @Override
  public Optional<Scores.State> derivedFrom(Kept state) {
    return state.kept(new Scores(source));
  }
}
