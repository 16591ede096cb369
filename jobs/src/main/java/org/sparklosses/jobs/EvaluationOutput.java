// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.GateOutcome;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.HtmlReport;
import org.sparklosses.report.JsonReport;
import picocli.CommandLine;

/** What becomes of the result of an evaluation: a table, files, and an exit code. */
final class EvaluationOutput {

  private EvaluationOutput() {}

  /**
   * Prints a result and writes its files.
   *
   * @param source what was evaluated
   * @param folder where the files go, if they were asked for
   * @param noBins whether the JSON is to have no bins
   * @return what the gates of {@code --fail-if} make of it; those that are violated are printed
   */
  static ExitCode write(
      EvaluationResult result,
      String source,
      Optional<ReportFolder> folder,
      boolean noBins,
      CommandLine command) {
    PrintWriter out = command.getOut();
    out.print(ConsoleReport.of(result));
    if (folder.isPresent()) {
      EvaluationResult written = noBins ? result.withoutBins() : result;
      folder.get().write(ReportFolder.EVALUATION, text -> JsonReport.write(written, text));
      String page = HtmlReport.of(result, source);
      out.println("report: " + folder.get().write(ReportFolder.REPORT, text -> text.write(page)));
    }
    out.flush();
    return judge(result.gates(), command.getErr());
  }

  /** What the closing line says of a result. */
  static StageProgress.Done done(EvaluationResult result) {
    return new StageProgress.Done(
        result.overall().ledger().rowsSeen(), Optional.ofNullable(result.settings().get("kernel")));
  }

  private static ExitCode judge(List<GateOutcome> outcomes, PrintWriter err) {
    List<GateOutcome> violated = outcomes.stream().filter(GateOutcome::isViolated).toList();
    violated.forEach(outcome -> err.println("violated: " + Messages.violation(outcome)));
    err.flush();
    return violated.isEmpty() ? ExitCode.OK : ExitCode.GATE;
  }
}
