// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import java.util.List;
import org.sparklosses.exact.Binning;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.score.CompensatedSum;

/** The share of class 1 in each of a few bins. */
public final class HistogramBinning implements BinaryCalibrator {

  private static final String NAME = "histogram_binning";

  private static final int MOST_BINS = 1_000_000;

  /** For the service loader. */
  public HistogramBinning() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "a table of rates that anybody can read; it makes the scores of a bin one, may turn the"
        + " order of bins round, and gives 0 and 1 unless laplace is set";
  }

  @Override
  public String formula() {
    return "n1 / n of the bin that p lies in, n1 the weight of class 1; the middle of a bin without"
        + " rows; with laplace (n1 + 1) / (n + K)";
  }

  @Override
  public String source() {
    return "Zadrozny and Elkan 2001, ICML";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.integer("n_bins", 10, Range.closed(1, MOST_BINS), "how many bins"),
        Parameter.choice(
            "strategy", List.of("uniform", "quantile"), "bins of equal width, or of equal mass"),
        Parameter.choice(
            "side", List.of("right", "left"), "which end of a bin of equal width is closed"),
        Parameter.integer(
            "laplace",
            0,
            Range.atLeast(0),
            "K of Laplace's rule: the number of classes, 2 of a binary problem; 0 for no such"
                + " rule"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints groups = table.groups(InputScale.PROBABILITY);
    int bins = settings.integer("n_bins");
    boolean isUniform = settings.text("strategy").equals("uniform");
    boolean isRight = !isUniform || settings.text("side").equals("right");
    double[] edges;
    if (isUniform) {
      Binning binning = new Binning(bins, isRight ? Binning.Side.RIGHT : Binning.Side.LEFT);
      edges = new double[bins - 1];
      Arrays.setAll(edges, j -> binning.edge(j + 1));
    } else {
      EqualMass mass = new EqualMass(groups);
      edges = mass.scores(mass.edges(bins));
    }
    double[] values = values(groups, edges, isRight, settings.integer("laplace"));
    return BinaryFit.of(
        new StepFunction(NAME, edges, values, isRight), FitStatus.of(groups), table);
  }

  private static double[] values(
      BinaryPoints groups, double[] edges, boolean isRight, int classes) {
    double[] values = new double[edges.length + 1];
    int i = 0;
    for (int bin = 0; bin < values.length; bin++) {
      CompensatedSum weight = new CompensatedSum();
      CompensatedSum positive = new CompensatedSum();
      for (; i < groups.size() && StepFunction.bin(edges, groups.score()[i], isRight) == bin; i++) {
        weight.add(groups.weight(i));
        positive.add(groups.positive()[i]);
      }
      values[bin] =
          classes > 0
              ? Math.min(1, (positive.value() + 1) / (weight.value() + classes))
              : weight.value() > 0
                  ? Math.min(1, positive.value() / weight.value())
                  : middle(edges, bin);
    }
    return values;
  }

  private static double middle(double[] edges, int bin) {
    double low = bin == 0 ? 0 : edges[bin - 1];
    double high = bin == edges.length ? 1 : edges[bin];
    return 0.5 * (low + high);
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return StepFunction.of(NAME, numbers);
  }
}
