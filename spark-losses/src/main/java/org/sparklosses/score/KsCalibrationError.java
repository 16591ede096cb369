// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The Kolmogorov-Smirnov calibration error (Gupta et al. 2021, arXiv:2006.12800): the largest |sum
 * of w(p - y) over the rows with p up to t|, over t, divided by the sum of w; ties are never split.
 * Parts: {@code value}, NaN without rows; {@code error_bound}, as of {@link Ecce}.
 */
public record KsCalibrationError() implements Scan {

  private static final Ecce CUMULATED = new Ecce();

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    return CUMULATED.scan(stretch, below, above);
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return CUMULATED.join(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    Map<String, Double> parts = CUMULATED.read(scanned, total);
    return Parts.value(parts.get("mad"), parts.get("error_bound"));
  }
}
