// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * The Gini coefficient of a score (Somers' D): 2 AUC - 1. Parts: {@code value}, NaN unless both
 * outcomes occur; {@code error_bound}.
 */
public record Gini() implements Scan {

  private static final RocAuc AUC = new RocAuc();

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    return AUC.scan(stretch, below, above);
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return AUC.join(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    Map<String, Double> auc = AUC.read(scanned, total);
    return Parts.value(2 * auc.get("value") - 1, 2 * auc.get("error_bound"));
  }
}
