// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.io.Serializable;
import org.sparklosses.conformal.PredictionSets;
import org.sparklosses.conformal.UniformNumber;
import org.sparklosses.fit.RowProbabilities;
import scala.collection.Seq;

/**
 * The set of a row: none where its predictions are null, hold a null, or have a fault.
 *
 * @param probabilities of a row
 * @param sets of probabilities
 * @param classes how many the fit had; 0 if it had no rows
 */
record RowSets(RowProbabilities probabilities, PredictionSets sets, int classes)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /**
   * The classes in the set, ascending; null where there is none.
   *
   * @param hash of the key of the row; null for sets that are not randomised
   */
  int[] of(Seq<Double> predictions, Long hash, String group) {
    if (predictions == null || predictions.isEmpty() || predictions.contains(null)) {
      return null;
    }
    double[] numbers = new double[predictions.length()];
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] = predictions.apply(j);
    }
    if (classes > 0 && numbers.length != classes) {
      throw new IllegalArgumentException(
          "a row has %d classes, the thresholds were fitted to %d"
              .formatted(numbers.length, classes));
    }
    double[] p = probabilities.of(numbers);
    return p == null ? null : sets.of(p, hash == null ? 0 : UniformNumber.of(hash), group);
  }
}
