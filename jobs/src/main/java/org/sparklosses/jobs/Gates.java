package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.List;
import org.sparklosses.evaluate.GateOutcome;

/** What the gates of {@code --fail-if} make of a result. */
final class Gates {

  private Gates() {}

  /** Says which gates are violated, a line each. */
  static ExitCode judge(List<GateOutcome> outcomes, PrintWriter err) {
    List<GateOutcome> violated = outcomes.stream().filter(GateOutcome::isViolated).toList();
    violated.forEach(outcome -> err.println("violated: " + Messages.violation(outcome)));
    err.flush();
    return violated.isEmpty() ? ExitCode.OK : ExitCode.GATE;
  }
}
