// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Beta;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.score.CompensatedSum;

/** Histograms of every number of bins, weighted by how well each explains the rows. */
public final class BayesianBinning implements BinaryCalibrator {

  private static final String NAME = "bbq";

  /**
   * Histograms of more bins are not tried, which is what more than a million rows would ask for.
   */
  private static final int MOST_BINS = 1000;

  /** How far the middle of a bin keeps from 0 and 1. */
  private static final double MARGIN = 1e-12;

  private static final double FEWEST = 10;
  private static final double ROWS_OF_BIN = 5;

  /** For the service loader. */
  public BayesianBinning() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "a mean of histograms, which needs no number of bins and never gives 0 or 1; it may turn"
        + " the order round";
  }

  @Override
  public String formula() {
    return "mean over B of (n1 + a) / (n + a + b) of the equal-mass bin of B that p lies in,"
        + " a = n_prime m / B, b = n_prime (1 - m) / B, m its middle, by the likelihood of B;"
        + " B from W^(1/3) / 10 to 10 W^(1/3), at most W / 5 and 1000";
  }

  @Override
  public String source() {
    return "Naeini, Cooper and Hauskrecht 2015, AAAI";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.number(
            "n_prime", 2, Range.above(0), "the rows that the prior counts for, over all bins"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints groups = table.groups(InputScale.PROBABILITY);
    List<Histogram> histograms = histograms(groups, settings.number("n_prime"));
    return BinaryFit.of(mixture(groups, histograms), FitStatus.of(groups), table);
  }

  /**
   * A histogram of a number of bins.
   *
   * @param ends the last group of each bin; that of an empty one is that of the bin before
   * @param values the probability of each bin
   * @param logScore the logarithm of the likelihood of the rows
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Histogram(int[] ends, double[] values, double logScore) {}

  static List<Histogram> histograms(BinaryPoints groups, double prior) {
    double root = StrictMath.pow(groups.weight(), 1.0 / 3);
    double most = Math.min(Math.ceil(groups.weight() / ROWS_OF_BIN), Math.ceil(FEWEST * root));
    int from = (int) Math.max(1, Math.min(MOST_BINS, Math.floor(root / FEWEST)));
    int to = (int) Math.max(from, Math.min(MOST_BINS, most));
    EqualMass mass = new EqualMass(groups);
    Histogram[] histograms = new Histogram[to - from + 1];
    Arrays.setAll(histograms, i -> histogram(mass, groups.size(), from + i, prior));
    return List.of(histograms);
  }

  private static Histogram histogram(EqualMass mass, int groups, int bins, double prior) {
    int[] ends = Arrays.copyOf(mass.edges(bins), bins);
    ends[bins - 1] = groups - 1;
    double[] edges = mass.scores(Arrays.copyOf(ends, bins - 1));
    double[] values = new double[bins];
    CompensatedSum logScore = new CompensatedSum();
    for (int bin = 0; bin < bins; bin++) {
      double low = bin == 0 ? 0 : edges[bin - 1];
      double high = bin == bins - 1 ? 1 : edges[bin];
      double middle = Math.max(MARGIN, Math.min(1 - MARGIN, 0.5 * (low + high)));
      double a = prior / bins * middle;
      double b = prior / bins * (1 - middle);
      int before = bin == 0 ? -1 : ends[bin - 1];
      double weight = before == ends[bin] ? 0 : mass.weight(before, ends[bin]);
      double positive = before == ends[bin] ? 0 : mass.positive(before, ends[bin]);
      double negative = Math.max(0, weight - positive);
      values[bin] = (positive + a) / (positive + negative + a + b);
      if (weight > 0) {
        logScore.add(Beta.logBeta(positive + a, negative + b) - Beta.logBeta(a, b));
      }
    }
    return new Histogram(ends, values, logScore.value());
  }

  /** The mean of the histograms: constant from group to group, and above the last. */
  private static StepFunction mixture(BinaryPoints groups, List<Histogram> histograms) {
    double best = histograms.stream().mapToDouble(Histogram::logScore).max().orElseThrow();
    double[] share =
        histograms.stream().mapToDouble(h -> StrictMath.exp(h.logScore() - best)).toArray();
    double total = CompensatedSum.of(share);
    CompensatedSum[] changes = new CompensatedSum[groups.size() + 1];
    for (int k = 0; k < share.length; k++) {
      Histogram histogram = histograms.get(k);
      double last = 0;
      int start = 0;
      for (int bin = 0; bin < histogram.values().length; bin++) {
        boolean isLast = bin == histogram.values().length - 1;
        int end = histogram.ends()[bin] + 1;
        if (isLast || end > start) {
          double value = share[k] / total * histogram.values()[bin];
          changes[start] = changes[start] == null ? new CompensatedSum() : changes[start];
          changes[start].add(value - last);
          last = value;
          start = end;
        }
      }
    }
    double[] edges = new double[groups.size()];
    double[] values = new double[groups.size() + 1];
    CompensatedSum value = changes[0];
    int n = 0;
    values[0] = inside(value.value());
    for (int i = 1; i < changes.length; i++) {
      if (changes[i] != null) {
        value.add(changes[i].value());
        edges[n++] = groups.score()[i - 1];
        values[n] = inside(value.value());
      }
    }
    return new StepFunction(NAME, Arrays.copyOf(edges, n), Arrays.copyOf(values, n + 1), true);
  }

  private static double inside(double p) {
    return Math.max(0, Math.min(1, p));
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return StepFunction.of(NAME, numbers);
  }
}
