// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.optionalNumber;
import static org.sparklosses.metric.family.BinnedParameters.BINS;
import static org.sparklosses.metric.family.BinnedParameters.DEBIAS;
import static org.sparklosses.metric.family.BinnedParameters.NORM;
import static org.sparklosses.metric.family.BinnedParameters.OF;
import static org.sparklosses.metric.family.BinnedParameters.SIDE;
import static org.sparklosses.metric.family.BinnedParameters.STRATEGY;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.BinTable;
import org.sparklosses.metric.BinTable.Norm;
import org.sparklosses.metric.Binned;
import org.sparklosses.metric.Classwise;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.metric.Scores;

/** Gaps of predicted probability and observed frequency over bins. */
public final class BinnedCalibrationFamily implements MetricFamily {

  private static final List<String> OVER_UNDER =
      List.of("over", "under", "oe_thulasidasan", "signed");

  /** For the service loader. */
  public BinnedCalibrationFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "top_label_calibration_error",
                "gap of confidence and accuracy over bins of confidence of equal width, or of equal"
                    + " mass (strategy quantile): ECE (l1), RMSCE (l2), MCE (max)",
                s -> BinnedParameters.bins(s, ScoreSource.TOP_LABEL, error(s)))
            .from("Guo et al. 2017, arXiv:1706.04599")
            .with(BINS, NORM, STRATEGY, SIDE, DEBIAS)
            .alias("ece"),
        Metric.of(
                "binary_calibration_error",
                "gap of p(y = 1) and the rate of y = 1 over bins; two classes only",
                s -> BinnedParameters.bins(s, ScoreSource.POSITIVE, error(s)))
            .from("Naeini et al. 2015; Nguyen and O'Connor 2015, arXiv:1508.05154")
            .with(BINS, NORM, STRATEGY, SIDE, DEBIAS),
        Metric.of(
                "classwise_calibration_error",
                "calibration errors of (p_k, 1[y = k]) of all classes k: their mean (l1), root mean"
                    + " square (l2) or maximum (max); with a threshold of the p_k above it alone",
                BinnedCalibrationFamily::classwise)
            .from("Kull et al. 2019, arXiv:1910.12656; Nixon et al. 2019, arXiv:1904.01685")
            .with(
                BINS,
                NORM,
                STRATEGY,
                SIDE,
                DEBIAS,
                optionalNumber(
                    "threshold", Range.closed(0, 1), "the p_k above it alone; none for all"))
            .alias("classwise_ece"),
        Metric.of(
                "top_k_calibration_error",
                "gap over bins of the k largest probabilities of all rows together",
                s -> BinnedParameters.bins(s, ScoreSource.largest(s.integer("k")), error(s)))
            .from("Gupta et al. 2021, arXiv:2006.12800")
            .with(
                integer("k", 2, Range.closed(1, 1000), "how many probabilities of a row"),
                BINS,
                NORM,
                STRATEGY,
                SIDE),
        Metric.of(
                "overall_calibration_error",
                "gap over bins of the probabilities of all classes together",
                BinnedCalibrationFamily::overall)
            .from("Nixon et al. 2019, arXiv:1904.01685")
            .with(BINS, NORM, STRATEGY, SIDE),
        Metric.of(
                "average_calibration_error",
                "mean gap over the non-empty equal-width bins, whatever their weight",
                s -> binned(s, BinnedParameters.value(BinTable::averageError)))
            .from("Neumann et al. 2018; netcal ACE")
            .with(OF, BINS, SIDE),
        Metric.of(
                "over_under_confidence",
                "parts of the calibration error with p above (over) and below (under) the observed"
                    + " rate",
                s -> binned(s, BinnedCalibrationFamily::overUnder))
            .from("Thulasidasan et al. 2019, arXiv:1905.11001")
            .with(OF, BINS, SIDE),
        Metric.of(
                "reliability_diagram",
                "observed against predicted, bin by bin; the value is the l1 error of the bins",
                s ->
                    BinnedParameters.bins(
                        s,
                        BinnedParameters.pair(s).source(),
                        BinnedParameters.value(bins -> bins.error(Norm.L1, false))))
            .from("Murphy and Winkler 1977; DeGroot and Fienberg 1983")
            .with(OF, BINS, STRATEGY, SIDE));
  }

  private static Function<BinTable, Map<String, Double>> error(Settings settings) {
    Norm norm = BinnedParameters.norm(settings);
    boolean debias = settings.values().containsKey("debias") && settings.flag("debias");
    return BinnedParameters.value(bins -> bins.error(norm, debias));
  }

  private static Reading binned(Settings settings, Function<BinTable, Map<String, Double>> values) {
    ScoreSource source = BinnedParameters.pair(settings).source();
    return Reading.bins(new Binned(source, BinnedParameters.binning(settings)), values);
  }

  private static Map<String, Double> overUnder(BinTable bins) {
    double over = bins.mean((p, y) -> Math.max(p - y, 0));
    double under = bins.mean((p, y) -> Math.max(y - p, 0));
    double overByConfidence = bins.mean((p, y) -> p * Math.max(p - y, 0));
    return Outcome.parts(OVER_UNDER, over, under, overByConfidence, over - under);
  }

  private static Reading classwise(Settings settings) {
    Norm norm = BinnedParameters.norm(settings);
    boolean debias = settings.flag("debias");
    OptionalDouble threshold = settings.optionalNumber("threshold");
    if (threshold.isEmpty() && !BinnedParameters.isQuantile(settings)) {
      return Reading.of(
          new Classwise(BinnedParameters.binning(settings)),
          state ->
              Outcome.value(
                  BinnedParameters.overClasses(state.errors(norm, debias), norm),
                  state.classTable()));
    }
    ScoreSource source =
        threshold.isPresent()
            ? ScoreSource.eachClassAbove(threshold.getAsDouble())
            : ScoreSource.EACH_CLASS;
    if (BinnedParameters.isQuantile(settings)) {
      int bins = settings.integer("n_bins");
      return Reading.of(
          new Scores(source),
          state ->
              overClasses(
                  state.series(), k -> BinTable.ofEqualMass(state.atoms(k), bins), norm, debias));
    }
    return Reading.of(
        new Binned(source, BinnedParameters.binning(settings)),
        state -> overClasses(state.series(), state::table, norm, debias));
  }

  /** A class without any probability that counts has no error. */
  private static Outcome overClasses(
      int classes, IntFunction<BinTable> bins, Norm norm, boolean debias) {
    double[] errors =
        IntStream.range(0, classes)
            .mapToObj(bins)
            .mapToDouble(table -> table.error(norm, debias))
            .map(error -> Double.isNaN(error) ? 0 : error)
            .toArray();
    return Outcome.value(BinnedParameters.overClasses(errors, norm));
  }

  private static Reading overall(Settings settings) {
    if (BinnedParameters.isQuantile(settings)) {
      return Reading.massBins(ScoreSource.ALL_CLASSES, settings.integer("n_bins"), error(settings));
    }
    return Reading.of(
        new Classwise(BinnedParameters.binning(settings)),
        state -> {
          BinTable bins = state.pooled();
          return Outcome.of(
              error(settings).apply(bins), bins.reliability(ScoreSource.ALL_CLASSES.name()));
        });
  }
}
