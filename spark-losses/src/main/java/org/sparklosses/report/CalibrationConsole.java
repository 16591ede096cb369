// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sparklosses.calibrate.IncreasingRange;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.calibrate.multiclass.Trial;

/** What is known of a fitted calibrator, as plain text. */
public final class CalibrationConsole {

  /** A line has room for that many numbers of a map. */
  private static final int MOST_NUMBERS = 12;

  private CalibrationConsole() {}

  /** The text, with a line end after every line. */
  public static String of(ClassFit fit) {
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "%s: fitted to %,d rows of %,d classes in %d scans, log loss %.5f before and %.5f"
                + " after%n",
            fit.map().method(),
            fit.rows(),
            fit.map().classes(),
            fit.scans(),
            fit.lossBefore(),
            fit.lossAfter()));
    MapNumbers numbers = fit.map().numbers();
    for (String name : numbers.names()) {
      line("  " + name + " = " + text(numbers.array(name)), out);
    }
    if (!fit.trials().isEmpty()) {
      trials(fit.trials(), out);
    }
    fit.map()
        .increasing()
        .filter(range -> !range.equals(IncreasingRange.EVERYWHERE))
        .ifPresent(range -> line("note: " + order(range), out));
    if (!fit.note().isEmpty()) {
      line("note: " + fit.note(), out);
    }
    return out.toString();
  }

  private static String order(IncreasingRange range) {
    return Double.isNaN(range.from())
        ? "it does not keep the order of scores"
        : "it keeps the order of scores from %s to %s"
            .formatted(number(range.from()), number(range.to()));
  }

  private static void line(String text, StringBuilder out) {
    out.append(text).append(System.lineSeparator());
  }

  private static String text(double[] numbers) {
    return numbers.length > MOST_NUMBERS
        ? numbers.length + " numbers"
        : Arrays.stream(numbers)
            .mapToObj(CalibrationConsole::number)
            .collect(Collectors.joining(", "));
  }

  private static void trials(List<Trial> trials, StringBuilder out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"by cross-fitting", "log loss", "difference", "95% interval"});
    for (Trial trial : trials) {
      boolean isBaseline = trial.method().equals("none");
      rows.add(
          new String[] {
            trial.method(),
            number(trial.loss()),
            isBaseline ? "-" : number(trial.difference()),
            isBaseline ? "-" : number(trial.low()) + " to " + number(trial.high())
          });
    }
    ConsoleReport.table(rows, 1, out);
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.5f", x);
  }
}
