// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params that several stages and evaluators have. */
final class StageParams {

  private StageParams() {}

  /** The column of probabilities. */
  static Param<String> probabilityCol(Params stage) {
    return new Param<>(stage, "probabilityCol", "column of class probabilities");
  }

  /** The column of logits. */
  static Param<String> rawPredictionCol(Params stage) {
    return new Param<>(
        stage, "rawPredictionCol", "column of logits, read instead of probabilities if set");
  }

  /** The column of labels. */
  static Param<String> labelCol(Params stage) {
    return new Param<>(stage, "labelCol", "label column name");
  }

  /** The column of weights. */
  static Param<String> weightCol(Params stage) {
    return new Param<>(stage, "weightCol", "weight column name; every row weighs 1 if not set");
  }
}
