// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparklosses.compare.CalibrationSignificance;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.ComparisonResult.Miscalibration;
import org.sparklosses.compare.CorrectnessSignificance;
import org.sparklosses.compare.Difference;
import org.sparklosses.compare.SliceComparison;
import org.sparklosses.inference.Interval;
import org.sparklosses.inference.McNemar;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.Warnings;

/** A comparison as tables of plain text. */
public final class ComparisonConsole {

  private ComparisonConsole() {}

  /** The tables, with a line end after every line. */
  public static String of(ComparisonResult result) {
    StringBuilder out = new StringBuilder();
    ledger(result, out);
    differences(List.of(result.overall()), result, out);
    correctness(result, out);
    if (!result.slices().isEmpty()) {
      List<SliceComparison> shown =
          Labels.largest(
              result.slices(), ConsoleReport.SLICES, slice -> slice.models().get(0).ledger());
      differences(shown, result, out);
      ConsoleReport.rest(result.slices().size(), "comparison.json", out);
    }
    miscalibrated(result, out);
    Verdict.of(result)
        .ifPresent(
            verdict ->
                out.append(System.lineSeparator()).append(verdict).append(System.lineSeparator()));
    return out.toString();
  }

  private static void ledger(ComparisonResult result, StringBuilder out) {
    Ledger ledger = result.overall().models().get(0).ledger();
    out.append(
        String.format(
            Locale.ROOT,
            "%,d rows read, %,d compared, %,d classes; baseline %s%n",
            ledger.rowsSeen(),
            ledger.rowsEvaluated(),
            result.classes(),
            result.models().get(0)));
    for (InputCheck check : InputCheck.values()) {
      if (ledger.count(check) > 0 && !check.isUsed()) {
        out.append(
            String.format(
                Locale.ROOT, "  %,d x %s: %s%n", ledger.count(check), check, check.description()));
      }
    }
    result.overall().models().stream()
        .flatMap(model -> Warnings.of(model.ledger()).stream())
        .distinct()
        .forEach(warning -> ConsoleReport.warning(warning, out));
    result.keys().ifPresent(keys -> out.append(Labels.keys(keys)).append(System.lineSeparator()));
  }

  private static void differences(
      List<SliceComparison> slices, ComparisonResult result, StringBuilder out) {
    boolean isAdjusted = !slices.get(0).slice().isEmpty();
    List<String[]> rows = new ArrayList<>();
    List<String> header =
        new ArrayList<>(
            List.of("metric", "model", "baseline", "value", "difference", level(result), "p"));
    if (isAdjusted) {
      header.add(0, "slice");
      header.addAll(List.of("Holm", "BH"));
    }
    rows.add(header.toArray(String[]::new));
    for (SliceComparison slice : slices) {
      for (Difference d : slice.differences()) {
        List<String> row =
            new ArrayList<>(
                List.of(
                    d.metric(),
                    d.model(),
                    number(d.baseline()),
                    number(d.value()),
                    number(d.difference()),
                    interval(d.interval()),
                    Labels.pValue(d.pValue())));
        if (isAdjusted) {
          row.add(0, Labels.slice(slice.slice()));
          row.addAll(List.of(Labels.pValue(d.holm()), Labels.pValue(d.benjaminiHochberg())));
        }
        rows.add(row.toArray(String[]::new));
      }
    }
    ConsoleReport.table(rows, isAdjusted ? 3 : 2, out);
  }

  private static String level(ComparisonResult result) {
    return Labels.percent(result.level()) + " interval";
  }

  private static void correctness(ComparisonResult result, StringBuilder out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {
          "right on the same rows",
          "only baseline",
          "only model",
          "p (exact)",
          "p (mid)",
          "p (chi2)"
        });
    for (CorrectnessSignificance test : result.overall().correctness()) {
      McNemar counts = test.mcNemar();
      rows.add(
          new String[] {
            test.model(),
            String.format(Locale.ROOT, "%,d", counts.onlyFirst()),
            String.format(Locale.ROOT, "%,d", counts.onlySecond()),
            Labels.pValue(counts.pExact()),
            Labels.pValue(counts.pMid()),
            Labels.pValue(counts.pChiSquare())
          });
    }
    ConsoleReport.table(rows, 1, out);
  }

  private static void miscalibrated(ComparisonResult result, StringBuilder out) {
    List<Miscalibration> all = result.miscalibrated();
    List<Miscalibration> found =
        Labels.largest(all, ConsoleReport.SLICES, one -> one.slice().models().get(0).ledger());
    if (found.isEmpty()) {
      out.append(System.lineSeparator())
          .append("no model is miscalibrated beyond noise")
          .append(result.slices().isEmpty() ? "" : " on any slice")
          .append(System.lineSeparator());
      return;
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {"miscalibrated beyond noise", "model", "z", "chi2", "df", "p", "Holm", "BH"});
    for (Miscalibration miscalibration : found) {
      CalibrationSignificance test = miscalibration.test();
      rows.add(
          new String[] {
            Labels.slice(miscalibration.slice().slice()),
            test.model(),
            number(test.z()),
            number(test.chiSquare().statistic()),
            String.valueOf(test.chiSquare().degrees()),
            Labels.pValue(test.pValue()),
            Labels.pValue(test.holm()),
            Labels.pValue(test.benjaminiHochberg())
          });
    }
    ConsoleReport.table(rows, 2, out);
    ConsoleReport.rest(all.size(), "comparison.json", out);
  }

  private static String interval(Interval interval) {
    return Double.isNaN(interval.low())
        ? "-"
        : number(interval.low()) + " to " + number(interval.high());
  }

  private static String number(double x) {
    return Double.isNaN(x) ? "-" : String.format(Locale.ROOT, "%.5f", x);
  }
}
