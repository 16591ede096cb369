// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.util.Optional;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.report.ComparisonConsole;
import org.sparklosses.report.ComparisonJson;
import org.sparklosses.report.ComparisonPage;

/** What becomes of the result of a comparison: a table and files. */
final class ComparisonOutput {

  private ComparisonOutput() {}

  /** What the closing line says of a result. */
  static StageProgress.Done done(ComparisonResult result) {
    return new StageProgress.Done(
        result.overall().models().get(0).ledger().rowsSeen(),
        Optional.ofNullable(result.settings().get("kernel")));
  }

  /**
   * Prints a result and writes its files.
   *
   * @param source what was compared
   * @param folder where the files go, if they were asked for
   * @param noBins whether the JSON is to have no bins
   */
  static void write(
      ComparisonResult result,
      String source,
      Optional<ReportFolder> folder,
      boolean noBins,
      PrintWriter out) {
    out.print(ComparisonConsole.of(result));
    if (folder.isPresent()) {
      ComparisonResult written = noBins ? result.withoutBins() : result;
      folder.get().write(ReportFolder.COMPARISON, text -> ComparisonJson.write(written, text));
      String page = ComparisonPage.of(result, source);
      out.println(
          "report: " + folder.get().write(ReportFolder.COMPARISON_PAGE, text -> text.write(page)));
    }
    out.flush();
  }
}
