// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.optionalInteger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.BinTable;
import org.sparklosses.metric.Binned;
import org.sparklosses.metric.ColumnScalar;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.PredictionBlock;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.RowScalar;

/** Proper scores, and the decomposition of the Brier score by bins. */
public final class ProperScoreFamily implements MetricFamily {

  private static final RowScalar LOG_LOSS =
      new ColumnScalar(PredictionRow::logLoss, PredictionBlock::logLoss);

  private static final RowScalar BRIER =
      new ColumnScalar(PredictionRow::brier, PredictionBlock::brier);

  /** For the service loader. */
  public ProperScoreFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of("log_loss", "mean of -log p_y (nats)", s -> Reading.mean("log_loss", LOG_LOSS))
            .from("Good 1952; scikit-learn log_loss")
            .alias("log_loss_logits", "log_loss_probs", "binary_log_loss_logit"),
        Metric.of(
                "perplexity",
                "exp of the mean of -log p_y: of so many equally likely classes the label would be"
                    + " as hard to tell",
                s -> perplexity())
            .from("Jelinek et al. 1977, doi:10.1121/1.2016299"),
        Metric.of(
                "scaled_log_loss",
                "mean log loss of logits times beta (loss), and its derivative by beta (slope)",
                s -> scaled(s.number("beta")))
            .from("Guo et al. 2017, arXiv:1706.04599")
            .with(number("beta", 1, Range.closed(1e-9, 1e9), "multiplies the logits")),
        Metric.of(
                "brier",
                "mean of sum_j (p_j - 1[j = y])^2; reduction mean divides by the classes, half by"
                    + " 2, auto by 2 if there are two classes",
                s -> Reading.mean("brier", BRIER, scale(s.text("reduction"))))
            .from("Brier 1950")
            .with(
                choice(
                    "reduction",
                    List.of("sum", "mean", "half", "auto"),
                    "by what the sum over classes is divided"))
            .alias("brier_multiclass"),
        Metric.of(
                "brier_binary",
                "mean of (p - y)^2 of class 1; two classes only",
                s -> brierBinary())
            .from("Brier 1950"),
        Metric.of(
                "murphy_decomposition",
                "Brier score of (p, y) = reliability - resolution + uncertainty + wbv - wbc, by"
                    + " distinct p or by equal-width bins; wbv and wbc are variance and covariance"
                    + " within bins",
                ProperScoreFamily::murphy)
            .from("Murphy 1973; Stephenson et al. 2008")
            .with(
                BinnedParameters.OF,
                optionalInteger(
                    "n_bins",
                    Range.closed(1, 10_000),
                    "the number of bins; none for one a distinct p"),
                BinnedParameters.SIDE));
  }

  private static Reading perplexity() {
    Mean mean = new Mean("log_loss", LOG_LOSS);
    return new Reading(List.of(mean), state -> Outcome.value(StrictMath.exp(state.mean(mean))))
        .with(new Reading.Curved(StrictMath::exp, StrictMath::exp));
  }

  private static Reading scaled(double beta) {
    ScaledLogLoss scaled = new ScaledLogLoss(beta);
    return Reading.means(
        List.of(
            new Mean("scaled_log_loss(" + beta + ")", scaled.loss()),
            new Mean("scaled_log_loss'(" + beta + ")", scaled.slope())),
        means -> Outcome.parts(List.of("loss", "slope"), means));
  }

  private static Reading brierBinary() {
    Mean mean = Pair.POSITIVE.mean("(p-y)^2", (p, y, w) -> (p - y) * (p - y));
    return new Reading(
        List.of(mean),
        state -> {
          Pair.POSITIVE.source().check(state.classes());
          return Outcome.value(state.mean(mean));
        },
        Optional.of((value, classes) -> value),
        Optional.empty(),
        Optional.empty());
  }

  private static Reading.Scale scale(String reduction) {
    return (mean, classes) ->
        switch (reduction) {
          case "mean" -> mean / classes;
          case "half" -> mean / 2;
          case "auto" -> classes < 3 ? mean / 2 : mean;
          default -> mean;
        };
  }

  private static Reading murphy(Settings settings) {
    Pair pair = BinnedParameters.pair(settings);
    OptionalInt bins = settings.optionalInteger("n_bins");
    if (bins.isEmpty()) {
      return Reading.atoms(
          pair.source(),
          atoms -> {
            double weight = sum(atoms.weight());
            return BinTable.ofAtoms(atoms)
                .murphy(sum(atoms.scoredSquare()) / weight, sum(atoms.scoredOutcome()) / weight);
          });
    }
    Mean square = pair.mean("p^2", (p, y, w) -> p * p);
    Mean product = pair.mean("py", (p, y, w) -> p * y);
    Binned binned = new Binned(pair.source(), BinnedParameters.binning(settings));
    return new Reading(
        List.of(square, product, binned),
        state ->
            Outcome.of(state.get(binned).table(0).murphy(state.mean(square), state.mean(product))));
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
