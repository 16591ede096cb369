// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.Map;

/**
 * {@link SmoothEceSigma} off residuals that are split linearly between the nearest two of equally
 * spaced nodes, which any number of rows can be added to.
 *
 * <p>Parts: {@code value}, NaN without rows; {@code error_bound}, the largest distance to the error
 * without nodes: 0.121 (h / sigma)^2 times the mean of |p - y|, h the distance of nodes, and on a
 * grid what comes from its cells.
 *
 * @param sigma in [0.001, 1]
 * @param intervals how many intervals the nodes make of [0, 1], at least 1
 */
public record SmoothEceBinned(double sigma, int intervals) implements Scan {

  private static final int SPREAD = 0;
  private static final int ABSOLUTE = 1;
  private static final int MOMENT = 2;
  private static final int NODES = 3;

  /** Checks the ranges. */
  public SmoothEceBinned {
    if (!(sigma >= SmoothEce.LEAST_SIGMA && sigma <= 1)) {
      throw new IllegalArgumentException("sigma is " + sigma + ": it must be in [0.001, 1]");
    }
    if (intervals < 1) {
      throw new IllegalArgumentException("M is " + intervals + ": it must be at least 1");
    }
  }

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    double[] scanned = new double[NODES + intervals + 1];
    for (int i = 0; i < stretch.size(); i++) {
      double residual = Residuals.sum(stretch, i);
      double moment = Residuals.moment(stretch, i);
      double position = stretch.score()[i] * intervals;
      int node = Math.max(0, Math.min((int) Math.floor(position), intervals - 1));
      double up = residual * (position - node) + moment * intervals;
      scanned[NODES + node] += residual - up;
      scanned[NODES + node + 1] += up;
      scanned[SPREAD] += Residuals.spread(stretch, i);
      scanned[ABSOLUTE] += Residuals.absolute(stretch, i);
      scanned[MOMENT] += Math.abs(moment);
    }
    return scanned;
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    double weight = total.weight();
    if (!(weight > 0)) {
      return Parts.value(Double.NaN, Double.NaN);
    }
    double[] nodes = Arrays.copyOfRange(scanned, NODES, scanned.length);
    double[] spectrum = ResidualSpectrum.ofNodes(nodes, ResidualSpectrum.terms(sigma));
    double width = 1.0 / intervals;
    double bound =
        ResidualSpectrum.CURVATURE
            / (sigma * sigma)
            * (scanned[SPREAD] + width * width / 4 * scanned[ABSOLUTE] + width * scanned[MOMENT]);
    return Parts.value(ResidualSpectrum.smoothed(spectrum, sigma) / weight, bound / weight);
  }
}
