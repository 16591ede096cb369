// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.sparklosses.metric.InputCheck;

/** A row that the policy does not let pass. Its message names column, value, row and remedy. */
public final class InvalidRowException extends EvaluationException {

  private static final long serialVersionUID = 1L;

  private final InputCheck check;
  private final int classes;
  private final String problem;
  private final String remedy;

  /** With the category, the number of classes, what is wrong with which row, and what to do. */
  public InvalidRowException(InputCheck check, int classes, String problem, String remedy) {
    super(problem + "; " + remedy);
    this.check = check;
    this.classes = classes;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** The same, with a hint at what may have caused it. */
  public InvalidRowException with(String hint) {
    return new InvalidRowException(check, classes, problem + " (" + hint + ")", remedy);
  }

  /** Rows of different parts of the table have different lengths. */
  public static InvalidRowException differentLengths(String predictions, int length, int other) {
    return new InvalidRowException(
        InputCheck.LENGTH_MISMATCH,
        0,
        "column '%s': %s: some have %d entries, others %d"
            .formatted(
                predictions,
                InputCheck.LENGTH_MISMATCH.description(),
                Math.min(length, other),
                Math.max(length, other)),
        "declare the number of classes to have other rows named, or left out and counted:"
            + " classes(n).policy(InputCheck.LENGTH_MISMATCH, Policy.DROP)");
  }

  @Override
  public String getCondition() {
    return "SPARK_LOSSES_ROW." + check;
  }

  /** What the row was found guilty of. */
  public InputCheck check() {
    return check;
  }

  /** The number of classes that was declared or that the first row has; 0 when rows disagree. */
  public int classes() {
    return classes;
  }

  /** The message without the remedy: column, value and row. */
  public String problem() {
    return problem;
  }
}
