// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparklosses.report.Page.elements;
import static org.sparklosses.report.Page.ofClass;
import static org.sparklosses.report.Page.parse;
import static org.sparklosses.report.Page.rows;
import static org.sparklosses.report.Page.section;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.BoundMetric;
import org.sparklosses.metric.ClassTable;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.ReliabilityTable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Reports of results made by hand. */
class ReportTest {

  private static final String HOSTILE = "<script>alert(1)</script>\"'&\u0007";

  /** What the page, the console and JSON show of a slice by the name of a column. */
  private record Shown(String name, String page, String console, String json) {}

  /** Of slice a, whose weight is 3 of 5.5. */
  private static final List<Shown> COLUMNS =
      List.of(
          new Shown("rows", "3", "3", "{\"seen\":3,\"evaluated\":3,\"sum_weight\":3.0}"),
          new Shown("share", "0.54545", "0.5455", "0.5454545454545454"));

  private static final double[] VALUES = {
    0.1 + 0.2, Math.PI, 1e-300, Double.MIN_VALUE, -0.0, Double.MAX_VALUE, 1.0 / 3
  };

  @Test
  void jsonHasTheBitsOfEveryNumber() throws Exception {
    List<MetricResult> metrics = new ArrayList<>();
    for (double value : VALUES) {
      metrics.add(scalar("m", value));
    }
    metrics.add(scalar("m", Double.NaN));
    metrics.add(scalar("m", Double.NEGATIVE_INFINITY));
    metrics.add(pair());
    JsonNode json = new ObjectMapper().readTree(JsonReport.of(result(metrics, List.of(), 3)));
    JsonNode found = json.get("overall").get("metrics");
    for (int i = 0; i < VALUES.length; i++) {
      double value = found.get(i).get("value").asDouble();
      assertEquals(Double.doubleToRawLongBits(VALUES[i]), Double.doubleToRawLongBits(value));
    }
    assertEquals("NaN", found.get(VALUES.length).get("value").textValue());
    assertEquals("-Infinity", found.get(VALUES.length + 1).get("value").textValue());
    assertEquals(0.25, found.get(VALUES.length + 2).get("values").get("over").doubleValue());
    assertEquals("Infinity", found.get(VALUES.length + 2).get("values").get("under").textValue());
    assertEquals(1, json.get("version").asInt());
    assertEquals(3, json.get("classes").asInt());
    assertEquals(7, json.get("overall").get("rows").get("seen").asLong());
    assertEquals(2, json.get("overall").get("ledger").get("null_label").asLong());
    assertEquals(0, json.get("overall").get("ledger").get("nan").asLong());
  }

  /** Each slice is asked for when most of those before it are written: they are not kept. */
  @Test
  void jsonIsWrittenSliceBySlice() throws Exception {
    SliceResult slice = slice("x", 0.5);
    int length = JsonReport.of(result(List.of(), List.of(slice, slice), 3)).length();
    int perSlice = length - JsonReport.of(result(List.of(), List.of(slice), 3)).length();
    AtomicLong written = new AtomicLong();
    List<SliceResult> slices =
        new AbstractList<>() {
          @Override
          public SliceResult get(int i) {
            assertTrue(written.get() >= (long) i * perSlice - 10_000, i + " after " + written);
            return slice;
          }

          @Override
          public int size() {
            return 5000;
          }
        };
    JsonReport.write(
        result(List.of(), slices, 3),
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) {
            written.addAndGet(count);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    assertEquals(length + 4998L * perSlice, written.get());
  }

  @Test
  void jsonIsIndentedAsAWhole() throws Exception {
    String text =
        JsonReport.of(
            result(List.of(binned(), pair()), List.of(slice(HOSTILE, 0.5), slice(null, 0.25)), 3));
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    assertEquals(mapper.writeValueAsString(mapper.readTree(text)) + "\n", text);
    String none = JsonReport.of(result(List.of(), List.of(), 3));
    assertTrue(none.endsWith("  \"slices\" : [ ]\n}\n"), none);
  }

  @Test
  void jsonHasTablesAndSlices() throws Exception {
    EvaluationResult result =
        result(List.of(binned()), List.of(slice(HOSTILE, 0.5), slice(null, 0.25)), 3);
    JsonNode json = new ObjectMapper().readTree(JsonReport.of(result));
    JsonNode metric = json.get("overall").get("metrics").get(0);
    assertEquals("top_label", metric.get("reliability").get("source").asText());
    JsonNode bin = metric.get("reliability").get("bins").get(0);
    assertEquals(0.125, bin.get("mean_predicted").asDouble());
    assertEquals(3, bin.get("count").asLong());
    assertEquals("NaN", metric.get("reliability").get("bins").get(1).get("mean_observed").asText());
    assertEquals(15, metric.get("params").get("n_bins").asInt());
    assertEquals(HOSTILE, json.get("slices").get(0).get("slice").get("country").asText());
    assertTrue(json.get("slices").get(1).get("slice").get("country").isNull());
  }

  @Test
  void columnsOfSlices() throws Exception {
    List<String> names = shown(Shown::name);
    assertEquals(
        names,
        SliceColumn.ALL.stream().map(SliceColumn::name).toList(),
        "a column of SliceColumn.ALL without what it shows of slice a in COLUMNS of ReportTest");
    EvaluationResult result = result(List.of(), List.of(slice("a", 0.5)), 3);
    Element page = section(parse(HtmlReport.of(result, "t")), "slices");
    List<String> heads =
        elements(page.getElementsByTagName("th")).stream()
            .filter(head -> head.getAttribute("scope").equals("col"))
            .map(Element::getTextContent)
            .toList();
    assertEquals(around("country", names, "Log loss"), heads);
    assertEquals(around("a", shown(Shown::page), "0.50000"), cells(page));
    List<String> console = ConsoleReport.of(result).lines().toList();
    assertEquals(around("slice", names, "log_loss"), words(console, "slice"));
    assertEquals(
        around("country = a", shown(Shown::console), "0.500000"), words(console, "country"));
    JsonNode json = new ObjectMapper().readTree(JsonReport.of(result)).get("slices").get(0);
    assertEquals(
        shown(Shown::json), names.stream().map(name -> json.path(name).toString()).toList());
    Set<String> fields = new TreeSet<>(names);
    fields.addAll(List.of("slice", "ledger", "metrics"));
    assertEquals(fields, names(json));
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> shown(Function<Shown, String> where) {
    return COLUMNS.stream().map(where).toList();
  }

  private static List<String> around(String first, List<String> names, String last) {
    return Stream.of(List.of(first), names, List.of(last)).flatMap(List::stream).toList();
  }

  /** The cells of the line that begins so; two blanks or more are between them. */
  private static List<String> words(List<String> lines, String start) {
    String line = lines.stream().filter(row -> row.startsWith(start)).findFirst().orElseThrow();
    return List.of(line.split(" {2,}", -1));
  }

  @Test
  void columnsOfSlicesAreDescribed() throws IOException {
    String page = Files.readString(Path.of("../docs/evaluate.md"));
    for (SliceColumn column : SliceColumn.ALL) {
      assertTrue(
          page.contains('"' + column.name() + '"'),
          () ->
              "docs/evaluate.md, What is written, does not say what \"%s\" of a slice is"
                  .formatted(column.name()));
    }
  }

  private static List<String> cells(Element table) {
    return Stream.concat(
            elements(table.getElementsByTagName("th")).stream()
                .filter(head -> head.getAttribute("scope").equals("row")),
            elements(table.getElementsByTagName("td")).stream())
        .map(Element::getTextContent)
        .toList();
  }

  @Test
  void pageIsWellFormedAndEscapesWhatUsersWrote() throws Exception {
    EvaluationResult result =
        result(
            List.of(
                scalar("log_loss", Double.NaN),
                scalar("brier", Double.POSITIVE_INFINITY),
                binned(),
                pair()),
            List.of(slice(HOSTILE, 0.5), slice(null, 0.25)),
            3);
    String page = HtmlReport.of(result, HOSTILE);
    Document document = parse(page);

    assertFalse(page.contains("alert(1)</script>"), "unescaped text");
    assertEquals(1, document.getElementsByTagName("script").getLength());
    assertFalse(page.contains("http://") || page.contains("https://"), "a link to the network");
    assertFalse(page.contains("src=") || page.contains("href="), "something to load");
    String shown = HOSTILE.replace('\u0007', '\uFFFD');
    assertEquals(shown, document.getElementsByTagName("h1").item(0).getTextContent());
    List<String> slices = rows(section(document, "slices"));
    String inSlices = HOSTILE.replace("\u0007", "\\u0007");
    assertTrue(slices.get(0).startsWith(inSlices), slices.get(0));
    assertTrue(slices.get(1).startsWith("NULL"), slices.get(1));
    List<String> metrics = rows(section(document, "metrics"));
    assertTrue(metrics.get(0).endsWith("\u2013"), metrics.get(0));
    assertTrue(metrics.get(1).endsWith("\u221E"), metrics.get(1));
  }

  @Test
  void pageHasTheFigureAndTheLedger() throws Exception {
    Document document =
        parse(HtmlReport.of(result(List.of(binned(), binned()), List.of(), 3), "table"));
    Element figures = section(document, "reliability");
    // The table of bins is the same twice and drawn once; one of its three bins is empty.
    assertEquals(1, figures.getElementsByTagName("svg").getLength());
    List<Element> points = ofClass(figures, "circle", "point");
    assertEquals(2, points.size());
    // The diagram's square is 360 wide from x = 46, y = 12, and y points down.
    assertEquals(46 + 360 * 0.125, Double.parseDouble(points.get(0).getAttribute("cx")), 0.01);
    assertEquals(12 + 360 * 0.75, Double.parseDouble(points.get(0).getAttribute("cy")), 0.01);
    assertEquals(2, ofClass(figures, "rect", "bar").size());
    assertEquals(1, ofClass(figures, "polygon", "band").size());

    List<String> ledger = rows(section(document, "ledger"));
    assertEquals(InputCheck.values().length + 2, ledger.size());
    assertEquals("rows seen7", ledger.get(0));
    assertEquals("rows evaluated5", ledger.get(1));
    assertTrue(ledger.contains("label is NULLleft out2"), ledger.toString());
  }

  @Test
  void reportsHaveIntervalsAndGates() throws Exception {
    ConfidenceInterval interval = new ConfidenceInterval(0.25, 0.75, 0.9, 0.125);
    MetricResult loss =
        new MetricResult(
            "log_loss", Map.of(), Map.of("value", 0.5), List.of(), Map.of("value", interval));
    double nan = Double.NaN;
    ReliabilityTable.Bin bin = new ReliabilityTable.Bin(0, 0.5, 3, 3, 0.125, 0.5, 0.1);
    ReliabilityTable.Bin empty = new ReliabilityTable.Bin(0.5, 1, 0, 0, nan, nan, nan);
    MetricResult bins =
        calibration(
            List.of(bin.with(interval), empty.with(new ConfidenceInterval(nan, nan, 0.9, nan))));
    Gate gate = Gate.parse("log_loss.ci_high > 0.7");
    EvaluationResult result =
        result(List.of(loss, bins), List.of(slice("x", 0.5)), 2)
            .check(List.of(gate, Gate.parse("log_loss > 0.7")));

    JsonNode json = new ObjectMapper().readTree(JsonReport.of(result));
    JsonNode metric = json.get("overall").get("metrics").get(0);
    assertEquals(0.5, metric.get("value").asDouble());
    assertEquals(0.75, metric.get("intervals").get("value").get("high").asDouble());
    assertEquals(0.125, metric.get("intervals").get("value").get("standard_error").asDouble());
    JsonNode found = json.get("overall").get("metrics").get(1).get("reliability").get("bins");
    assertEquals(0.25, found.get(0).get("interval").get("low").asDouble());
    assertEquals("NaN", found.get(1).get("interval").get("low").asText());
    assertEquals(0.75, json.get("gates").get(0).get("violations").get(0).get("value").asDouble());
    assertFalse(json.get("gates").get(1).get("violated").asBoolean());

    Document page = parse(HtmlReport.of(result, "t"));
    List<String> metrics = rows(section(page, "metrics"));
    assertEquals("Log loss0.500000.12500[0.25000, 0.75000]", metrics.get(0));
    assertTrue(section(page, "metrics").getTextContent().contains("90\u00A0% interval"));
    List<Element> errors = ofClass(section(page, "reliability"), "line", "error");
    // A bar and its two ends, of the only bin with rows; y points down from 12 over 360.
    assertEquals(3, errors.size());
    assertEquals(12 + 360 * 0.75, Double.parseDouble(errors.get(0).getAttribute("y1")), 0.01);
    assertEquals(12 + 360 * 0.25, Double.parseDouble(errors.get(0).getAttribute("y2")), 0.01);
    assertEquals(
        List.of("log_loss.ci_high > 0.7violatedall rows: 0.75000", "log_loss > 0.7passed"),
        rows(section(page, "gates")));

    String console = ConsoleReport.of(result);
    assertTrue(console.matches("(?s).*log_loss +0.5 +0.250000 +0.750000 +0.125000\\R.*"), console);
    assertTrue(console.matches("(?s).*log_loss.ci_high > 0.7 +violated\\R.*"), console);
  }

  @Test
  void pageHasTheWorstOfManyClasses() throws Exception {
    Document few = parse(HtmlReport.of(result(List.of(classwise(200)), List.of(), 200), "t"));
    assertEquals(200, rows(section(few, "classes")).size());
    assertTrue(rows(section(few, "classes")).get(0).startsWith("0"));

    String page = HtmlReport.of(result(List.of(classwise(1000)), List.of(), 1000), "t");
    List<String> rows = rows(section(parse(page), "classes"));
    assertEquals(200, rows.size());
    // The error grows with the class index.
    assertTrue(rows.get(0).startsWith("999"), rows.get(0));
    assertTrue(rows.get(199).startsWith("800"), rows.get(199));
    assertTrue(
        page.contains("The 200 of 1,000 classes with the largest calibration error"), "no notice");
  }

  @Test
  void pageHasTheLargestOfManySlices() throws Exception {
    List<SliceResult> slices =
        IntStream.range(0, 250)
            .mapToObj(
                i ->
                    new SliceResult(
                        Map.of("country", "c" + i),
                        new Ledger(i + 1, i + 1, i + 1, Map.of()),
                        List.of(scalar("log_loss", i))))
            .toList();
    String page = HtmlReport.of(result(List.of(scalar("log_loss", 1)), slices, 3), "t");
    Element section = section(parse(page), "slices");
    List<String> rows = rows(section);
    // The slice of number i has i + 1 rows; those that are shown keep their order.
    assertEquals(200, rows.size());
    assertTrue(rows.get(0).startsWith("c5051"), rows.get(0));
    assertTrue(rows.get(199).startsWith("c249250"), rows.get(199));
    assertTrue(
        section
            .getTextContent()
            .startsWith(
                "SlicesBy country: the 200 values with the most rows; the other 50 are left out"
                    + " here, all are in evaluation.json."),
        section.getTextContent());
    assertEquals(1, ofClass(section, "div", "scroll tall").size());
    Element few =
        section(parse(HtmlReport.of(result(List.of(), slices.subList(0, 200), 3), "t")), "slices");
    assertEquals(200, rows(few).size());
    assertTrue(few.getTextContent().startsWith("SlicesBy countrycountry"), few.getTextContent());
  }

  @Test
  void pageOfNothing() throws Exception {
    EvaluationResult nothing =
        new EvaluationResult(
            Map.of(),
            0,
            new SliceResult(Map.of(), new Ledger(0, 0, 0, Map.of()), List.of(empty())),
            List.of());
    Document document = parse(HtmlReport.of(nothing, "t"));
    assertEquals(0, ofClass(section(document, "reliability"), "circle", "point").size());
  }

  @Test
  void consoleShowsTheSlicesOfTheMostRows() {
    List<SliceResult> slices = new ArrayList<>();
    for (int s = 0; s < 2_000; s++) {
      slices.add(
          new SliceResult(
              Map.of("country", "c" + s),
              new Ledger(s, s, s, Map.of()),
              List.of(scalar("log_loss", 1))));
    }
    String text = ConsoleReport.of(result(List.of(scalar("log_loss", 1)), slices, 3));
    List<String> lines = text.lines().filter(line -> line.startsWith("country = ")).toList();
    assertEquals(20, lines.size());
    assertTrue(lines.get(0).startsWith("country = c1980"), lines.get(0));
    assertTrue(text.contains("all 2,000 are in evaluation.json"), text);
  }

  @Test
  void parametersAreShownWhereTheyAreNotTheDefaults() throws Exception {
    BoundMetric plain = Metrics.bind(MetricSpec.parse("top_label_calibration_error"));
    BoundMetric other = Metrics.bind(MetricSpec.parse("top_label_calibration_error(n_bins=10)"));
    BoundMetric focal = Metrics.bind(MetricSpec.parse("focal_loss(gamma=3)"));
    List<MetricResult> metrics =
        Stream.of(plain, other, focal)
            .map(m -> new MetricResult(m.name(), m.parameters(), Map.of("value", 0.5), List.of()))
            .toList();
    String console = ConsoleReport.of(result(metrics, List.of(), 3));
    assertTrue(console.contains("top_label_calibration_error  "), console);
    assertTrue(console.contains("top_label_calibration_error(n_bins=10)  "), console);
    assertTrue(console.contains("focal_loss(gamma=3.0)  "), console);
    String page = HtmlReport.of(result(metrics.subList(1, 3), List.of(), 3), "t");
    assertTrue(page.contains("Top label calibration error (n_bins = 10)</span>"), page);
  }

  @Test
  void jsonWithoutBins() {
    EvaluationResult result = result(List.of(empty()), List.of(), 3);
    assertTrue(JsonReport.of(result).contains("\"bins\""));
    assertFalse(JsonReport.of(result.withoutBins()).contains("\"bins\""));
  }

  @Test
  void consoleAlignsItsColumns() {
    List<MetricResult> metrics = List.of(scalar("log_loss", 1.0 / 3), scalar("b", 2), pair());
    String text =
        ConsoleReport.of(result(metrics, List.of(slice("a", 0.5), slice("bcd", 0.25)), 3));
    List<String> lines = text.lines().toList();
    assertEquals("7 rows read, 5 evaluated, 3 classes", lines.get(0));
    assertTrue(lines.get(1).contains("2 x ") && lines.get(1).contains("label is NULL"));
    int first = lines.indexOf("") + 1;
    List<String> table = lines.subList(first, first + 6);
    assertTrue(table.get(0).startsWith("metric "), table.get(0));
    assertTrue(table.get(1).matches("-+  -+"), table.get(1));
    assertTrue(table.get(2).endsWith(" 0.3333333333333333"), table.get(2));
    assertTrue(table.get(3).endsWith(" 2.0"), table.get(3));
    assertTrue(table.get(5).endsWith(" Infinity"), table.get(5));
    table.forEach(line -> assertEquals(table.get(0).length(), line.length(), line));
    List<String> slices = lines.subList(first + 7, lines.size());
    assertEquals(4, slices.size());
    assertTrue(slices.get(2).startsWith("country = a  "), slices.get(2));
    slices.forEach(line -> assertEquals(slices.get(0).length(), line.length(), line));
  }

  private static EvaluationResult result(
      List<MetricResult> metrics, List<SliceResult> slices, int classes) {
    Ledger ledger = new Ledger(7, 5, 5.5, Map.of(InputCheck.NULL_LABEL, 2L));
    return new EvaluationResult(
        Map.of("predictions", HOSTILE),
        classes,
        new SliceResult(Map.of(), ledger, metrics),
        slices);
  }

  private static SliceResult slice(String value, double metric) {
    Map<String, String> slice = new LinkedHashMap<>();
    slice.put("country", value);
    return new SliceResult(
        slice, new Ledger(3, 3, 3, Map.of()), List.of(scalar("log_loss", metric)));
  }

  private static MetricResult scalar(String name, double value) {
    return new MetricResult(name, Map.of(), Map.of("value", value), List.of());
  }

  private static MetricResult pair() {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("over", 0.25);
    parts.put("under", Double.POSITIVE_INFINITY);
    return new MetricResult("pair", Map.of(), parts, List.of());
  }

  private static MetricResult binned() {
    double nan = Double.NaN;
    return calibration(
        List.of(
            new ReliabilityTable.Bin(0, 1 / 3.0, 3, 3, 0.125, 0.25, 0.1),
            new ReliabilityTable.Bin(1 / 3.0, 2 / 3.0, 0, 0, nan, nan, nan),
            new ReliabilityTable.Bin(2 / 3.0, 1, 2, 2.5, 0.875, 1, 0.1)));
  }

  private static MetricResult empty() {
    double nan = Double.NaN;
    return calibration(List.of(new ReliabilityTable.Bin(0, 1, 0, 0, nan, nan, nan)));
  }

  private static MetricResult calibration(List<ReliabilityTable.Bin> bins) {
    return new MetricResult(
        "top_label_calibration_error",
        Map.of("n_bins", 15),
        Map.of("value", 0.125),
        List.of(new ReliabilityTable("top_label", "right", bins)));
  }

  private static MetricResult classwise(int classes) {
    List<ClassTable.Entry> entries =
        IntStream.range(0, classes)
            .mapToObj(k -> new ClassTable.Entry(k, 1, 1, 0.1, 0.2, Double.NaN, k / 1e6))
            .toList();
    return new MetricResult(
        "classwise_calibration_error",
        Map.of(),
        Map.of("value", 0.5),
        List.of(new ClassTable(entries)));
  }
}
