// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.GateOutcome;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.table.SliceLabel;
import org.sparklosses.table.Warnings;

/** The metrics as a table of plain text. Numbers have all their digits. */
public final class ConsoleReport {

  /** A line of the slices has room for that many metrics; the other reports have all. */
  private static final int SLICE_METRICS = 5;

  /** Slices beyond that many are left out, those of the fewest rows first. */
  static final int SLICES = 20;

  private ConsoleReport() {}

  /** The table, with a line end after every line. */
  public static String of(EvaluationResult result) {
    StringBuilder out = new StringBuilder();
    overall(result, out);
    if (!result.slices().isEmpty()) {
      slices(result, out);
    }
    if (!result.gates().isEmpty()) {
      gates(result.gates(), out);
    }
    return out.toString();
  }

  private static void overall(EvaluationResult result, StringBuilder out) {
    Ledger ledger = result.overall().ledger();
    out.append(
        String.format(
            Locale.ROOT,
            "%,d rows read, %,d evaluated%s%n",
            ledger.rowsSeen(),
            ledger.rowsEvaluated(),
            Labels.classes(result)));
    for (Map.Entry<InputCheck, Long> finding : ledger.counts().entrySet()) {
      if (finding.getValue() > 0) {
        out.append(
            String.format(
                Locale.ROOT,
                "  %,d x %s: %s%n",
                finding.getValue(),
                finding.getKey(),
                finding.getKey().description()));
      }
    }
    Warnings.of(ledger).forEach(warning -> warning(warning, out));
    List<String[]> rows = new ArrayList<>();
    boolean intervals = Labels.hasIntervals(result.overall());
    rows.add(
        intervals
            ? new String[] {"metric", "value", "low", "high", "error"}
            : new String[] {"metric", "value"});
    for (MetricResult metric : result.overall().metrics()) {
      metric
          .values()
          .forEach(
              (part, value) -> {
                List<String> row =
                    new ArrayList<>(List.of(name(metric, part), Double.toString(value)));
                if (intervals) {
                  row.addAll(interval(metric.intervals().get(part)));
                }
                rows.add(row.toArray(String[]::new));
              });
    }
    table(rows, out);
  }

  static void warning(String warning, StringBuilder out) {
    out.append("warning: ").append(warning).append(System.lineSeparator());
  }

  /** Ends and standard error, or nothing thrice. */
  private static List<String> interval(ConfidenceInterval interval) {
    return interval == null
        ? List.of("", "", "")
        : DoubleStream.of(interval.low(), interval.high(), interval.standardError())
            .mapToObj(x -> String.format(Locale.ROOT, "%.6g", x))
            .toList();
  }

  private static void gates(List<GateOutcome> gates, StringBuilder out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"gate", "outcome"});
    for (GateOutcome gate : gates) {
      rows.add(new String[] {gate.gate().text(), gate.isViolated() ? "violated" : "passed"});
    }
    table(rows, out);
  }

  private static void slices(EvaluationResult result, StringBuilder out) {
    List<SliceResult> slices = result.slices();
    List<String> names =
        slices.get(0).metrics().stream()
            .map(MetricResult::name)
            .distinct()
            .limit(SLICE_METRICS)
            .toList();
    List<String[]> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("slice"));
    SliceColumn.ALL.forEach(column -> header.add(column.name()));
    header.addAll(names);
    rows.add(header.toArray(String[]::new));
    for (SliceResult slice : Labels.largest(slices, SLICES, SliceResult::ledger)) {
      List<String> row = new ArrayList<>();
      row.add(Labels.slice(slice));
      SliceColumn.ALL.forEach(column -> row.add(column.text(slice, result.overall())));
      names.forEach(name -> row.add(String.format(Locale.ROOT, "%.6g", slice.value(name))));
      rows.add(row.toArray(String[]::new));
    }
    table(rows, out);
    rest(slices.size(), "evaluation.json", out);
  }

  /**
   * Says of which slices there is no line, if there are such.
   *
   * @param file which has them all
   */
  static void rest(int slices, String file, StringBuilder out) {
    if (slices > SLICES) {
      out.append(
          String.format(
              Locale.ROOT,
              "the %d slices of the most rows; all %,d are in %s of --output, in Java in"
                  + " slices()%n",
              SLICES,
              slices,
              file));
    }
  }

  private static String name(MetricResult metric, String part) {
    String name = Labels.metric(metric);
    return metric.values().size() == 1 ? name : name + " " + part;
  }

  /** Left-aligned first column, right-aligned others, a rule under the header. */
  private static void table(List<String[]> rows, StringBuilder out) {
    table(rows, 1, out);
  }

  /** As above, with as many columns of text, which are left-aligned. */
  static void table(List<String[]> rows, int texts, StringBuilder out) {
    rows.forEach(row -> Arrays.setAll(row, c -> SliceLabel.printable(row[c])));
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    out.append(System.lineSeparator());
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < widths.length; c++) {
        String cell = rows.get(r)[c];
        String pad = " ".repeat(widths[c] - cell.length());
        out.append(c == 0 ? "" : "  ").append(c < texts ? cell + pad : pad + cell);
      }
      out.append(System.lineSeparator());
      if (r == 0) {
        for (int c = 0; c < widths.length; c++) {
          out.append(c == 0 ? "" : "  ").append("-".repeat(widths[c]));
        }
        out.append(System.lineSeparator());
      }
    }
  }
}
