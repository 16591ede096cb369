package org.sparklosses.evaluate;

/** An evaluation that cannot be finished with this table and these settings. */
public class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EvaluationException(String message) {
    super(message);
  }

  /** The one that made a Spark job fail; the failure itself when none did. */
  static RuntimeException causeOf(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EvaluationException evaluation) {
        evaluation.addSuppressed(failure);
        return evaluation;
      }
    }
    return failure;
  }
}
