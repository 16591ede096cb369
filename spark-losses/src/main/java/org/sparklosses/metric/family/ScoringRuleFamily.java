// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.flag;

import java.util.List;
import java.util.Map;
import org.sparklosses.metric.ColumnScalar;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.RowScalar;

/** Scores of which more is better, and scores of the predicted class alone. */
public final class ScoringRuleFamily implements MetricFamily {

  private static final RowScalar SPHERICAL =
      new ColumnScalar(
          row -> row.labelProbability() / StrictMath.sqrt(row.sumSquares()),
          ScoringRuleFamily::spherical);

  private static final RowScalar DISTANCE = Pair.TOP_LABEL.scalar((p, y, w) -> (p - y) * (p - y));

  /** For the service loader. */
  public ScoringRuleFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "spherical_score",
                "mean of p_y / sqrt(sum_j p_j^2)",
                s -> Reading.mean("spherical_score", SPHERICAL))
            .from("Gneiting & Raftery 2007, doi:10.1198/016214506000001437")
            .largerIsBetter(),
        Metric.of(
                "top_label_brier",
                "mean of (max_j p_j - [argmax = y])^2",
                s -> Reading.mean("top_label_brier", DISTANCE))
            .from("Brier 1950, of the predicted class"),
        Metric.of(
                "ca_loss",
                "top_label_brier; balanced: of right and wrong rows by halves",
                s -> s.flag("balanced") ? balanced() : Reading.mean("top_label_brier", DISTANCE))
            .from("Liu et al. 2024, arXiv:2404.13016")
            .with(flag("balanced", false, "whether right and wrong rows count by halves")));
  }

  private static void spherical(PredictionBlock block, double[] out) {
    for (int r = 0; r < block.rows(); r++) {
      out[r] = block.labelProbability()[r] / StrictMath.sqrt(block.sumSquares()[r]);
    }
  }

  /**
   * The mean over right rows and that over wrong rows, averaged; one of them if there are no
   * others.
   */
  private static Reading balanced() {
    return Reading.means(
        List.of(
            new Mean("right", row -> row.isCorrect() ? 1 : 0),
            new Mean("wrong", row -> row.isCorrect() ? 0 : 1),
            new Mean("ca_loss_right", row -> row.isCorrect() ? DISTANCE.of(row) : 0),
            new Mean("ca_loss_wrong", row -> row.isCorrect() ? 0 : DISTANCE.of(row))),
        means -> {
          double right = means[2] / means[0];
          double wrong = means[3] / means[1];
          double value = means[0] == 0 ? wrong : means[1] == 0 ? right : 0.5 * right + 0.5 * wrong;
          return Map.of("value", value);
        });
  }
}
