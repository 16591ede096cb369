// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.NumberTable;

/** Which classes are taken for which: all pairs of few classes, the most frequent ones of many. */
final class Confusions {

  /** So many of the most frequent confusions are listed. */
  static final int LISTED = 20;

  /** Rows of one label and one predicted class. */
  private record Pair(int label, int predicted, long count, double weight) {}

  private final EvaluationResult result;
  private final List<Pair> pairs;
  private final int classes;
  private final boolean isWeighted;
  private final double[] support;
  private final double[] predicted;
  private final double[] hits;
  private final double total;

  private Confusions(NumberTable table, EvaluationResult result) {
    this.result = result;
    classes = result.classes();
    pairs = table.rows().stream().map(Confusions::pair).toList();
    isWeighted = pairs.stream().anyMatch(pair -> pair.weight != pair.count);
    support = new double[classes];
    predicted = new double[classes];
    hits = new double[classes];
    double sum = 0;
    for (Pair pair : pairs) {
      support[pair.label] += pair.weight;
      predicted[pair.predicted] += pair.weight;
      hits[pair.label] += pair.label == pair.predicted ? pair.weight : 0;
      sum += pair.weight;
    }
    total = sum;
  }

  private static Pair pair(List<Double> row) {
    return new Pair(
        row.get(0).intValue(), row.get(1).intValue(), row.get(2).longValue(), row.get(3));
  }

  /** Whether the table tells confusions. */
  static boolean draws(NumberTable table) {
    return isMatrix(table) || table.name().equals("mistakes");
  }

  /** Whether the table has all pairs of classes that occur. */
  static boolean isMatrix(NumberTable table) {
    return table.name().equals("confusion");
  }

  /** The section of the page; nothing without rows. */
  static String of(NumberTable table, EvaluationResult result) {
    if (table.rows().isEmpty()) {
      return "";
    }
    return "<section id=\"confusions\"><h2>Confusions</h2>"
        + (isMatrix(table) ? new Confusions(table, result).section() : mistakes(table, result))
        + "</section>";
  }

  private String section() {
    return classes <= Metrics.MATRIX_CLASSES ? matrix() : mostFrequent();
  }

  private String matrix() {
    Map<Integer, Pair> byCell = new HashMap<>();
    pairs.forEach(pair -> byCell.put(pair.label * classes + pair.predicted, pair));
    StringBuilder html = new StringBuilder();
    html.append("<p class=\"quiet\">Rows by label and predicted class; the deeper the colour, the")
        .append(" larger the share of the label's rows.</p><div class=\"scroll fit\">")
        .append("<table class=\"matrix\"><thead><tr>")
        .append(Html.head("label \\ predicted", true));
    for (int k = 0; k < classes; k++) {
      html.append(Html.head(result.className(k), false));
    }
    html.append(Html.head("all", false)).append(Html.head("recall", false));
    html.append("</tr></thead><tbody>");
    for (int label = 0; label < classes; label++) {
      html.append("<tr>").append(Html.rowHead(result.className(label)));
      for (int k = 0; k < classes; k++) {
        html.append(cell(byCell.get(label * classes + k), label == k));
      }
      html.append("<td>").append(amount(support[label])).append("</td>");
      html.append(share(hits[label], support[label])).append("</tr>");
    }
    html.append("</tbody><tfoot><tr>").append(Html.rowHead("all"));
    for (int k = 0; k < classes; k++) {
      html.append("<td>").append(amount(predicted[k])).append("</td>");
    }
    html.append("<td>").append(amount(total)).append("</td><td></td></tr><tr>");
    html.append(Html.rowHead("precision"));
    for (int k = 0; k < classes; k++) {
      html.append(share(hits[k], predicted[k]));
    }
    return html.append("<td></td><td></td></tr></tfoot></table></div>").toString();
  }

  private String cell(Pair pair, boolean isHit) {
    if (pair == null) {
      return "<td class=\"none\">0</td>";
    }
    double share = pair.weight / support[pair.label];
    return "<td class=\"%s\" style=\"--depth: %s\" title=\"%s\">%s</td>"
        .formatted(
            isHit ? "hit" : "miss",
            Axis.text(Math.sqrt(share)),
            "label %s predicted as %s: %s of its rows"
                .formatted(name(result, pair.label), name(result, pair.predicted), percent(share)),
            amount(pair.weight));
  }

  private String mostFrequent() {
    List<Pair> mistakes =
        pairs.stream()
            .filter(pair -> pair.label != pair.predicted)
            .sorted(Comparator.comparingDouble(Pair::weight).reversed())
            .toList();
    List<Pair> listed = mistakes.subList(0, Math.min(LISTED, mistakes.size()));
    StringBuilder html = new StringBuilder();
    html.append("<p class=\"quiet\">The ")
        .append(listed.size())
        .append(" most frequent of ")
        .append(Html.count(mistakes.size()))
        .append(" confusions, ")
        .append(percent(weight(listed) / weight(mistakes)))
        .append(" of all mistakes; all are in evaluation.json.</p>")
        .append(open(isWeighted));
    html.append(Html.head("share of the label", false)).append("</tr></thead><tbody>");
    for (Pair pair : listed) {
      html.append(row(result, pair.label, pair.predicted, pair.weight, pair.weight / total))
          .append(share(pair.weight, support[pair.label]))
          .append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  private static double weight(List<Pair> pairs) {
    return pairs.stream().mapToDouble(Pair::weight).sum();
  }

  /** Of a table that tells the most frequent ones alone: label, predicted, weight, share. */
  private static String mistakes(NumberTable table, EvaluationResult result) {
    List<List<Double>> listed =
        table.rows().subList(0, Math.min(HtmlPage.CLASS_LIMIT, table.rows().size()));
    double share = listed.stream().mapToDouble(row -> row.get(3)).sum();
    boolean isWeighted = listed.stream().anyMatch(row -> row.get(2) != Math.rint(row.get(2)));
    StringBuilder html = new StringBuilder();
    html.append("<p class=\"quiet\">The ")
        .append(listed.size())
        .append(" most frequent confusions, ")
        .append(percent(share))
        .append(" of all rows.</p>")
        .append(open(isWeighted))
        .append("</tr></thead><tbody>");
    for (List<Double> row : listed) {
      html.append(row(result, row.get(0).intValue(), row.get(1).intValue(), row.get(2), row.get(3)))
          .append("</tr>");
    }
    return html.append("</tbody></table></div>").toString();
  }

  private static String open(boolean isWeighted) {
    return "<div class=\"scroll\"><table class=\"sortable\"><thead><tr>"
        + Html.head("label", false)
        + Html.head("predicted", false)
        + Html.head(isWeighted ? "weight" : "rows", false)
        + Html.head("share of all rows", false);
  }

  private static String row(
      EvaluationResult result, int label, int predicted, double weight, double share) {
    return "<tr><th scope=\"row\">%s</th><td>%s</td>"
            .formatted(name(result, label), name(result, predicted))
        + "<td data-value=\"%s\">%s</td>".formatted(weight, amount(weight))
        + share(share, 1);
  }

  private static String name(EvaluationResult result, int index) {
    return Html.escape(result.className(index));
  }

  private static String share(double part, double whole) {
    double share = part / whole;
    return "<td data-value=\"%s\">%s</td>"
        .formatted(share, Double.isNaN(share) ? "\u2013" : percent(share));
  }

  /** A sum of weights; without weights a count. */
  private static String amount(double weight) {
    return weight == Math.rint(weight) && weight < 1e15
        ? Html.count((long) weight)
        : Html.number(weight);
  }

  private static String percent(double share) {
    double percent = 100 * share;
    return String.format(Locale.ROOT, percent < 1 ? "%.3f\u00A0%%" : "%.1f\u00A0%%", percent);
  }
}
