// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.sparklosses.calibrate.multiclass.ClassMap;
import org.sparklosses.calibrate.multiclass.LogProbabilities;
import scala.collection.Seq;

/**
 * Calibrates the predictions of a row: none where they are null, hold a null, or are of no
 * distribution.
 *
 * @param map the map
 * @param isOfLogits whether predictions are logits; else they are probabilities
 */
record RowCalibration(ClassMap map, boolean isOfLogits) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of a Vector; null where there is none. */
  Vector ofVector(Vector predictions) {
    double[] p = predictions == null ? null : calibrated(predictions.toArray().clone());
    return p == null ? null : Vectors.dense(p);
  }

  /** Of an array; null where there is none. */
  double[] ofArray(Seq<Double> predictions) {
    if (predictions == null || predictions.contains(null)) {
      return null;
    }
    double[] numbers = new double[predictions.length()];
    for (int j = 0; j < numbers.length; j++) {
      numbers[j] = predictions.apply(j);
    }
    return calibrated(numbers);
  }

  private double[] calibrated(double[] predictions) {
    if (predictions.length != map.classes()) {
      throw new IllegalArgumentException(
          "a row has %d classes, the calibrator was fitted to %d"
              .formatted(predictions.length, map.classes()));
    }
    if (!isDistribution(predictions)) {
      return null;
    }
    if (isOfLogits) {
      LogProbabilities.ofLogits(predictions);
    } else {
      LogProbabilities.ofProbabilities(predictions);
    }
    return map.probabilities(predictions);
  }

  /** Whether there is a softmax of logits, or a logarithm of each probability. */
  private boolean isDistribution(double[] predictions) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : predictions) {
      if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY || (!isOfLogits && x < 0)) {
        return false;
      }
      max = Math.max(max, x);
    }
    return isOfLogits ? max > Double.NEGATIVE_INFINITY : max > 0;
  }
}
