// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.integer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.exact.Binning;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.BinTable;
import org.sparklosses.metric.BinTable.Norm;
import org.sparklosses.metric.Binned;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.ScoreSource;

/** The parameters that binned metrics share, and what they say. */
final class BinnedParameters {

  static final Parameter BINS =
      integer("n_bins", 15, Range.closed(1, 10_000), "the number of bins");

  static final Parameter NORM =
      choice(
          "norm",
          List.of("l1", "l2", "max"),
          "what becomes of the gaps: their mean (l1), root mean square (l2) or largest (max)");

  static final Parameter SIDE =
      choice(
          "side",
          List.of("right", "left", "torchmetrics"),
          "the closed end of a bin; torchmetrics is left with one more bin, for p = 1");

  static final Parameter DEBIAS =
      flag("debias", false, "whether what chance alone adds is taken from l2");

  static final Parameter STRATEGY =
      choice(
          "strategy",
          List.of("uniform", "quantile"),
          "bins of equal width (uniform) or of equal mass (quantile)");

  static final Parameter OF =
      choice(
          "of",
          List.of("top_label", "positive"),
          "the pair (p, y): of the predicted class or of class 1 of two");

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
