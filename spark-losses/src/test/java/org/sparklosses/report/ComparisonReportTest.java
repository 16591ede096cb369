// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.sparklosses.compare.CalibrationSignificance;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.CorrectnessSignificance;
import org.sparklosses.compare.Difference;
import org.sparklosses.compare.KeyCounts;
import org.sparklosses.compare.SliceComparison;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.inference.BinnedChiSquare;
import org.sparklosses.inference.Interval;
import org.sparklosses.inference.McNemar;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reports of a comparison made by hand. */
class ComparisonReportTest {

  private static final String HOSTILE = "<script>alert(1)</script>\"'&";

  private static final Difference LOSS =
      new Difference(
          "log_loss",
          false,
          HOSTILE,
          0.5,
          0.25,
          -0.25,
          0.0625,
          new Interval(-0.375, -0.125),
          Difference.Test.PAIRED_T,
          1e-5,
          0.5,
          0.25);

  private static final Difference ERROR =
      new Difference(
          "top_label_calibration_error",
          false,
          HOSTILE,
          0.5,
          0.75,
          0.25,
          Double.NaN,
          new Interval(Double.NaN, Double.NaN),
          Difference.Test.NONE,
          Double.NaN,
          Double.NaN,
          Double.NaN);

  private static SliceComparison slice(Map<String, String> values, double calibrationHolm) {
    Ledger ledger = new Ledger(9, 7, 7, Map.of(InputCheck.NAN, 2L));
    SliceResult model = new SliceResult(values, ledger, List.of());
    return new SliceComparison(
        values,
        List.of(model, model),
        List.of(LOSS, ERROR),
        List.of(new CorrectnessSignificance(HOSTILE, McNemar.of(3, 1), 0.75, 0.5)),
        List.of(calibration("old", 1), calibration(HOSTILE, calibrationHolm)));
  }

  private static CalibrationSignificance calibration(String model, double holm) {
    return new CalibrationSignificance(
        model, 2.5, 0.0125, new BinnedChiSquare(8.5, 4, 0.075), 0.025, holm, holm / 2);
  }

  private static ComparisonResult result() {
    return new ComparisonResult(
        Map.of("model old", "a"),
        List.of("old", HOSTILE),
        3,
        0.9,
        Optional.of(new KeyCounts(7, 1, 2)),
        slice(Map.of(), 0.5),
        List.of(
            slice(Map.of("country", HOSTILE), 0.05),
            slice(Collections.singletonMap("country", null), 0.125)));
  }

  @Test
  void jsonHasEveryTest() throws Exception {
    JsonNode json = new ObjectMapper().readTree(ComparisonJson.of(result()));
    assertEquals(1, json.get("version").asInt());
    assertEquals(0.9, json.get("level").asDouble());
    assertEquals("old", json.get("models").get(0).asText());
    assertEquals(2, json.get("keys").get("only_second").asLong());
    JsonNode slice = json.get("slices").get(0);
    assertEquals(HOSTILE, slice.get("slice").get("country").asText());
    assertEquals(7, slice.get("models").get("old").get("rows").get("evaluated").asLong());
    JsonNode loss = slice.get("differences").get(0);
    assertEquals(-0.25, loss.get("difference").doubleValue());
    assertEquals(-0.375, loss.get("interval").get(0).doubleValue());
    assertEquals("paired_t", loss.get("test").asText());
    assertEquals(0.5, loss.get("p_holm").doubleValue());
    assertEquals(0.25, loss.get("p_benjamini_hochberg").doubleValue());
    JsonNode error = slice.get("differences").get(1);
    assertEquals("none", error.get("test").asText());
    assertEquals("NaN", error.get("p_value").textValue());
    JsonNode correctness = slice.get("mcnemar").get(0);
    assertEquals(1, correctness.get("only_baseline_right").asLong());
    assertEquals(3, correctness.get("only_model_right").asLong());
    // Of 4 fair coins at most 1 or at least 3 are heads: 10 of 16.
    assertEquals(0.625, correctness.get("p_exact").doubleValue(), 1e-15);
    assertEquals(8.5, slice.get("calibration").get(1).get("chi2").doubleValue());
    // At most 1 - 0.9: the first slice alone.
    assertEquals(1, json.get("miscalibrated").size());
    JsonNode found = json.get("miscalibrated").get(0);
    assertEquals(HOSTILE, found.get("slice").get("country").asText());
    assertEquals(HOSTILE, found.get("model").asText());
  }

  @Test
  void pageIsWellFormedAndEscapesWhatUsersWrote() throws Exception {
    String page = ComparisonPage.of(result(), HOSTILE);
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(page.replace("<!DOCTYPE html>", ""))));
    assertFalse(page.contains("alert(1)</script>"), "unescaped text");
    assertEquals(1, document.getElementsByTagName("script").getLength());
    assertFalse(page.contains("http://") || page.contains("https://"), "a link to the network");
    assertEquals(HOSTILE, document.getElementsByTagName("h1").item(0).getTextContent());

    Element figures = section(document, "figures");
    assertEquals(1, figures.getElementsByTagName("svg").getLength());
    assertEquals(3, figures.getElementsByTagName("circle").getLength());
    assertTrue(figures.getTextContent().contains("log_loss: to the left is better."));
    assertTrue(figures.getTextContent().contains("of at most 0.1."));
    assertEquals(6, rows(document, "differences").size());
    String untested = rows(document, "differences").get(1);
    assertTrue(untested.endsWith("0.25000\u2013\u2013---"), untested);
    assertEquals(3, rows(document, "correctness").size());
    List<String> miscalibrated = rows(document, "miscalibrated");
    assertEquals(1, miscalibrated.size());
    assertTrue(miscalibrated.get(0).startsWith("country = " + HOSTILE), miscalibrated.get(0));
  }

  private static Element section(Document document, String id) {
    NodeList sections = document.getElementsByTagName("section");
    return IntStream.range(0, sections.getLength())
        .mapToObj(i -> (Element) sections.item(i))
        .filter(section -> section.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> rows(Document document, String section) {
    Element body = (Element) section(document, section).getElementsByTagName("tbody").item(0);
    NodeList rows = body.getElementsByTagName("tr");
    return IntStream.range(0, rows.getLength())
        .mapToObj(i -> rows.item(i).getTextContent())
        .toList();
  }

  @Test
  void consoleHasTheTables() {
    List<String> lines = ComparisonConsole.of(result()).lines().toList();
    assertEquals("9 rows read, 7 compared, 3 classes; baseline old", lines.get(0));
    assertEquals("  2 x NAN: " + InputCheck.NAN.description(), lines.get(1));
    assertEquals(
        "7 keys in both tables; without a partner 1 rows of the first, 2 of the second",
        lines.get(2));
    assertTrue(lines.stream().anyMatch(line -> line.contains("90% interval")));
    assertTrue(
        lines.stream()
            .anyMatch(
                line -> line.contains("-0.25000  -0.37500 to -0.12500  1.0e-05  0.50  0.25")));
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.startsWith("country = " + HOSTILE)
                        && line.endsWith("2.50000  8.50000   4  0.025  0.050  0.025")));
    assertFalse(
        lines.stream()
            .anyMatch(line -> line.startsWith("country = NULL") && line.contains("8.50000")));
  }
}
