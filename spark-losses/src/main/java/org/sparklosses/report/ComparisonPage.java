// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparklosses.compare.CalibrationSignificance;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.CorrectnessSignificance;
import org.sparklosses.compare.Difference;
import org.sparklosses.compare.SliceComparison;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;

/** A comparison as one page of HTML that needs nothing else. */
public final class ComparisonPage {

  /** A figure has room for that many slices; the tables have all. */
  static final int FIGURE_SLICES = 30;

  /** The columns of text. */
  private static final Set<String> TEXTS = Set.of("slice", "metric", "model");

  private final ComparisonResult result;
  private final StringBuilder page = new StringBuilder(1 << 16);

  private ComparisonPage(ComparisonResult result) {
    this.result = result;
  }

  /**
   * The page.
   *
   * @param source what was compared, for the title: a path or the name of a table
   */
  public static String of(ComparisonResult result, String source) {
    return new ComparisonPage(result).write(source);
  }

  private String write(String source) {
    page.append(HtmlPage.open(source + " \u2013 comparison"));
    header(source);
    page.append("<main>");
    figures();
    reliability();
    differences();
    correctness();
    calibration();
    ledger();
    page.append(HtmlPage.settings(result.settings()));
    page.append("</main><footer>Written by spark-losses. Means are weighted; values in full are in")
        .append(" comparison.json.</footer>")
        .append(HtmlPage.close());
    return page.toString();
  }

  private void header(String source) {
    Ledger ledger = result.overall().models().get(0).ledger();
    page.append("<header><h1>")
        .append(Html.escape(source))
        .append("</h1><p class=\"quiet\">")
        .append(Html.escape(String.join(", ", result.models().subList(1, result.models().size()))))
        .append(" against the baseline ")
        .append(Html.escape(result.models().get(0)))
        .append(": ")
        .append(Html.count(ledger.rowsEvaluated()))
        .append(" of ")
        .append(Html.count(ledger.rowsSeen()))
        .append(" rows compared, ")
        .append(Html.count(result.classes()))
        .append(" classes");
    result.keys().ifPresent(keys -> page.append("; ").append(Html.escape(Labels.keys(keys))));
    page.append("</p>");
    Verdict.of(result)
        .ifPresent(
            verdict ->
                page.append("<p id=\"verdict\">").append(Html.escape(verdict)).append("</p>"));
    page.append("</header>");
  }

  private String level() {
    return Html.percent(result.level());
  }

  private void figures() {
    Map<String, List<DifferenceFigure.Line>> byMetric = new LinkedHashMap<>();
    List<SliceComparison> shown = new ArrayList<>(List.of(result.overall()));
    shown.addAll(result.slices().stream().limit(FIGURE_SLICES).toList());
    for (SliceComparison slice : shown) {
      for (Difference d : slice.differences()) {
        if (d.test() != Difference.Test.NONE) {
          String label = Labels.slice(slice.slice());
          byMetric
              .computeIfAbsent(d.metric(), metric -> new ArrayList<>())
              .add(
                  new DifferenceFigure.Line(
                      line(label, d.model()), d, d.holm() <= 1 - result.level()));
        }
      }
    }
    if (byMetric.isEmpty()) {
      return;
    }
    page.append("<section id=\"figures\"><h2>Differences</h2><p class=\"quiet\">A point is the")
        .append(" difference of a model to the baseline on the same rows, its line the ")
        .append(level())
        .append(" interval. Red: an adjusted p-value (Holm, over the slices) of at most ")
        .append(Labels.complement(result.level()))
        .append(".</p>")
        .append("<div class=\"figures\">");
    byMetric.forEach(
        (metric, lines) ->
            page.append(
                DifferenceFigure.of(
                    metric,
                    lines,
                    metric
                        + direction(lines.get(0).difference())
                        + (result.slices().size() > FIGURE_SLICES
                            ? " The first " + FIGURE_SLICES + " slices."
                            : ""))));
    page.append("</div></section>");
  }

  private String line(String slice, String model) {
    if (result.models().size() == 2) {
      return slice;
    }
    return result.slices().isEmpty() ? model : slice + ", " + model;
  }

  /** The diagrams of all models over all rows, side by side. */
  private void reliability() {
    StringBuilder figures = new StringBuilder();
    for (int i = 0; i < result.models().size(); i++) {
      String model = result.models().get(i);
      result.overall().models().get(i).metrics().stream()
          .flatMap(metric -> metric.reliability().stream())
          .distinct()
          .forEach(table -> figures.append(ReliabilityFigure.of(table, model)));
    }
    if (figures.length() > 0) {
      page.append("<section id=\"reliability\"><h2>Reliability</h2><p class=\"quiet\">")
          .append(ReliabilityFigure.READING)
          .append("</p><div class=\"figures\">")
          .append(figures)
          .append("</div></section>");
    }
  }

  private static String direction(Difference difference) {
    return Labels.ideal(difference)
        .map(ideal -> ": best is a value of " + ideal.name() + ".")
        .orElse(
            difference.isLargerBetter() ? ": to the right is better." : ": to the left is better.");
  }

  private List<SliceComparison> all() {
    List<SliceComparison> all = new ArrayList<>(List.of(result.overall()));
    all.addAll(result.slices());
    return all;
  }

  private void open(String id, String title, String text, String... columns) {
    page.append("<section id=\"")
        .append(id)
        .append("\"><h2>")
        .append(title)
        .append("</h2><p class=\"quiet\">")
        .append(text)
        .append("</p><div class=\"scroll\"><table class=\"sortable dense\"><thead><tr>");
    for (String column : columns) {
      page.append(Html.head(column, TEXTS.contains(column)));
    }
    page.append("</tr></thead><tbody>");
  }

  private void close() {
    page.append("</tbody></table></div></section>");
  }

  private void row(SliceComparison slice, String... texts) {
    page.append("<tr>").append(Html.rowHead(Labels.slice(slice.slice())));
    for (String text : texts) {
      page.append("<td class=\"text\">").append(Html.escape(text)).append("</td>");
    }
  }

  private void numbers(double... values) {
    for (double value : values) {
      page.append(Html.cell(value));
    }
  }

  private void endRow(double... pValues) {
    for (double p : pValues) {
      page.append("<td data-value=\"")
          .append(p)
          .append("\">")
          .append(Labels.pValue(p))
          .append("</td>");
    }
    page.append("</tr>");
  }

  private void differences() {
    open(
        "differences",
        "All differences",
        "Means over rows are tested by Student's paired test, AUCs by that of DeLong et al.;"
            + " with a bootstrap, what it resamples by that."
            + " Adjusted p-values count the slices as tests of one metric and model.",
        "slice",
        "metric",
        "model",
        "baseline",
        "value",
        "difference",
        level() + " from",
        "to",
        "p",
        "Holm",
        "BH");
    for (SliceComparison slice : all()) {
      for (Difference d : slice.differences()) {
        row(slice, d.metric(), d.model());
        numbers(d.baseline(), d.value(), d.difference(), d.interval().low(), d.interval().high());
        endRow(d.pValue(), d.holm(), d.benjaminiHochberg());
      }
    }
    close();
  }

  private void correctness() {
    open(
        "correctness",
        "Right on the same rows",
        "McNemar's test: rows that only one of both models has right. Weights do not count.",
        "slice",
        "model",
        "only baseline",
        "only model",
        "p (exact)",
        "p (chi\u00B2)",
        "p (mid)",
        "Holm",
        "BH");
    for (SliceComparison slice : all()) {
      for (CorrectnessSignificance test : slice.correctness()) {
        row(slice, test.model());
        page.append(Html.cell(test.mcNemar().onlyFirst()))
            .append(Html.cell(test.mcNemar().onlySecond()));
        endRow(
            test.mcNemar().pExact(),
            test.mcNemar().pChiSquare(),
            test.pValue(),
            test.holm(),
            test.benjaminiHochberg());
      }
    }
    close();
  }

  private void calibration() {
    List<ComparisonResult.Miscalibration> found = result.miscalibrated();
    open(
        "miscalibrated",
        result.slices().isEmpty()
            ? "Miscalibrated beyond noise"
            : "Slices miscalibrated beyond noise",
        (found.isEmpty() ? "None. " : "")
            + "Where the confidence of a model differs from how often it is right by more than"
            + " chance explains: the adjusted p-value (Holm) of Spiegelhalter's z and of a"
            + " chi-square test over bins of confidence, taken together, is at most "
            + Labels.complement(result.level())
            + ".",
        "slice",
        "model",
        "rows",
        "z",
        "chi\u00B2",
        "degrees",
        "p",
        "Holm",
        "BH");
    for (ComparisonResult.Miscalibration miscalibration : found) {
      CalibrationSignificance test = miscalibration.test();
      row(miscalibration.slice(), test.model());
      page.append(Html.cell(miscalibration.slice().models().get(0).ledger().rowsEvaluated()));
      page.append(Html.cell(test.z()))
          .append(Html.cell(test.chiSquare().statistic()))
          .append(Html.cell((long) test.chiSquare().degrees()));
      endRow(test.pValue(), test.holm(), test.benjaminiHochberg());
    }
    close();
  }

  private void ledger() {
    Ledger ledger = result.overall().models().get(0).ledger();
    page.append("<section id=\"ledger\"><h2>What was read</h2><dl><dt>rows seen</dt><dd>")
        .append(Html.count(ledger.rowsSeen()))
        .append("</dd><dt>rows compared</dt><dd>")
        .append(Html.count(ledger.rowsEvaluated()))
        .append("</dd>");
    for (InputCheck check : InputCheck.values()) {
      if (!check.isUsed() && ledger.count(check) > 0) {
        page.append("<dt>")
            .append(Html.escape(check.description()))
            .append("</dt><dd>")
            .append(Html.count(ledger.count(check)))
            .append("</dd>");
      }
    }
    page.append("</dl></section>");
  }
}
