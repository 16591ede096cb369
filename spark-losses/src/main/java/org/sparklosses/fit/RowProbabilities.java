// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.Serializable;
import org.sparklosses.calibrate.multiclass.LogProbabilities;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.RowReader;

/**
 * The probabilities of a row, with the same bits whether the row comes from a scan or from a
 * column: in the order of the classes and by functions that are the same on every CPU.
 *
 * @param kind what the predictions are
 */
public record RowProbabilities(InputKind kind) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of a row without fault. */
  double[] of(PredictionRow row) {
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

  /** Of predictions, one or more; null if an evaluation would find a fault in them. */
  public double[] of(double[] predictions) {
    PredictionRow row =
        new PredictionRow(RowKernels.get(), RowReader.TOLERANCE, kind.isRenormalised());
    if (kind.isLogits()) {
      row.readLogits(predictions, predictions.length, RowStatistics.NO_LABEL, 1);
    } else {
      row.readProbabilities(predictions, predictions.length, RowStatistics.NO_LABEL, 1);
    }
    return row.fault() == null ? of(row) : null;
  }
}
