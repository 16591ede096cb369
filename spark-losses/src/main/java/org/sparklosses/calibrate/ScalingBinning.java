// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;
import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.score.CompensatedSum;

/** A line in the logit whose probabilities are then binned. */
public final class ScalingBinning implements BinaryCalibrator {

  private static final String NAME = "scaling_binning";
  private static final int MOST_BINS = 1_000_000;

  /** For the service loader. */
  public ScalingBinning() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "few distinct probabilities, so that their calibration error can be measured, with less"
        + " variance than the rates of a histogram";
  }

  @Override
  public String formula() {
    return "g = sigmoid(slope z + intercept) of the logit z by maximum likelihood; then the mean of"
        + " g over the rows in the bin of equal mass that g lies in";
  }

  @Override
  public String source() {
    return "Kumar, Liang and Ma 2019, arXiv:1909.10155";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(Parameter.integer("n_bins", 10, Range.closed(1, MOST_BINS), "how many bins"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    return fit(table, table, settings.integer("n_bins"));
  }

  /**
   * The fit of the line to some rows and of the bins to others, which the guarantees of the paper
   * are of.
   *
   * @param scaling what the line is fitted to; with rows
   * @param binning what bins are made of; its labels are not used; with rows
   * @param bins how many, at least 1
   * @return a fit whose losses are those on the rows of the bins
   */
  public BinaryFit fit(BinaryTable scaling, BinaryTable binning, int bins) {
    LogitFit line = LogitFit.of(scaling.logits(), LogitFeatures.LINEAR, false);
    double intercept = line.theta()[0];
    double slope = line.theta()[1];
    BinaryPoints rows = binning.groups(InputScale.LOGIT);
    BinaryPoints ascending = slope < 0 ? rows.mirrored() : rows;
    BinaryPoints scaled =
        ascending.by(z -> Logit.sigmoid((slope < 0 ? -slope : slope) * z + intercept));
    EqualMass mass = new EqualMass(scaled);
    int[] edges = mass.edges(bins);
    BinnedLine map =
        new BinnedLine(slope, intercept, mass.scores(edges), means(scaled, edges, bins));
    return BinaryFit.of(map, line.status(), binning).found(line.iterations(), line.gradientNorm());
  }

  /** The mean of the scores in each bin; of an empty one that below. */
  private static double[] means(BinaryPoints scaled, int[] edges, int bins) {
    double[] means = new double[bins];
    int i = 0;
    for (int bin = 0; bin < bins; bin++) {
      int end = bin == edges.length ? scaled.size() : edges[bin] + 1;
      CompensatedSum sum = new CompensatedSum();
      CompensatedSum weight = new CompensatedSum();
      for (; i < end; i++) {
        sum.add(scaled.weight(i) * scaled.score()[i]);
        weight.add(scaled.weight(i));
      }
      means[bin] = weight.value() > 0 ? Math.min(1, sum.value() / weight.value()) : means[bin - 1];
    }
    return means;
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    double[] edges = numbers.notDescending("edges");
    return new BinnedLine(
        numbers.number("slope"),
        numbers.number("intercept"),
        edges,
        numbers.probabilities("values", edges.length + 1));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record BinnedLine(double slope, double intercept, double[] edges, double[] values)
      implements BinaryMap {

    private static final long serialVersionUID = 1L;

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public InputScale input() {
      return InputScale.LOGIT;
    }

    @Override
    public double probability(double x) {
      double g = Logit.sigmoid(slope * Logit.clipped(x) + intercept);
      return Double.isNaN(g) ? Double.NaN : values[StepFunction.bin(edges, g, true)];
    }

    @Override
    public boolean needsFloor() {
      return Arrays.stream(values).anyMatch(Floor::isNeeded);
    }

    @Override
    public IncreasingRange increasing() {
      return slope > 0 ? IncreasingRange.ofValues(values) : IncreasingRange.NOWHERE;
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none()
          .with("slope", slope)
          .with("intercept", intercept)
          .with("edges", edges)
          .with("values", values);
    }
  }
}
