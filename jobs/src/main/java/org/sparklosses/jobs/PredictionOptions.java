// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import org.sparklosses.evaluate.Evaluation;
import picocli.CommandLine.Option;

/** The column of predictions: one of two options. */
final class PredictionOptions {

  @Option(
      names = "--logits",
      paramLabel = "COLUMN",
      description =
          "array or Vector of logits, one a class; or a pattern such as logit_* for one column a"
              + " class")
  private String logits;

  @Option(
      names = "--probabilities",
      paramLabel = "COLUMN",
      description = "the same, of probabilities")
  private String probabilities;

  boolean areLogits() {
    return logits != null;
  }

  /** The column, or the pattern of columns. */
  String column() {
    return areLogits() ? logits : probabilities;
  }

  /** An evaluation of a column of such predictions. */
  Evaluation of(String column) {
    return areLogits() ? Evaluation.ofLogits(column) : Evaluation.ofProbabilities(column);
  }
}
