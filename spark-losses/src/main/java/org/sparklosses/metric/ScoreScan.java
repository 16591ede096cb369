// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sparklosses.score.Scan;
import org.sparklosses.score.Scanned;

/**
 * A metric that a scan over each series of scores gives: off the state, or, where the state keeps
 * cells instead of distinct scores, off the rows themselves, cut into stretches of scores.
 *
 * @param source where the scores come from
 * @param view how its pairs are looked at
 * @param scan what is computed
 * @param parts what is shown of what the scans found, and of the state
 */
public record ScoreScan(ScoreSource source, ScoreView view, Scan scan, Parts parts)
    implements Function<MetricState, Outcome> {

  /** What is shown. */
  @FunctionalInterface
  public interface Parts {

    /** The parts as the scan of the only series gives them. */
    Parts AS_SCANNED = (series, state) -> series.get(0).parts();

    /**
     * Of what the scans found.
     *
     * @param series by series
     * @param state of the same rows
     */
    Map<String, Double> of(List<Scanned> series, MetricState state);
  }

  /** The value of the parameter {@code method} that asks for all rows in order. */
  public static final String EXACT = "exact";

  @Override
  public Outcome apply(MetricState state) {
    Scores.State scores = state.get(new Ranks(source));
    return outcome(
        IntStream.range(0, Math.max(1, scores.series()))
            .mapToObj(series -> Scanned.of(scan, view.of(scores.ranks(series))))
            .toList(),
        state);
  }

  /** Whether the state keeps distinct scores, so that the metric is exact. */
  public boolean isExact(MetricState state) {
    return state.get(new Ranks(source)).isExact();
  }

  /**
   * The result that what the scans found is.
   *
   * @param series by series
   * @param state of the same rows
   */
  public Outcome outcome(List<Scanned> series, MetricState state) {
    return Outcome.of(parts.of(series, state));
  }

  /** Tells the pairs of a row as the metric looks at them. */
  public void pairs(PredictionRow row, ScoreSource.Sink sink) {
    source.tell(
        row,
        (series, score, outcome) -> sink.add(series, view.score(score), view.outcome(outcome)));
  }
}
