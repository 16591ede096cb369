package org.sparklosses.evaluate;

import org.sparklosses.metric.InputCheck;

/** A row that the policy does not let pass. Its message names column, value, row and remedy. */
public final class InvalidRowException extends EvaluationException {

  private static final long serialVersionUID = 1L;

  private final InputCheck check;

  InvalidRowException(InputCheck check, String message) {
    super(message);
    this.check = check;
  }

  /** What the row was found guilty of. */
  public InputCheck check() {
    return check;
  }
}
