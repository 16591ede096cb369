package org.sparklosses.jobs;

import java.util.stream.Collectors;
import org.sparklosses.evaluate.GateOutcome;

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

  /** What is said of a violated gate: the condition, and what the figure is instead, and where. */
  static String violation(GateOutcome outcome) {
    GateOutcome.Violation first = outcome.violations().get(0);
    int others = outcome.violations().size() - 1;
    String where =
        first.slice().entrySet().stream()
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining(", "));
    return "%s: %s is %s%s%s"
        .formatted(
            outcome.gate().text(),
            outcome.gate().subject(),
            first.value(),
            where.isEmpty() ? "" : " for " + where,
            others == 0 ? "" : ", and " + others + " more slices violate it");
  }

  /** The first line of an exception's message: Spark's go on with plans and hints. */
  static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.toString()
        : message.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip();
  }
}
