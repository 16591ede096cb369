package org.sparklosses.evaluate;

import org.sparklosses.metric.InputCheck;

/** A row that the policy does not let pass. Its message names column, value, row and remedy. */
public final class InvalidRowException extends EvaluationException {

  private static final long serialVersionUID = 1L;

  private final InputCheck check;
  private final int classes;
  private final String problem;

  InvalidRowException(InputCheck check, int classes, String problem, String remedy) {
    super(problem + "; " + remedy);
    this.check = check;
    this.classes = classes;
    this.problem = problem;
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
