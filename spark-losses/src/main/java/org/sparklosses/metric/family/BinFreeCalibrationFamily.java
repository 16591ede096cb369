// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.metric.family.BinnedParameters.OF;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.Scores;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Ecce;
import org.sparklosses.score.EceSweep;
import org.sparklosses.score.KsCalibrationError;
import org.sparklosses.score.Mmce;
import org.sparklosses.score.Scan;
import org.sparklosses.score.SmoothCurve;
import org.sparklosses.score.SmoothEce;
import org.sparklosses.score.SmoothEceBinned;
import org.sparklosses.score.SmoothEceSigma;

/**
 * Calibration errors off the distribution of a probability, without bins that one has to choose.
 */
public final class BinFreeCalibrationFamily implements MetricFamily {

  private static final double LEAST_SIGMA = 1e-3;

  /** Points of a curve. */
  private static final int INTERVALS = 100;

  private static final Parameter SIGMA =
      number("sigma", 0.1, Range.closed(LEAST_SIGMA, 1), "the width of the Gaussian");

  /** For the service loader. */
  public BinFreeCalibrationFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "ks_calibration_error",
                "largest gap, over thresholds t, of predicted and observed mass up to t",
                s -> scan(s, new KsCalibrationError()))
            .from("Gupta et al. 2021, arXiv:2006.12800")
            .with(OF),
        Metric.of(
                "ecce",
                "cumulative calibration errors: the largest gap up to a threshold (mad), between"
                    + " two thresholds (kuiper), and both in units of the deviation (sigma) that"
                    + " calibrated predictions have",
                s -> scan(s, new Ecce()))
            .from("Arrieta-Ibarra et al. 2022, arXiv:2205.09680")
            .with(OF),
        Metric.of(
                "smooth_ece",
                "mean gap after smoothing by a Gaussian whose width sigma equals the error itself;"
                    + " with the smoothed reliability curve",
                BinFreeCalibrationFamily::smooth)
            .from("Blasiok and Nakkiran 2023, arXiv:2309.12236")
            .with(OF),
        Metric.of(
                "smooth_ece_sigma",
                "mean gap after smoothing by a Gaussian of fixed width",
                s -> scan(s, new SmoothEceSigma(s.number("sigma"))))
            .from("Blasiok and Nakkiran 2023, arXiv:2309.12236")
            .with(OF, SIGMA),
        Metric.of(
                "smooth_ece_binned",
                "smooth_ece_sigma of residuals moved to the nearest two of M + 1 nodes",
                s -> scan(s, new SmoothEceBinned(s.number("sigma"), s.integer("M"))))
            .from("Blasiok and Nakkiran 2023, arXiv:2309.12236")
            .with(
                OF, SIGMA, integer("M", 1024, Range.closed(1, 100_000), "the nodes are 1/M apart")),
        Metric.of(
                "mmce",
                "root of the mean of (y - p)(y' - p') exp(-|p - p'| / width) over all pairs of"
                    + " rows",
                s -> scan(s, new Mmce(s.number("width"))))
            .from("Kumar et al. 2018, PMLR 80")
            .with(OF, number("width", 0.4, Range.closed(1e-6, 1e6), "the width of the kernel")),
        Metric.of(
                "ece_sweep",
                "calibration error with as many bins as leave the observed rate monotone; ties are"
                    + " never split",
                BinFreeCalibrationFamily::sweep)
            .from("Roelofs et al. 2022, arXiv:2012.08668")
            .with(
                OF,
                choice(
                    "norm",
                    List.of("l1", "l2"),
                    "what becomes of the gaps: their mean (l1) or root mean square (l2)"),
                choice(
                    "strategy",
                    List.of("quantile", "uniform"),
                    "bins of equal mass (quantile) or of equal width (uniform)")));
  }

  private static Reading scan(Settings settings, Scan scan) {
    return Reading.atoms(BinnedParameters.pair(settings).source(), scan::of);
  }

  private static Reading sweep(Settings settings) {
    EceSweep sweep =
        new EceSweep(
            settings.text("norm").equals("l2"), settings.text("strategy").equals("quantile"));
    return Reading.atoms(BinnedParameters.pair(settings).source(), Exactness.said(sweep::of));
  }

  private static Reading smooth(Settings settings) {
    Function<Atoms, Map<String, Double>> error = new SmoothEce()::of;
    return Reading.of(
        new Scores(BinnedParameters.pair(settings).source()),
        scores -> {
          Atoms atoms = scores.atoms(0);
          Map<String, Double> values = error.apply(atoms);
          return atoms.size() == 0
              ? Outcome.of(values)
              : Outcome.of(values, curve(SmoothCurve.of(atoms, values.get("sigma"), INTERVALS)));
        });
  }

  private static NumberTable curve(List<SmoothCurve.Point> points) {
    return new NumberTable(
        "smooth_reliability",
        List.of("predicted", "observed", "density"),
        points.stream()
            .map(point -> Arrays.asList(point.predicted(), point.observed(), point.density()))
            .toList());
  }
}
