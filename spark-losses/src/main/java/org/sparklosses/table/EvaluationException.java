// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.List;

/** An evaluation that cannot be finished with this table and these settings. */
public class EvaluationException extends NamedException {

  private static final long serialVersionUID = 1L;

  /** With a message for the user, of one line. */
  public EvaluationException(String message) {
    super(message, null);
  }

  @Override
  public String getCondition() {
    return "SPARK_LOSSES_EVALUATION";
  }

  /** What a function said of a row, as an error of the evaluation. */
  public static NamedException of(IllegalArgumentException refusal) {
    return refusal instanceof NamedException named
        ? named
        : new EvaluationException(refusal.getMessage());
  }

  /** A slice declaration has more values than are allowed. */
  public static EvaluationException tooManySlices(List<String> columns, int limit) {
    return new EvaluationException(
        "slice %s has more than %d values; slice by a column of fewer values, group its values,"
                .formatted(String.join(", ", columns), limit)
            + " or raise the limit: sliceLimit(n), on the command line --slice-limit n");
  }

  /** The states of all slices are more than an array holds. */
  static EvaluationException stateTooLarge() {
    return new EvaluationException(
        "the states of all slices take more than 2 GB, the most that can be sent at once; slice by"
            + " columns of fewer values, name fewer metrics, or leave the bootstrap out");
  }
}
