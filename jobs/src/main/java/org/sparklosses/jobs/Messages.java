package org.sparklosses.jobs;

/** Texts for the user. */
final class Messages {

  private Messages() {}

  /** The first line of what the innermost cause says: Spark and Hadoop wrap it. */
  static String cause(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return firstLine(innermost);
  }

  /** The first line of an exception's message: Spark's go on with plans and hints. */
  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.toString()
        : message.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }
}
