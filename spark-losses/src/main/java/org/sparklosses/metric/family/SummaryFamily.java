// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.integer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.special.Erf;
import org.sparklosses.function.Range;
import org.sparklosses.metric.ColumnScalar;
import org.sparklosses.metric.Confusion;
import org.sparklosses.metric.Ideal;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.RowScalar;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.metric.Scores;

/** Accuracy, the confusion matrix, and means that summarise predictions and their bias. */
public final class SummaryFamily implements MetricFamily {

  private static final List<String> SHARPNESS =
      List.of("mean_confidence", "var_confidence", "mean_entropy", "mean_sq_norm");

  private static final List<String> IN_THE_LARGE = List.of("mean_p", "mean_y", "bias", "oe_ratio");

  private static final RowScalar ENTROPY =
      new ColumnScalar(PredictionRow::entropy, PredictionBlock::entropy);

  /** For the service loader. */
  public SummaryFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "accuracy",
                "share of rows with argmax = y, lowest index on ties",
                s -> Reading.mean("accuracy", ColumnScalar.CORRECTNESS))
            .largerIsBetter(),
        Metric.of(
                "top_k_accuracy",
                "share of rows with the label among the k largest predictions, lowest index on"
                    + " ties",
                s -> topKAccuracy(s.integer("k")))
            .largerIsBetter()
            .with(integer("k", 2, Range.atLeast(1), "how many predictions are looked at")),
        Metric.of(
            "confusion_matrix",
            "rows by label and predicted class; the value is the share off the diagonal",
            s -> Reading.of(new Confusion(), SummaryFamily::confusion)),
        Metric.of(
                "score_distribution",
                "keeps the distribution of a probability with its outcome, which ranking metrics"
                    + " and any bins can be read off later; gives the number of distinct values, or"
                    + " of cells when they are many, and whether they are distinct values (exact"
                    + " 1)",
                s -> distribution(s.text("of")))
            .with(
                choice(
                    "of",
                    List.of("top_label", "positive", "each_class"),
                    "the pairs (p, y): of the predicted class, of class 1 of two, or of every"
                        + " class")),
        Metric.of(
                "predictive_entropy",
                "mean of -sum_j p_j log p_j (nats)",
                s -> Reading.mean("predictive_entropy", ENTROPY))
            .from("Shannon 1948"),
        Metric.of(
                "mean_confidence",
                "mean of max_j p_j",
                s -> Reading.mean("mean_confidence", ColumnScalar.CONFIDENCE))
            .largerIsBetter(),
        Metric.of(
                "sharpness",
                "mean and variance of confidence, mean entropy, mean of sum_j p_j^2",
                s -> sharpness())
            .largerIsBetter(),
        Metric.of(
                "calibration_in_the_large",
                "mean p, mean y, their difference (bias) and the ratio of y to p (oe_ratio)",
                s -> inTheLarge(BinnedParameters.pair(s)))
            .ideal(new Ideal("mean_y", parts -> Math.abs(parts.get("bias"))))
            .with(BinnedParameters.OF),
        Metric.of(
                "spiegelhalter_z",
                "z = sum w (y - p)(1 - 2p) / sqrt(sum w^2 (1 - 2p)^2 p (1 - p)), two-sided p;"
                    + " infinite with p = 0 where only certain predictions are wrong",
                s -> spiegelhalter(BinnedParameters.pair(s)))
            .ideal(0)
            .from("Spiegelhalter 1986")
            .with(BinnedParameters.OF));
  }

  private static Reading topKAccuracy(int k) {
    return Reading.mean(
        "top_k_accuracy(" + k + ")",
        new ColumnScalar(
            row -> row.isAmongTop(k) ? 1 : 0, (block, out) -> block.isAmongTop(k, out)));
  }

  private static Outcome confusion(Confusion.State state) {
    double all = 0;
    double wrong = 0;
    for (Confusion.Entry entry : state.entries()) {
      all += entry.weight();
      wrong += entry.label() == entry.predicted() ? 0 : entry.weight();
    }
    NumberTable table =
        new NumberTable(
            "confusion",
            List.of("label", "predicted", "count", "weight"),
            state.entries().stream()
                .map(
                    e ->
                        List.of(
                            (double) e.label(),
                            (double) e.predicted(),
                            (double) e.count(),
                            e.weight()))
                .toList());
    return Outcome.value(wrong / all, table);
  }

  private static Reading distribution(String of) {
    ScoreSource source =
        of.equals("each_class")
            ? ScoreSource.EACH_CLASS
            : Pair.valueOf(of.toUpperCase(Locale.ROOT)).source();
    return Reading.of(
        new Scores(source),
        scores -> {
          double atoms = scores.atoms() > 0 ? scores.atoms() : Double.NaN;
          double exact = scores.atoms() == 0 ? Double.NaN : scores.isExact() ? 1 : 0;
          return Outcome.of(Outcome.parts(List.of("atoms", "exact"), atoms, exact));
        });
  }

  private static Reading sharpness() {
    return Reading.means(
        List.of(
            new Mean("mean_confidence", ColumnScalar.CONFIDENCE),
            new Mean("confidence^2", Pair.TOP_LABEL.scalar((p, y, w) -> p * p)),
            new Mean("predictive_entropy", ENTROPY),
            new Mean(
                "sum_p^2",
                new ColumnScalar(PredictionRow::sumSquares, PredictionBlock::sumSquares))),
        m -> Outcome.parts(SHARPNESS, m[0], Math.max(0, m[1] - m[0] * m[0]), m[2], m[3]));
  }

  private static Reading inTheLarge(Pair pair) {
    return checked(
        pair,
        List.of(pair.mean("p", (p, y, w) -> p), pair.mean("y", (p, y, w) -> y)),
        (m, weight) -> Outcome.parts(IN_THE_LARGE, m[0], m[1], m[0] - m[1], m[1] / m[0]));
  }

  private static Reading spiegelhalter(Pair pair) {
    return checked(
        pair,
        List.of(
            pair.mean("(y-p)(1-2p)", (p, y, w) -> (y - p) * (1 - 2 * p)),
            pair.mean("w(1-2p)^2p(1-p)", (p, y, w) -> w * (1 - 2 * p) * (1 - 2 * p) * p * (1 - p))),
        (m, weight) -> {
          double z = m[0] * weight / Math.sqrt(m[1] * weight);
          double tails = Double.isNaN(z) ? Double.NaN : Erf.erfc(Math.abs(z) / Math.sqrt(2));
          return Outcome.parts(List.of("z", "p_value"), z, tails);
        });
  }

  /** A function of means and of the sum of weights. */
  @FunctionalInterface
  private interface Parts {
    Map<String, Double> of(double[] means, double weight);
  }

  private static Reading checked(Pair pair, List<Mean> means, Parts parts) {
    return new Reading(
        List.copyOf(means),
        state -> {
          pair.source().check(state.classes());
          return Outcome.of(
              parts.of(means.stream().mapToDouble(state::mean).toArray(), state.shared().weight()));
        });
  }
}
