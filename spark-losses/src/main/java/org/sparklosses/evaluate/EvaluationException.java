package org.sparklosses.evaluate;

import java.util.Optional;

/** An evaluation that cannot be finished with this table and these settings. */
public class EvaluationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EvaluationException(String message) {
    super(message);
  }

  /** The one that made a Spark job fail, if one did. */
  static Optional<EvaluationException> causeOf(Throwable failure) {
    Throwable cause = failure;
    while (cause != null && !(cause instanceof EvaluationException)) {
      cause = cause.getCause();
    }
    return Optional.ofNullable((EvaluationException) cause);
  }
}
