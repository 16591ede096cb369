package org.sparklosses.metric.family;

import static org.sparklosses.metric.MetricParameter.choice;
import static org.sparklosses.metric.MetricParameter.flag;
import static org.sparklosses.metric.MetricParameter.integer;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.exact.Binning;
import org.sparklosses.metric.BinTable;
import org.sparklosses.metric.BinTable.Norm;
import org.sparklosses.metric.Binned;
import org.sparklosses.metric.MetricParameter;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.metric.Settings;

/** The parameters that binned metrics share, and what they say. */
final class BinnedParameters {

  static final MetricParameter BINS = integer("n_bins", 15, 1, 10_000);
  static final MetricParameter NORM = choice("norm", "l1", "l2", "max");
  static final MetricParameter SIDE = choice("side", "right", "left", "torchmetrics");
  static final MetricParameter DEBIAS = flag("debias");
  static final MetricParameter STRATEGY = choice("strategy", "uniform", "quantile");
  static final MetricParameter OF = choice("of", "top_label", "positive");

  private BinnedParameters() {}

  static Norm norm(Settings settings) {
    return settings.constant(Norm.class, "norm");
  }

  static Binning binning(Settings settings) {
    return new Binning(settings.integer("n_bins"), settings.constant(Binning.Side.class, "side"));
  }

  static boolean isQuantile(Settings settings) {
    return settings.text("strategy").equals("quantile");
  }

  /** The pair that {@code of} names. */
  static Pair pair(Settings settings) {
    return settings.constant(Pair.class, "of");
  }

  /** Off the bins of a source by the settings' strategy. */
  static Reading bins(
      Settings settings, ScoreSource source, Function<BinTable, Map<String, Double>> values) {
    return isQuantile(settings)
        ? Reading.massBins(source, settings.integer("n_bins"), values)
        : Reading.bins(new Binned(source, binning(settings)), values);
  }

  /** A number off a table. */
  static Function<BinTable, Map<String, Double>> value(Function<BinTable, Double> number) {
    return table -> Map.of("value", number.apply(table));
  }

  /** Combines the errors of classes as the norm says. */
  static double overClasses(double[] errors, Norm norm) {
    return switch (norm) {
      case L1 -> Arrays.stream(errors).average().orElse(Double.NaN);
      case L2 -> Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElse(Double.NaN));
      case MAX -> Arrays.stream(errors).max().orElse(Double.NaN);
    };
  }
}
