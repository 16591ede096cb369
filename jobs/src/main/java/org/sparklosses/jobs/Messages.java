// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import org.sparklosses.evaluate.GateOutcome;
import org.sparklosses.table.SliceLabel;
import picocli.CommandLine;

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

  /** What is wrong with the options; picocli itself begins some of its messages with "Error: ". */
  static String ofOptions(CommandLine.ParameterException failure) {
    return SliceLabel.printable(failure.getMessage().replaceFirst("^(?i:error: )+", ""));
  }

  /** What is said of a violated gate: the condition, and what the figure is instead, and where. */
  static String violation(GateOutcome outcome) {
    GateOutcome.Violation first = outcome.violations().get(0);
    int others = outcome.violations().size() - 1;
    String where = SliceLabel.of(first.slice());
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
        : SliceLabel.printable(
            message.lines().filter(line -> !line.isBlank()).findFirst().orElse("").strip());
  }
}
