package org.sparklosses.metric;

import static org.sparklosses.metric.MetricParameter.choice;
import static org.sparklosses.metric.MetricParameter.flag;
import static org.sparklosses.metric.MetricParameter.integer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sparklosses.metric.BinTable.Norm;
import org.sparklosses.metric.BoundMetric.Outcome;
import org.sparklosses.metric.BoundMetric.Reading;
import org.sparklosses.metric.Component.Binned;
import org.sparklosses.metric.Component.Classwise;
import org.sparklosses.metric.Component.Pair;

/**
 * The metrics. A metric is one constant: its name, orientation, source and parameters, and the pure
 * function that reads it off the exact state. All means are weighted.
 */
// The lists are unmodifiable and the functions capture nothing that changes.
@SuppressWarnings("ImmutableEnumChecker")
public enum Metric {
  /** Mean of {@code -log p_y} in nats. */
  LOG_LOSS(
      "log_loss",
      false,
      "mean of -log p_y (nats)",
      "Good 1952; scikit-learn log_loss",
      List.of(),
      a -> Reading.mean("log_loss", PredictionRow::logLoss)),

  /** Mean squared distance of the probabilities from the one-hot label. */
  BRIER(
      "brier",
      false,
      "mean of sum_j (p_j - 1[j = y])^2; reduction mean divides by the classes, half by 2",
      "Brier 1950",
      List.of(choice("reduction", "sum", "mean", "half")),
      a ->
          Reading.mean(
              "brier",
              PredictionRow::brier,
              (mean, classes) ->
                  switch (a.text("reduction")) {
                    case "mean" -> mean / classes;
                    case "half" -> mean / 2;
                    default -> mean;
                  })),

  /** Share of the rows whose predicted class is the label. */
  ACCURACY(
      "accuracy",
      true,
      "share of rows with argmax = y, lowest index on ties",
      "",
      List.of(),
      a -> Reading.mean("accuracy", row -> row.isCorrect() ? 1 : 0)),

  /** Share of the rows whose label is among the k largest predictions. */
  TOP_K_ACCURACY(
      "top_k_accuracy",
      true,
      "share of rows with the label among the k largest predictions, lowest index on ties",
      "",
      List.of(integer("k", 2, 1, Integer.MAX_VALUE)),
      a -> {
        int k = a.number("k");
        return Reading.mean("top_k_accuracy(" + k + ")", row -> row.isAmongTop(k) ? 1 : 0);
      }),

  /** Mean entropy of the predicted distribution. */
  PREDICTIVE_ENTROPY(
      "predictive_entropy",
      false,
      "mean of -sum_j p_j log p_j (nats)",
      "Shannon 1948",
      List.of(),
      a -> Reading.mean("predictive_entropy", PredictionRow::entropy)),

  /** Mean of the largest probability. */
  MEAN_CONFIDENCE(
      "mean_confidence",
      true,
      "mean of max_j p_j",
      "",
      List.of(),
      a -> Reading.mean("mean_confidence", PredictionRow::confidence)),

  /** Gap between confidence and accuracy over bins of confidence. */
  TOP_LABEL_CALIBRATION_ERROR(
      "top_label_calibration_error",
      false,
      "gap of confidence and accuracy over equal-width bins of confidence: ECE (l1), RMSCE (l2), MCE"
          + " (max)",
      "Guo et al. 2017, arXiv:1706.04599",
      List.of(Shared.BINS, Shared.NORM, Shared.SIDE, Shared.DEBIAS),
      a -> Reading.bins(a.binned(Pair.TOP_LABEL), a::error)),

  /** The same of the positive class of two. */
  BINARY_CALIBRATION_ERROR(
      "binary_calibration_error",
      false,
      "gap of p(y = 1) and the rate of y = 1 over equal-width bins; two classes only",
      "Naeini et al. 2015; Nguyen and O'Connor 2015, arXiv:1508.05154",
      List.of(Shared.BINS, Shared.NORM, Shared.SIDE, Shared.DEBIAS),
      a -> Reading.bins(a.binned(Pair.POSITIVE), a::error)),

  /** Calibration error of every class, combined over classes. */
  CLASSWISE_CALIBRATION_ERROR(
      "classwise_calibration_error",
      false,
      "calibration errors of (p_k, 1[y = k]) of all classes k: their mean (l1), root mean square"
          + " (l2) or maximum (max)",
      "Kull et al. 2019, arXiv:1910.12656; Nixon et al. 2019, arXiv:1904.01685",
      List.of(Shared.BINS, Shared.NORM, Shared.SIDE, Shared.DEBIAS),
      a -> {
        Classwise classwise = new Classwise(a.binning());
        return new Reading(
            classwise,
            state -> {
              double[] errors = state.classErrors(classwise, a.norm(), a.flag("debias"));
              return Outcome.value(
                  Shared.overClasses(errors, a.norm()), Optional.of(state.classTable(classwise)));
            });
      }),

  /** Unweighted mean gap over the bins that have rows. */
  AVERAGE_CALIBRATION_ERROR(
      "average_calibration_error",
      false,
      "mean gap over the non-empty equal-width bins, whatever their weight",
      "Neumann et al. 2018; netcal ACE",
      List.of(Shared.OF, Shared.BINS, Shared.SIDE),
      a -> Reading.bins(a.binned(), bins -> Map.of("value", bins.averageError()))),

  /** How much the gaps are to either side. */
  OVER_UNDER_CONFIDENCE(
      "over_under_confidence",
      false,
      "parts of the calibration error with p above (over) and below (under) the observed rate",
      "Thulasidasan et al. 2019, arXiv:1905.11001",
      List.of(Shared.OF, Shared.BINS, Shared.SIDE),
      a ->
          Reading.bins(
              a.binned(),
              bins -> {
                Map<String, Double> parts = new LinkedHashMap<>();
                parts.put("over", bins.overconfidence());
                parts.put("under", bins.underconfidence());
                parts.put("oe_thulasidasan", bins.weightedOverconfidence());
                parts.put("signed", bins.signedGap());
                return parts;
              })),

  /** The bins themselves; its value is their l1 error. */
  RELIABILITY_DIAGRAM(
      "reliability_diagram",
      false,
      "observed against predicted, bin by bin; the value is the l1 error of the bins",
      "Murphy and Winkler 1977; DeGroot and Fienberg 1983",
      List.of(Shared.OF, Shared.BINS, Shared.SIDE),
      a -> Reading.bins(a.binned(), bins -> Map.of("value", bins.error(Norm.L1, false))));

  private final String id;
  private final boolean largerBetter;
  private final String description;
  private final String source;
  private final List<MetricParameter> parameters;
  private final Function<Arguments, Reading> reading;

  Metric(
      String id,
      boolean largerBetter,
      String description,
      String source,
      List<MetricParameter> parameters,
      Function<Arguments, Reading> reading) {
    this.id = id;
    this.largerBetter = largerBetter;
    this.description = description;
    this.source = source;
    this.parameters = parameters;
    this.reading = reading;
  }

  /** The name it is asked for by. */
  public String id() {
    return id;
  }

  /** Whether a larger value is the better one. */
  public boolean isLargerBetter() {
    return largerBetter;
  }

  /** What it is, in one line. */
  public String description() {
    return description;
  }

  /** Where its definition comes from; empty when it needs none. */
  public String source() {
    return source;
  }

  /** Its parameters. */
  public List<MetricParameter> parameters() {
    return parameters;
  }

  /** Fixes the parameters; they have been parsed and include all defaults. */
  BoundMetric bind(Map<String, Object> values) {
    return new BoundMetric(id, values, largerBetter, reading.apply(new Arguments(values)));
  }

  /** The parameters of several metrics. */
  private static final class Shared {
    static final MetricParameter BINS = integer("n_bins", 15, 1, 10_000);
    static final MetricParameter NORM = choice("norm", "l1", "l2", "max");
    static final MetricParameter SIDE = choice("side", "right", "left", "torchmetrics");
    static final MetricParameter DEBIAS = flag("debias");
    static final MetricParameter OF = choice("of", "top_label", "positive");

    static double overClasses(double[] errors, Norm norm) {
      return switch (norm) {
        case L1 -> Arrays.stream(errors).average().orElse(Double.NaN);
        case L2 -> Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElse(Double.NaN));
        case MAX -> Arrays.stream(errors).max().orElse(Double.NaN);
      };
    }
  }

  /** The values of a metric's parameters. */
  private record Arguments(Map<String, Object> values) {

    int number(String name) {
      return (Integer) values.get(name);
    }

    boolean flag(String name) {
      return (Boolean) values.get(name);
    }

    String text(String name) {
      return (String) values.get(name);
    }

    Norm norm() {
      return Norm.valueOf(text("norm").toUpperCase(Locale.ROOT));
    }

    Binning binning() {
      return new Binning(
          number("n_bins"), Binning.Side.valueOf(text("side").toUpperCase(Locale.ROOT)));
    }

    Binned binned(Pair pair) {
      return new Binned(pair, binning());
    }

    Binned binned() {
      return binned(Pair.valueOf(text("of").toUpperCase(Locale.ROOT)));
    }

    Map<String, Double> error(BinTable bins) {
      return Map.of("value", bins.error(norm(), flag("debias")));
    }
  }
}
