// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.Serializable;
import org.sparklosses.calibrate.multiclass.LogProbabilities;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.InputKind;

/**
 * The probabilities of a row, with the same bits whether the row comes from a scan or from a
 * column: in the order of the classes and by functions that are the same on every CPU.
 *
 * @param kind what the predictions are
 */
public record RowProbabilities(InputKind kind) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of a row without fault. */
  public double[] of(PredictionRow row) {
    if (kind.isLogits()) {
      double[] z = row.logits();
      LogProbabilities.softmax(z);
      return z;
    }
    double[] p = new double[row.classes()];
    for (int j = 0; j < p.length; j++) {
      p[j] = row.probability(j);
    }
    return p;
  }
}
