// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.metric.ScoreStore;

/**
 * What many normal forecasts are worth: their scores, their calibration and their sharpness, off
 * one pass over the rows. Sums are exact: the same in any order and partitioning.
 *
 * <p>Bins by standard deviation are exact for up to 10,000 distinct standard deviations; with more
 * these are put in cells 1/256 of their size wide, and an edge is off by at most a cell.
 *
 * <p>Layout when written: the {@link WeightedMeans} of log score, CRPS and variance, the {@link
 * PitState}, the {@link ScoreStore} of the squared errors by standard deviation.
 */
public final class GaussianState {

  /** The places of the means. */
  static final int NLL = 0;

  static final int CRPS = 1;
  static final int VARIANCE = 2;

  private final WeightedMeans means = new WeightedMeans(3);
  private final PitState pit;
  private final ScoreStore bySigma = ScoreStore.ofNumbers();

  /**
   * No rows.
   *
   * @param levels as those of {@link PitState}
   * @param bins of the histogram of the PIT
   */
  public GaussianState(double[] levels, int bins) {
    pit = new PitState(levels, bins);
  }

  /** With the levels and bins that {@link PitState} has by default. */
  public GaussianState() {
    pit = new PitState();
  }

  /**
   * Adds a row.
   *
   * @param mu the mean of the forecast
   * @param sigma its standard deviation, above 0
   * @param y the number that came true
   * @param weight finite and at least 0; a row of weight 0 does not exist
   * @return log score, CRPS and variance of the row
   */
  public double[] add(double mu, double sigma, double y, double weight) {
    if (!(sigma > 0 && Double.isFinite(sigma) && Double.isFinite(y - mu))) {
      throw new IllegalArgumentException(
          "forecast mu = "
              + mu
              + ", sigma = "
              + sigma
              + " of y = "
              + y
              + " is not allowed; all must be finite and sigma above 0");
    }
    double[] numbers = {
      Forecasts.gaussianNll(mu, sigma, y), Forecasts.crpsGaussian(mu, sigma, y), sigma * sigma
    };
    if (WeightedMeans.isRow(weight)) {
      means.add(weight, numbers);
      pit.add(Forecasts.pit(mu, sigma, y), weight);
      bySigma.add(sigma, (y - mu) * (y - mu), weight);
    }
    return numbers;
  }

  /** Adds the rows of another with the same levels and bins. */
  public void merge(GaussianState other) {
    means.merge(other.means);
    pit.merge(other.pit);
    bySigma.merge(other.bySigma);
  }

  /** The means of log score, CRPS and variance. */
  WeightedMeans means() {
    return means;
  }

  /** The mean negative log density, in nats. */
  public double nll() {
    return means.mean(NLL);
  }

  /** The mean continuous ranked probability score. */
  public double crps() {
    return means.mean(CRPS);
  }

  /** The root of the mean variance claimed: smaller is sharper. */
  public double sharpness() {
    return StrictMath.sqrt(means.mean(VARIANCE));
  }

  /** The calibration of quantiles and central intervals, and the histogram of the PIT. */
  public PitState pit() {
    return pit;
  }

  /** The calibration of the standard deviations, by bins of equal mass. */
  public UncertaintyErrors uncertaintyErrors(int bins) {
    return UncertaintyErrors.of(bySigma.atoms(), bins);
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    means.write(out);
    pit.write(out);
    bySigma.write(out);
  }

  /** Reads what {@link #write} wrote into this, which has no rows and the same levels and bins. */
  public void read(DataInput in) throws IOException {
    means.read(in);
    pit.read(in);
    bySigma.read(in);
  }
}
