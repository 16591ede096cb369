// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Says what a job would do, in place of doing it. */
final class ExplainOption {

  @Option(
      names = "--explain",
      description =
          "print what would be done and end: passes, what each metric needs, memory and Spark's"
              + " plan")
  private boolean explain;

  /** Whether that was asked for. */
  boolean isAsked() {
    return explain;
  }

  /** Prints the text. */
  static int print(Supplier<String> text, PrintWriter out) {
    out.print(text.get());
    out.flush();
    return ExitCode.OK.value();
  }
}
