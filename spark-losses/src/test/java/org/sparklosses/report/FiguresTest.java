// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparklosses.report.Page.caption;
import static org.sparklosses.report.Page.figures;
import static org.sparklosses.report.Page.number;
import static org.sparklosses.report.Page.ofClass;
import static org.sparklosses.report.Page.parse;
import static org.sparklosses.report.Page.points;
import static org.sparklosses.report.Page.rows;
import static org.sparklosses.report.Page.section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.report.Svg.Point;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The figures of sets that are small enough to work out by hand. */
class FiguresTest {

  /** P(y = 1) of six rows, and whether the label is 1. */
  private static final double[] P = {0.9, 0.8, 0.7, 0.7, 0.4, 0.2};

  private static final int[] Y = {1, 0, 1, 0, 1, 0};

  // The region of a plot in its drawing, as its axes' marks say: 346 wide from x = 60, y = 12.
  private static final double LEFT = 60;
  private static final double TOP = 12;
  private static final double SIDE = 346;

  private static final double PIXEL = 0.011;

  @Test
  void rocHasItsCornersAndItsArea() throws Exception {
    Element figure = figure(evaluate("roc_curve"));
    // From the highest threshold down, the tied 0.7 in one step.
    assertLine(
        figure,
        1,
        new double[][] {
          {0, 0}, {0, 1 / 3.0}, {1 / 3.0, 1 / 3.0}, {2 / 3.0, 2 / 3.0}, {2 / 3.0, 1}, {1, 1}
        });
    // Of 9 pairs 5 are in order and one is tied.
    assertTrue(caption(figure).contains("area 0.61111. Dashed: chance."), caption(figure));
    assertTrue(caption(figure).contains("class 1 by its probability"), caption(figure));
    Element chance = ofClass(figure, "line", "diagonal").get(0);
    assertEquals(LEFT, number(chance, "x1"), PIXEL);
    assertEquals(TOP + SIDE, number(chance, "y1"), PIXEL);
    assertEquals(LEFT + SIDE, number(chance, "x2"), PIXEL);
    assertEquals(TOP, number(chance, "y2"), PIXEL);
    assertEquals("false positive rate", label(figure, 1));
    assertEquals("true positive rate", label(figure, 0));
  }

  @Test
  void precisionAndRecallAreSteps() throws Exception {
    Element figure = figure(evaluate("precision_recall_curve"));
    // (recall, precision): (1/3, 1), (1/3, 1/2), (2/3, 1/2), (1, 3/5), (1, 1/2).
    assertLine(
        figure,
        1,
        new double[][] {
          {0, 1}, {1 / 3.0, 1}, {1 / 3.0, 0.5}, {2 / 3.0, 0.5}, {2 / 3.0, 0.6}, {1, 0.6}, {1, 0.5}
        });
    // (1 + 1/2 + 3/5) / 3, and 3 of 6 rows.
    assertTrue(
        caption(figure)
            .contains("average precision 0.70000. Dashed: their share of all rows, 0.50000."),
        caption(figure));
    assertLevel(figure, 0.5);
  }

  @Test
  void riskGrowsWithCoverage() throws Exception {
    Element figure = figure(evaluate("risk_coverage"));
    // Confidences 0.9, 0.8 twice, 0.7 twice, 0.6 with 0, 1, 1, 1 mistakes; the axis ends at 0.5.
    assertLine(
        figure,
        0.5,
        new double[][] {
          {0, 0},
          {1 / 6.0, 0},
          {1 / 6.0, 1 / 3.0},
          {0.5, 1 / 3.0},
          {0.5, 0.4},
          {5 / 6.0, 0.4},
          {5 / 6.0, 0.5},
          {1, 0.5}
        });
    // (1 x 0 + 2 x 1/3 + 2 x 2/5 + 1 x 1/2) / 6.
    assertTrue(caption(figure).contains("area 0.32778. Dashed"), caption(figure));
    assertTrue(caption(figure).endsWith("error rate of all rows, 0.50000."), caption(figure));
    assertLevel(figure, 1);
  }

  @Test
  void aRiskOfFewRowsDoesNotDecideTheScale() throws Exception {
    List<List<Double>> points = new ArrayList<>();
    points.add(List.of(0.01, 1.0, 0.99));
    points.add(List.of(0.5, 0.1, 0.9));
    points.add(List.of(1.0, 0.15, 0.5));
    Element figure =
        figure(
            new MetricResult(
                "risk_coverage",
                Map.of("score", "neg_entropy"),
                Map.of("value", 0.1),
                List.of(
                    new NumberTable(
                        "risk_coverage", List.of("coverage", "risk", "threshold"), points))));
    List<Point> line = points(ofClass(figure, "polyline", "curve").get(0));
    // The axis ends at 0.15, where the first point is drawn too.
    assertEquals(TOP, line.get(0).y(), PIXEL);
    assertEquals(TOP, line.get(line.size() - 1).y(), PIXEL);
    assertTrue(
        caption(figure).endsWith("At the left the curve is above the frame."), caption(figure));
    assertTrue(caption(figure).contains("by neg entropy"), caption(figure));
  }

  @Test
  void manyPointsLookTheSameThroughFew() throws Exception {
    int n = 10_000;
    List<List<Double>> circle = new ArrayList<>();
    for (int i = 0; i <= n; i++) {
      double angle = Math.PI / 2 * i / n;
      circle.add(List.of(1 - Math.cos(angle), Math.sin(angle), 1.0 - i / (double) n));
    }
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("value", Math.PI / 4);
    values.put("error_bound", 0.001);
    Element figure =
        figure(
            new MetricResult(
                "roc_curve",
                Map.of("of", "mistake", "score", "msp"),
                values,
                List.of(new NumberTable("roc_curve", List.of("fpr", "tpr", "threshold"), circle))));
    List<Point> line = points(ofClass(figure, "polyline", "curve").get(0));
    assertTrue(line.size() <= 300, line.size() + " points");
    assertEquals(new Point(LEFT, TOP + SIDE), line.get(0));
    assertEquals(new Point(LEFT + SIDE, TOP), line.get(line.size() - 1));
    for (List<Double> point : circle) {
      Point p = new Point(LEFT + SIDE * point.get(0), TOP + SIDE * (1 - point.get(1)));
      assertTrue(distance(p, line) < 0.1, () -> p + " is off the line");
    }
    assertTrue(caption(figure).contains("mistakes by low confidence"), caption(figure));
    assertTrue(caption(figure).contains("0.78540 (exact to 0.00100)"), caption(figure));
  }

  @Test
  void teethAreKeptBeforeWhatIsSmooth() {
    List<Point> teeth = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      teeth.add(new Point(i / 100.0, i % 1000 == 500 ? 40 : 0.001 * (i % 7)));
    }
    List<Point> few = Polyline.thinned(teeth, 20);
    assertTrue(few.size() <= 20, few.size() + " points");
    assertEquals(5, few.stream().filter(point -> point.y() == 40).count());
    assertEquals(teeth.get(0), few.get(0));
    assertEquals(teeth.get(4_999), few.get(few.size() - 1));
    List<Point> two = teeth.subList(0, 2);
    assertEquals(two, Polyline.thinned(two, 20));
  }

  @Test
  void smoothCurveIsDrawnWhereThereAreRows() throws Exception {
    // Five rows are near where the density is 5 / (100 x 0.1 x sqrt(2 pi)) = 0.1995 and more.
    double[] density = {0.3, 0.2, 0.19, 0.4, 0.8};
    double[] observed = {0, 0.25, 0.5, 0.5, 1};
    List<List<Double>> rows =
        IntStream.range(0, 5).mapToObj(i -> List.of(i / 4.0, observed[i], density[i])).toList();
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("value", 0.1);
    values.put("sigma", 0.1);
    MetricResult metric =
        new MetricResult(
            "smooth_ece",
            Map.of("of", "top_label"),
            values,
            List.of(
                new NumberTable(
                    "smooth_reliability", List.of("predicted", "observed", "density"), rows)));
    Element section = section(page(List.of(metric), 100, 3), "reliability");
    List<Element> runs = ofClass(section, "polyline", "curve");
    assertEquals(2, runs.size());
    assertPoints(new double[][] {{0, 0}, {0.25, 0.25}}, 1, points(runs.get(0)));
    assertPoints(new double[][] {{0.75, 0.5}, {1, 1}}, 1, points(runs.get(1)));
    // The density is 90 high beneath, from the base at both ends.
    List<Point> outline = points(ofClass(section, "polygon", "bar").get(0));
    double base = outline.get(0).y();
    assertEquals(base, outline.get(6).y(), PIXEL);
    assertEquals(base - 90, outline.get(5).y(), PIXEL);
    assertEquals(base - 90 * 0.3 / 0.8, outline.get(1).y(), PIXEL);
    String caption = caption(figures(section).get(0));
    assertTrue(
        caption.startsWith("Top label, smoothed: smooth calibration error 0.10000"), caption);
  }

  @Test
  void decompositionAddsUp() throws Exception {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("score", 0.2);
    values.put("miscalibration", 0.05);
    values.put("discrimination", 0.1);
    values.put("uncertainty", 0.25);
    Element figure =
        figure(
            new MetricResult(
                "corp_decomposition",
                Map.of("of", "positive", "score", "brier"),
                values,
                List.of()));
    // Bars are 220 for the largest number, 0.25, and begin where the one above ends.
    Element uncertainty = ofClass(figure, "rect", "neutral").get(0);
    double start = number(uncertainty, "x");
    assertEquals(220, number(uncertainty, "width"), PIXEL);
    assertBar(start + 220 * 0.6, 220 * 0.4, ofClass(figure, "rect", "bar").get(0));
    assertBar(start + 220 * 0.6, 220 * 0.2, ofClass(figure, "rect", "loss").get(0));
    assertBar(start, 220 * 0.8, ofClass(figure, "rect", "total").get(0));
    assertTrue(
        caption(figure)
            .contains(
                "positive: Brier score 0.20000 = uncertainty \u2212 discrimination +"
                    + " miscalibration."),
        caption(figure));

    values.replaceAll((part, value) -> Double.NaN);
    Element undefined =
        figure(new MetricResult("corp_decomposition", Map.of("score", "log"), values, List.of()));
    assertEquals(0, undefined.getElementsByTagName("rect").getLength());
    assertTrue(caption(undefined).contains("log loss (nats) \u2013 ="), caption(undefined));
  }

  @Test
  void decompositionOfARealSetIsDrawn() throws Exception {
    Element figure = figure(evaluate("murphy_decomposition(of=positive, n_bins=2)"));
    // Bins (0, 0.5] of 0.4, 0.2 with one hit and (0.5, 1] of the others with two of four: no
    // resolution; mean p is 0.3 and 0.775.
    double reliability = (2 * 0.2 * 0.2 + 4 * 0.275 * 0.275) / 6;
    String text = figure.getTextContent();
    assertTrue(text.contains("+ reliability" + "%.5f".formatted(reliability)), text);
    assertTrue(text.contains("uncertainty0.25000"), text);
    assertTrue(text.contains("\u2212 resolution0.00000"), text);
    assertTrue(caption(figure).contains("variance less covariance within bins"), caption(figure));
  }

  @Test
  void fewClassesHaveAMatrix() throws Exception {
    Document page =
        page(
            List.of(confusion(new double[][] {{0, 0, 8}, {0, 1, 2}, {1, 1, 3}, {2, 0, 5}})), 18, 3);
    Element section = section(page, "confusions");
    assertEquals(
        List.of(
            "0" + "820" + "10" + "80.0\u00A0%",
            "1" + "030" + "3" + "100.0\u00A0%", "2" + "500" + "5" + "0.000\u00A0%"),
        rows(section));
    String foot = section.getElementsByTagName("tfoot").item(0).getTextContent();
    assertEquals("all135018precision61.5\u00A0%60.0\u00A0%\u2013", foot);
    List<Element> misses = ofClass(section, "td", "miss");
    assertEquals(2, misses.size());
    // The depth is the root of the share of the label's rows: 2 of 10, 5 of 5.
    assertEquals("--depth: 0.447214", misses.get(0).getAttribute("style"));
    assertEquals("--depth: 1", misses.get(1).getAttribute("style"));
    assertEquals(
        "label 0 predicted as 1: 20.0\u00A0% of its rows", misses.get(0).getAttribute("title"));
    assertEquals(2, ofClass(section, "td", "hit").size());
    assertEquals(5, ofClass(section, "td", "none").size());
  }

  @Test
  void manyClassesHaveTheirMostFrequentConfusions() throws Exception {
    // Class k is taken for the next k times, and right 100 times.
    int classes = 30;
    List<double[]> cells = new ArrayList<>();
    for (int k = 0; k < classes; k++) {
      cells.add(new double[] {k, k, 100});
      if (k > 0) {
        cells.add(new double[] {k, (k + 1) % classes, k});
      }
    }
    Element section =
        section(
            page(List.of(confusion(cells.toArray(double[][]::new))), 3435, classes), "confusions");
    List<String> rows = rows(section);
    assertEquals(20, rows.size());
    // 29 of 3000 + 435 rows, 29 of 129 of the label.
    assertEquals("290290.844\u00A0%22.5\u00A0%", rows.get(0));
    assertEquals("101110" + "0.291\u00A0%" + "9.1\u00A0%", rows.get(19));
    // 10 + ... + 29 = 390 of 1 + ... + 29 = 435.
    assertTrue(
        section
            .getTextContent()
            .contains("The 20 most frequent of 29 confusions, 89.7\u00A0% of all mistakes"),
        section.getTextContent());
    assertEquals(1, ofClass(section, "table", "sortable").size());
  }

  @Test
  void mistakesAreListed() throws Exception {
    MetricResult mistakes = evaluate("top_mistakes(n=1)").overall().metrics().get(0);
    Element section = section(page(List.of(mistakes), 6, 2), "confusions");
    // Label 0 is taken for 1 at 0.8 and 0.7, label 1 for 0 at 0.4.
    assertEquals(List.of("01233.3\u00A0%"), rows(section));
    assertTrue(section.getTextContent().contains("33.3\u00A0% of all rows"));

    Element whole =
        section(page(List.of(mistakes, confusion(new double[][] {{0, 0, 1}})), 6, 2), "confusions");
    assertEquals(1, ofClass(whole, "table", "matrix").size());
    assertEquals(0, ofClass(whole, "table", "sortable").size());
  }

  @Test
  void allFiguresTogetherNeedNothingElse() throws Exception {
    for (int classes : new int[] {2, 3, 20}) {
      String html = HtmlReport.of(evaluate(Metrics.figures(classes), classes, Y), "t");
      Document page = parse(html);
      assertEquals(classes == 2 ? 2 : 1, figures(section(page, "reliability")).size());
      assertEquals(4, figures(section(page, "curves")).size());
      assertEquals(1, section(page, "confusions").getElementsByTagName("table").getLength());
      assertFalse(html.contains("http://") || html.contains("https://"), "a link to the network");
      assertFalse(html.contains("src=") || html.contains("href="), "something to load");
      assertNoUndefinedPlace(page);
    }
  }

  @Test
  void whatIsUndefinedIsNotDrawn() throws Exception {
    // No row of outcome 0, and no row at all.
    String ones = HtmlReport.of(evaluate(Metrics.figures(2), 2, new int[] {1, 1, 1, 1, 1, 1}), "t");
    Element roc =
        figures(section(parse(ones), "curves")).stream()
            .filter(f -> caption(f).startsWith("ROC"))
            .findFirst()
            .orElseThrow();
    assertEquals(0, ofClass(roc, "polyline", "curve").size());
    assertTrue(caption(roc).contains("area \u2013."), caption(roc));
    String nothing = HtmlReport.of(evaluate(Metrics.figures(0), 0, new int[0]), "t");
    Document page = parse(nothing);
    assertFalse(Page.hasSection(page, "confusions"));
    assertEquals(0, ofClass(section(page, "curves"), "polyline", "curve").size());
    assertNoUndefinedPlace(parse(ones));
    assertNoUndefinedPlace(page);
  }

  private static EvaluationResult evaluate(String metric) {
    return evaluate(List.of(MetricSpec.parse(metric)), 2, Y);
  }

  /** Of rows with {@link #P} for class 1 and the rest for class 0. */
  private static EvaluationResult evaluate(List<MetricSpec> specs, int classes, int[] labels) {
    List<BoundMetric> metrics = specs.stream().map(Metrics::bind).toList();
    MetricState state = new MetricState(MetricPlan.of(metrics, false));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    for (int i = 0; i < labels.length; i++) {
      double[] p = new double[classes];
      p[1] = P[i];
      p[0] = 1 - P[i];
      row.readProbabilities(p, classes, labels[i], 1);
      state.add(row);
    }
    return result(
        metrics.stream().map(metric -> metric.read(state)).toList(), labels.length, classes);
  }

  private static EvaluationResult result(List<MetricResult> metrics, long rows, int classes) {
    Ledger ledger = new Ledger(rows, rows, rows, Map.of());
    return new EvaluationResult(
        Map.of(), classes, new SliceResult(Map.of(), ledger, metrics), List.of());
  }

  private static Document page(List<MetricResult> metrics, long rows, int classes)
      throws Exception {
    return parse(HtmlReport.of(result(metrics, rows, classes), "t"));
  }

  private static Element figure(MetricResult metric) throws Exception {
    return figure(result(List.of(metric), 6, 2));
  }

  private static Element figure(EvaluationResult result) throws Exception {
    List<Element> figures = figures(section(parse(HtmlReport.of(result, "t")), "curves"));
    assertEquals(1, figures.size());
    return figures.get(0);
  }

  /** A confusion matrix of label, predicted class and count. */
  private static MetricResult confusion(double[][] cells) {
    List<List<Double>> rows = new ArrayList<>();
    for (double[] cell : cells) {
      rows.add(List.of(cell[0], cell[1], cell[2], cell[2]));
    }
    return new MetricResult(
        "confusion_matrix",
        Map.of(),
        Map.of("value", 0.5),
        List.of(
            new NumberTable("confusion", List.of("label", "predicted", "count", "weight"), rows)));
  }

  private static void assertLine(Element figure, double high, double[][] expected) {
    assertPoints(expected, high, points(ofClass(figure, "polyline", "curve").get(0)));
  }

  /** Checks places of a plot whose vertical axis ends at {@code high}. */
  private static void assertPoints(double[][] expected, double high, List<Point> actual) {
    assertEquals(expected.length, actual.size(), actual.toString());
    for (int i = 0; i < expected.length; i++) {
      assertEquals(LEFT + SIDE * expected[i][0], actual.get(i).x(), PIXEL, actual.toString());
      assertEquals(
          TOP + SIDE * (1 - expected[i][1] / high), actual.get(i).y(), PIXEL, actual.toString());
    }
  }

  /** Checks that the dashed line is level at a share of the height. */
  private static void assertLevel(Element figure, double share) {
    Element line = ofClass(figure, "line", "diagonal").get(0);
    assertEquals(TOP + SIDE * (1 - share), number(line, "y1"), PIXEL);
    assertEquals(TOP + SIDE * (1 - share), number(line, "y2"), PIXEL);
  }

  private static void assertNoUndefinedPlace(Document page) {
    for (Element figure : figures(page.getDocumentElement())) {
      for (Element element : Page.elements(figure.getElementsByTagName("*"))) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
          String value = element.getAttributes().item(i).getNodeValue();
          assertFalse(value.contains("NaN") || value.contains("Infinity"), value);
        }
      }
    }
  }

  private static void assertBar(double x, double width, Element bar) {
    assertEquals(x, number(bar, "x"), PIXEL);
    assertEquals(width, number(bar, "width"), PIXEL);
  }

  /** The label of the vertical axis (0) or the horizontal one (1). */
  private static String label(Element figure, int axis) {
    List<String> texts =
        Page.elements(figure.getElementsByTagName("text")).stream()
            .map(Element::getTextContent)
            .filter(text -> text.matches("[a-z ]+"))
            .toList();
    return texts.get(axis);
  }

  private static double distance(Point p, List<Point> line) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < line.size(); i++) {
      Point a = line.get(i - 1);
      Point b = line.get(i);
      double dx = b.x() - a.x();
      double dy = b.y() - a.y();
      double square = dx * dx + dy * dy;
      double along = square > 0 ? ((p.x() - a.x()) * dx + (p.y() - a.y()) * dy) / square : 0;
      double t = Math.min(1, Math.max(0, along));
      least = Math.min(least, Math.hypot(p.x() - a.x() - t * dx, p.y() - a.y() - t * dy));
    }
    return least;
  }
}
