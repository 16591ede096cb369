// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.metric.family.BinnedParameters.OF;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.RowSample;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.score.KdeEce;
import org.sparklosses.score.Skce;

/**
 * Calibration errors over pairs of rows, of which no sum over rows tells enough: they are of a
 * uniform sample, and say of how many rows.
 */
public final class SampledCalibrationFamily implements MetricFamily {

  /** A probability is clipped to [2^-52, 1 - 2^-52] before its logarithm is taken. */
  private static final double LEAST = 0x1p-52;

  private static final Parameter SIZE =
      integer("sample_size", 1000, Range.closed(2, 20_000), "the most rows of the sample");

  private static final Parameter BANDWIDTH =
      number("bandwidth", 0.1, Range.closed(1e-6, 1e6), "the width of the kernel");

  private static final Parameter ORDER =
      number("order", 1, Range.closed(1e-3, 1e3), "the power of the gaps");

  /** For the service loader. */
  public SampledCalibrationFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "kde_ece",
                "mean of |r(p) - p|^order, r the rate of y among all other rows weighted by a Beta"
                    + " kernel; of one side of the outcome; weights do not count",
                s -> kde(s, s.constant(RowSample.Content.class, "of")))
            .from("Popordanoska et al. 2022, arXiv:2210.07810")
            .with(OF, BANDWIDTH, ORDER, SIZE),
        Metric.of(
                "kde_ece_canonical",
                "mean of sum_k |r_k(p) - p_k|^order, r the rates of the classes among all other"
                    + " rows weighted by a Dirichlet kernel; weights do not count",
                s -> kde(s, RowSample.Content.ALL_CLASSES))
            .from("Popordanoska et al. 2022, arXiv:2210.07810")
            .with(BANDWIDTH, ORDER, SIZE),
        Metric.of(
                "skce",
                "squared kernel calibration error of the kernel exp(-||p - q|| / scale) I: over all"
                    + " pairs of rows (biased) and over pairs of two rows (unbiased); weights do"
                    + " not count",
                SampledCalibrationFamily::skce)
            .from("Widmann et al. 2019, arXiv:1910.11385")
            .with(number("scale", 1, Range.closed(1e-6, 1e6), "the width of the kernel"), SIZE));
  }

  private static Reading kde(Settings settings, RowSample.Content content) {
    KdeEce error = new KdeEce(settings.number("bandwidth"), settings.number("order"));
    return sampled(
        settings,
        content,
        sample -> {
          double[][] p = clipped(sample.probabilities());
          double value =
              content == RowSample.Content.ALL_CLASSES
                  ? error.canonical(p, sample.labels(), sample.counts())
                  : error.binary(firsts(p), sample.labels(), sample.counts());
          return Map.of("value", value);
        });
  }

  private static Reading skce(Settings settings) {
    Skce error = new Skce(settings.number("scale"));
    return sampled(
        settings,
        RowSample.Content.ALL_CLASSES,
        sample -> error.of(sample.probabilities(), sample.labels(), sample.counts()));
  }

  private static Reading sampled(
      Settings settings,
      RowSample.Content content,
      Function<RowSample.State, Map<String, Double>> values) {
    RowSample sample = new RowSample(content, settings.integer("sample_size"));
    return new Reading(
        List.of(sample),
        state -> {
          if (content == RowSample.Content.POSITIVE) {
            ScoreSource.POSITIVE.check(state.classes());
          }
          RowSample.State rows = state.get(sample);
          Map<String, Double> parts = new LinkedHashMap<>(values.apply(rows));
          parts.put("rows_used", rows.rows() > 0 ? rows.rows() : Double.NaN);
          parts.put("exact", rows.rows() == 0 ? Double.NaN : rows.isExact() ? 1.0 : 0.0);
          return Outcome.of(parts);
        });
  }

  private static double[][] clipped(double[][] p) {
    return Arrays.stream(p)
        .map(row -> Arrays.stream(row).map(x -> Math.max(LEAST, Math.min(x, 1 - LEAST))).toArray())
        .toArray(double[][]::new);
  }

  private static double[] firsts(double[][] p) {
    return Arrays.stream(p).mapToDouble(row -> row[0]).toArray();
  }
}
