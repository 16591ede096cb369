package org.sparklosses.metric;

import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.sparklosses.score.Scan;

/**
 * A metric that one scan over a distribution gives: off the state, or, where the state keeps cells
 * instead of distinct scores, off the rows themselves, cut into stretches of scores.
 *
 * @param source where the scores come from
 * @param view how its pairs are looked at
 * @param scan what is computed
 * @param parts what is shown of the parts that the scan gives
 */
public record ScoreScan(
    ScoreSource source, ScoreView view, Scan scan, UnaryOperator<Map<String, Double>> parts)
    implements Function<MetricState, Outcome> {

  /** The value of the parameter {@code method} that asks for all rows in order. */
  static final String EXACT = "exact";

  @Override
  public Outcome apply(MetricState state) {
    return outcome(scan.of(view.of(state.get(new Ranks(source)).ranks(0))));
  }

  /** Whether the state keeps distinct scores, so that the metric is exact. */
  public boolean isExact(MetricState state) {
    return state.get(new Ranks(source)).isExact();
  }

  /** The result that the parts of the scan are. */
  public Outcome outcome(Map<String, Double> scanned) {
    return Outcome.of(parts.apply(scanned));
  }

  /** Tells the pairs of a row as the metric looks at them. */
  public void pairs(PredictionRow row, ScoreSource.Sink sink) {
    source.tell(
        row,
        (series, score, outcome) -> sink.add(series, view.score(score), view.outcome(outcome)));
  }
}
