// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.GateOutcome;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.ClassTable;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.table.SliceLabel;

/**
 * The result as one page of HTML that needs nothing else: no network, and no script but for sorting
 * the tables.
 */
public final class HtmlReport {

  /**
   * Values of a slice beyond that many are left out of the page, those of the fewest rows first.
   */
  static final int SLICE_LIMIT = 200;

  private static final int CARDS = 5;

  /** What a reader wants to know first, if it was asked for. */
  private static final List<String> HEADLINE =
      List.of("accuracy", "log_loss", "brier", "top_label_calibration_error");

  private final EvaluationResult result;
  private final FigureSections figures;
  private final StringBuilder page = new StringBuilder(1 << 16);

  private HtmlReport(EvaluationResult result) {
    this.result = result;
    figures = new FigureSections(result);
  }

  /**
   * The page.
   *
   * @param source what was evaluated, for the title: a path or the name of a table
   */
  public static String of(EvaluationResult result, String source) {
    return new HtmlReport(result).write(source);
  }

  private String write(String source) {
    page.append(HtmlPage.open(source + " \u2013 evaluation"));
    header(source);
    page.append("<main>");
    reliability();
    page.append(figures.curves());
    gates();
    metrics();
    page.append(figures.confusions());
    slices();
    classes();
    ledger();
    page.append(HtmlPage.settings(result.settings()));
    page.append("</main><footer>Written by spark-losses. Means are weighted; values in full are in")
        .append(" evaluation.json.</footer>")
        .append(HtmlPage.close());
    return page.toString();
  }

  private void header(String source) {
    Ledger ledger = result.overall().ledger();
    page.append("<header><h1>")
        .append(Html.escape(source))
        .append("</h1><p class=\"quiet\">")
        .append(Html.count(ledger.rowsEvaluated()))
        .append(ledger.rowsEvaluated() == 1 ? " row" : " rows")
        .append(" of ")
        .append(Html.count(ledger.rowsSeen()))
        .append(" evaluated")
        .append(Html.escape(Labels.classes(result)))
        .append("</p><ul class=\"cards\">");
    List<MetricResult> cards =
        result.overall().metrics().stream()
            .filter(metric -> metric.values().size() == 1)
            .filter(
                metric ->
                    metric.numbers().isEmpty() && !metric.name().equals("reliability_diagram"))
            .collect(
                Collectors.toMap(
                    MetricResult::name, metric -> metric, (a, b) -> a, LinkedHashMap::new))
            .values()
            .stream()
            .sorted(Comparator.comparingInt(HtmlReport::headlineRank))
            .limit(CARDS)
            .toList();
    for (MetricResult metric : cards) {
      page.append("<li><b>")
          .append(Html.number(metric.value()))
          .append("</b><span>")
          .append(Html.escape(title(metric.name()) + given(metric)))
          .append("</span>")
          .append(
              metric
                  .interval()
                  .map(interval -> "<small>" + Html.interval(interval) + "</small>")
                  .orElse(""))
          .append("</li>");
    }
    page.append("</ul></header>");
  }

  private static int headlineRank(MetricResult metric) {
    int rank = HEADLINE.indexOf(metric.name());
    return rank < 0 ? HEADLINE.size() : rank;
  }

  private void reliability() {
    List<ReliabilityTable> tables =
        result.overall().metrics().stream()
            .flatMap(metric -> metric.reliability().stream())
            .distinct()
            .toList();
    List<String> smooth = figures.reliability();
    if (tables.isEmpty() && smooth.isEmpty()) {
      return;
    }
    page.append("<section id=\"reliability\"><h2>Reliability</h2><p class=\"quiet\">")
        .append(ReliabilityFigure.READING)
        .append("</p><div class=\"figures\">");
    tables.forEach(table -> page.append(ReliabilityFigure.of(table)));
    smooth.forEach(page::append);
    page.append("</div></section>");
  }

  private void metrics() {
    page.append("<section id=\"metrics\"><h2>Metrics</h2><div class=\"scroll\"><table><thead><tr>")
        .append(Html.head("metric", true))
        .append(Html.head("parameters", true))
        .append(Html.head("value", false));
    boolean intervals = Labels.hasIntervals(result.overall());
    if (intervals) {
      page.append(Html.head("\u00B1 standard error", false)).append(Html.head(level(), false));
    }
    page.append("</tr></thead><tbody>");
    for (MetricResult metric : result.overall().metrics()) {
      metric
          .values()
          .forEach(
              (part, value) ->
                  page.append("<tr>")
                      .append(Html.rowHead(title(metric.name()) + suffix(metric, part)))
                      .append("<td class=\"text wrap\">")
                      .append(Html.escape(parameters(metric)))
                      .append("</td>")
                      .append(Html.cell(value))
                      .append(intervals ? interval(metric.intervals().get(part)) : "")
                      .append("</tr>"));
    }
    page.append("</tbody></table></div></section>");
  }

  /** The head of the column of intervals. */
  private String level() {
    return result.overall().metrics().stream()
        .flatMap(metric -> metric.intervals().values().stream())
        .findFirst()
        .map(interval -> Html.percent(interval.level()) + " interval")
        .orElse("interval");
  }

  private static String interval(ConfidenceInterval interval) {
    return interval == null
        ? "<td></td><td></td>"
        : Html.cell(interval.standardError()) + "<td>" + Html.interval(interval) + "</td>";
  }

  private void gates() {
    if (result.gates().isEmpty()) {
      return;
    }
    page.append("<section id=\"gates\"><h2>Gates</h2><div class=\"scroll\"><table><thead><tr>")
        .append(Html.head("the model fails if", true))
        .append(Html.head("outcome", true))
        .append(Html.head("where, and the figure there", true))
        .append("</tr></thead><tbody>");
    for (GateOutcome gate : result.gates()) {
      page.append("<tr>")
          .append(Html.rowHead(gate.gate().text()))
          .append("<td class=\"text")
          .append(gate.isViolated() ? " violated\">violated" : "\">passed")
          .append("</td><td class=\"text wrap\">")
          .append(Html.escape(violations(gate)))
          .append("</td></tr>");
    }
    page.append("</tbody></table></div></section>");
  }

  private static String violations(GateOutcome gate) {
    return gate.violations().stream()
        .map(v -> Labels.slice(v.slice()) + ": " + Html.number(v.value()))
        .collect(Collectors.joining("; "));
  }

  private void slices() {
    if (result.slices().isEmpty()) {
      return;
    }
    Map<String, List<SliceResult>> declared =
        result.slices().stream()
            .collect(
                Collectors.groupingBy(
                    slice -> String.join(" \u00D7 ", slice.slice().keySet()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    page.append("<section id=\"slices\"><h2>Slices</h2>");
    declared.forEach(this::slice);
    page.append("</section>");
  }

  private void slice(String name, List<SliceResult> all) {
    List<SliceResult> slices = Labels.largest(all, SLICE_LIMIT, SliceResult::ledger);
    page.append("<p class=\"quiet\">By ")
        .append(Html.escape(name))
        .append(
            slices.size() == all.size()
                ? ""
                : ": the %s values with the most rows; the other %s are left out here, all are in"
                        .formatted(
                            Html.count(slices.size()), Html.count(all.size() - slices.size()))
                    + " evaluation.json.")
        .append("</p><div class=\"scroll tall\"><table class=\"sortable\"><thead><tr>");
    slices.get(0).slice().keySet().forEach(column -> page.append(Html.head(column, true)));
    SliceColumn.ALL.forEach(column -> page.append(Html.head(column.name(), false)));
    for (MetricResult metric : slices.get(0).metrics()) {
      for (String part : metric.values().keySet()) {
        page.append("<th scope=\"col\" title=\"")
            .append(Html.escape(parameters(metric)))
            .append("\">")
            .append(Html.escape(title(metric.name()) + norm(metric) + suffix(metric, part)))
            .append("</th>");
      }
    }
    page.append("</tr></thead><tbody>");
    for (SliceResult slice : slices) {
      page.append("<tr>");
      slice.slice().values().forEach(value -> page.append(Html.rowHead(SliceLabel.value(value))));
      SliceColumn.ALL.forEach(column -> page.append(column.cell(slice, result.overall())));
      for (MetricResult metric : slice.metrics()) {
        metric
            .values()
            .forEach((part, value) -> page.append(cell(value, metric.intervals().get(part))));
      }
      page.append("</tr>");
    }
    page.append("</tbody></table></div>");
  }

  private static String cell(double value, ConfidenceInterval interval) {
    return interval == null
        ? Html.cell(value)
        : Html.cell(value, "\u00B1\u00A0" + Html.number(interval.standardError()));
  }

  private void classes() {
    result.overall().metrics().stream()
        .flatMap(metric -> metric.classes().stream())
        .findFirst()
        .ifPresent(this::classes);
  }

  private void classes(ClassTable table) {
    List<ClassTable.Entry> entries = table.classes();
    boolean cut = entries.size() > HtmlPage.CLASS_LIMIT;
    if (cut) {
      entries =
          entries.stream()
              .sorted(Comparator.comparingDouble(ClassTable.Entry::calibrationError).reversed())
              .limit(HtmlPage.CLASS_LIMIT)
              .toList();
    }
    page.append("<section id=\"classes\"><h2>Classes</h2><p class=\"quiet\">")
        .append(
            cut
                ? "The "
                    + HtmlPage.CLASS_LIMIT
                    + " of "
                    + Html.count(table.classes().size())
                    + " classes with the largest calibration error; all are in evaluation.json."
                : "Calibration error of each class: its probability against whether it is the"
                    + " label.")
        .append("</p><div class=\"scroll\"><table class=\"sortable\"><thead><tr>")
        .append(Html.head("class", false))
        .append(Html.head("rows", false))
        .append(Html.head("prevalence", false))
        .append(Html.head("mean predicted", false))
        .append(Html.head("recall", false))
        .append(Html.head("calibration error", false))
        .append("</tr></thead><tbody>");
    for (ClassTable.Entry entry : entries) {
      page.append("<tr><th scope=\"row\">")
          .append(Html.escape(result.className(entry.label())))
          .append("</th>")
          .append(Html.cell(entry.support()))
          .append(Html.cell(entry.prevalence()))
          .append(Html.cell(entry.meanPredicted()))
          .append(Html.cell(entry.recall()))
          .append(Html.cell(entry.calibrationError()))
          .append("</tr>");
    }
    page.append("</tbody></table></div></section>");
  }

  private void ledger() {
    Ledger ledger = result.overall().ledger();
    page.append("<section id=\"ledger\"><h2>What was read</h2><div class=\"scroll\"><table><thead>")
        .append("<tr>")
        .append(Html.head("finding", true))
        .append(Html.head("what became of such rows", true))
        .append(Html.head("rows", false))
        .append("</tr></thead><tbody>");
    ledgerRow("rows seen", "", ledger.rowsSeen());
    ledgerRow("rows evaluated", "", ledger.rowsEvaluated());
    for (InputCheck check : InputCheck.values()) {
      // Most findings cannot be made of numbers, which have no classes.
      if (result.classes() > 0 || ledger.count(check) > 0) {
        ledgerRow(check.description(), check.isUsed() ? "used" : "left out", ledger.count(check));
      }
    }
    page.append("</tbody></table></div></section>");
  }

  private void ledgerRow(String finding, String fate, long rows) {
    page.append("<tr>")
        .append(Html.rowHead(finding))
        .append("<td class=\"text\">")
        .append(fate)
        .append("</td>")
        .append(Html.cell(rows))
        .append("</tr>");
  }

  /** {@code top_label_calibration_error} as "Top label calibration error". */
  private static String title(String name) {
    String words = name.replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** What a card says of parameters. */
  private static String given(MetricResult metric) {
    Map<String, Object> given = Labels.given(metric);
    return given.isEmpty() ? "" : " (" + parameters(given) + ")";
  }

  private static String suffix(MetricResult metric, String part) {
    return part.equals("value") || metric.values().size() == 1 ? "" : ": " + part.replace('_', ' ');
  }

  private static String norm(MetricResult metric) {
    Object norm = metric.parameters().get("norm");
    return norm == null ? "" : " (" + norm + ")";
  }

  private static String parameters(MetricResult metric) {
    return parameters(metric.parameters());
  }

  private static String parameters(Map<String, Object> parameters) {
    return parameters.entrySet().stream()
        .map(p -> p.getKey() + " = " + p.getValue())
        .collect(Collectors.joining(", "));
  }
}
