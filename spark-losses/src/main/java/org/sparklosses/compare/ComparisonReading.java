// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sparklosses.evaluate.Intervals;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.inference.BinnedChiSquare;
import org.sparklosses.inference.Interval;
import org.sparklosses.inference.MeanEstimate;
import org.sparklosses.inference.Replicates;
import org.sparklosses.inference.StudentT;
import org.sparklosses.inference.Tails;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;
import org.sparklosses.score.DeLong;
import org.sparklosses.table.SliceKey;

/** Reads the result of a comparison off the states of its passes. */
final class ComparisonReading {

  private final ComparisonSpec spec;
  private final double level;
  private final List<BoundMetric> metrics;
  private final Intervals intervals;
  private final BoundMetric spiegelhalter = Metrics.bind(ComparisonSpec.SPIEGELHALTER);
  private final BoundMetric reliability = Metrics.bind(ComparisonSpec.RELIABILITY);

  ComparisonReading(ComparisonSpec spec) {
    this.spec = spec;
    level = spec.evaluation().intervals().level();
    intervals = spec.intervals();
    metrics = spec.evaluation().boundMetrics();
  }

  /** All rows: their p-values stand alone. */
  SliceComparison overall(PairedGroup group, Optional<DeLong> auc) {
    SliceComparison all = read(Map.of(), group, auc);
    return new SliceComparison(
        all.slice(),
        all.models(),
        all.differences().stream().map(Adjustable::alone).toList(),
        all.correctness().stream().map(Adjustable::alone).toList(),
        all.calibration().stream().map(Adjustable::alone).toList());
  }

  /** The values of a slice by column. */
  Map<String, String> values(int declaration, SliceKey key) {
    return key.named(spec.evaluation().rows().slices().get(declaration));
  }

  /** The comparison on a group of rows, before p-values are adjusted. */
  SliceComparison read(Map<String, String> slice, PairedGroup group, Optional<DeLong> auc) {
    List<SliceResult> models = new ArrayList<>();
    List<List<MetricState>> replicates = new ArrayList<>();
    List<CalibrationSignificance> calibration = new ArrayList<>();
    List<CorrectnessSignificance> correctness = new ArrayList<>();
    for (int m = 0; m < spec.models(); m++) {
      MetricState state = group.state(m);
      replicates.add(intervals.replicates(state));
      models.add(
          new SliceResult(
              slice, state.ledger(), intervals.read(state, replicates.get(m), metrics)));
      calibration.add(calibration(m, state));
      if (m > 0) {
        correctness.add(
            new CorrectnessSignificance(
                spec.names().get(m), group.mcNemar(m), Double.NaN, Double.NaN));
      }
    }
    return new SliceComparison(
        slice, models, differences(group, models, replicates, auc), correctness, calibration);
  }

  private CalibrationSignificance calibration(int model, MetricState state) {
    return CalibrationSignificance.of(
        spec.names().get(model),
        spiegelhalter.read(state).values(),
        BinnedChiSquare.of(reliability.read(state).reliability().orElseThrow()));
  }

  private List<Difference> differences(
      PairedGroup group,
      List<SliceResult> models,
      List<List<MetricState>> replicates,
      Optional<DeLong> auc) {
    List<Difference> differences = new ArrayList<>();
    int mean = 0;
    for (int i = 0; i < metrics.size(); i++) {
      boolean isMean = ComparisonSpec.isMean(metrics.get(i));
      for (int m = 1; m < spec.models(); m++) {
        double baseline = models.get(0).metrics().get(i).value();
        double value = models.get(m).metrics().get(i).value();
        if (intervals.isResampled(metrics.get(i))) {
          Replicates resampled =
              values(replicates.get(m), metrics.get(i))
                  .minus(values(replicates.get(0), metrics.get(i)));
          differences.add(resampled(i, m, baseline, value, resampled));
        } else if (isMean) {
          MeanEstimate difference = scaled(group, m, mean, metrics.get(i));
          differences.add(paired(i, m, baseline, value, difference));
        } else if (ComparisonSpec.isAuc(metrics.get(i)) && auc.isPresent()) {
          double bound = 0;
          for (int model : new int[] {0, m}) {
            bound += Intervals.errorBound(models.get(model).metrics().get(i));
          }
          differences.add(auc(i, m, baseline, value, auc.get(), bound));
        } else {
          differences.add(untested(i, m, baseline, value));
        }
      }
      mean += isMean ? 1 : 0;
    }
    return differences;
  }

  private static MeanEstimate scaled(PairedGroup group, int model, int mean, BoundMetric metric) {
    MeanEstimate raw = group.difference(model, mean);
    double scale = metric.reading().scale().orElseThrow().apply(1, group.state(0).classes());
    return new MeanEstimate(raw.mean() * scale, raw.standardError() * scale, raw.units());
  }

  private Difference paired(
      int metric, int model, double baseline, double value, MeanEstimate difference) {
    StudentT test = StudentT.of(difference);
    return new Difference(
        spec.evaluation().metrics().get(metric).toString(),
        metrics.get(metric).isLargerBetter(),
        spec.names().get(model),
        baseline,
        value,
        test.difference(),
        test.standardError(),
        test.interval(level),
        Difference.Test.PAIRED_T,
        test.pValue(),
        Double.NaN,
        Double.NaN);
  }

  private static Replicates values(List<MetricState> replicates, BoundMetric metric) {
    return new Replicates(
        replicates.stream().mapToDouble(state -> metric.read(state).value()).toArray());
  }

  private Difference resampled(
      int metric, int model, double baseline, double value, Replicates replicates) {
    double difference = value - baseline;
    return new Difference(
        spec.evaluation().metrics().get(metric).toString(),
        metrics.get(metric).isLargerBetter(),
        spec.names().get(model),
        baseline,
        value,
        difference,
        replicates.standardError(),
        replicates.normal(difference, level),
        Difference.Test.BOOTSTRAP,
        replicates.normalPValue(difference, 0),
        Double.NaN,
        Double.NaN);
  }

  private Difference untested(int metric, int model, double baseline, double value) {
    return new Difference(
        spec.evaluation().metrics().get(metric).toString(),
        metrics.get(metric).isLargerBetter(),
        spec.names().get(model),
        baseline,
        value,
        value - baseline,
        Double.NaN,
        new Interval(Double.NaN, Double.NaN),
        Difference.Test.NONE,
        Double.NaN,
        Double.NaN,
        Double.NaN);
  }

  /**
   * The difference of two areas.
   *
   * @param bound how far it can be from that of all distinct scores, which no test takes for a
   *     difference
   */
  private Difference auc(
      int metric, int model, double baseline, double value, DeLong deLong, double bound) {
    double standardError = deLong.standardError(model, 0);
    return new Difference(
        spec.evaluation().metrics().get(metric).toString(),
        true,
        spec.names().get(model),
        baseline,
        value,
        value - baseline,
        standardError,
        Interval.normal(value - baseline, standardError, level).widened(bound),
        Difference.Test.DELONG,
        Tails.normalBeyond(Math.max(0, Math.abs(deLong.z(model, 0)) - bound / standardError)),
        Double.NaN,
        Double.NaN);
  }

  /** The slices with all their p-values adjusted, test by test. */
  static List<SliceComparison> adjusted(List<SliceComparison> slices) {
    List<List<Difference>> differences = adjusted(slices, SliceComparison::differences);
    List<List<CorrectnessSignificance>> correctness =
        adjusted(slices, SliceComparison::correctness);
    List<List<CalibrationSignificance>> calibration =
        adjusted(slices, SliceComparison::calibration);
    List<SliceComparison> adjusted = new ArrayList<>();
    for (int s = 0; s < slices.size(); s++) {
      adjusted.add(
          new SliceComparison(
              slices.get(s).slice(),
              slices.get(s).models(),
              differences.get(s),
              correctness.get(s),
              calibration.get(s)));
    }
    return adjusted;
  }

  /** By slice, then by test. */
  private static <T extends Adjustable<T>> List<List<T>> adjusted(
      List<SliceComparison> slices, Function<SliceComparison, List<T>> tests) {
    List<List<T>> adjusted = new ArrayList<>();
    slices.forEach(slice -> adjusted.add(new ArrayList<>()));
    for (int t = 0; !slices.isEmpty() && t < tests.apply(slices.get(0)).size(); t++) {
      int test = t;
      List<T> overSlices =
          Adjustable.overSlices(
              slices.stream().map(slice -> tests.apply(slice).get(test)).toList());
      for (int s = 0; s < overSlices.size(); s++) {
        adjusted.get(s).add(overSlices.get(s));
      }
    }
    return adjusted;
  }
}
