// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample's metrics are those that an independent implementation computed from its logits. */
class SampleTest {

  private static final double TOLERANCE = 1e-12;

  @TempDir private Path folder;

  @Test
  void metricsOfTheSample() throws IOException {
    List<JsonNode> expected = expected();
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--input", "sample/digits.csv", "--logits", "logit_*"));
    expected.forEach(entry -> arguments.addAll(List.of("--metric", metric(entry))));
    arguments.addAll(List.of("--output", folder.toString()));

    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));

    assertEquals(0, run.exitCode(), run.err());
    JsonNode metrics = ReportFile.read(folder).overall().get("metrics");
    assertEquals(expected.size(), metrics.size());
    for (int i = 0; i < expected.size(); i++) {
      JsonNode entry = expected.get(i);
      double value = entry.get("value").asDouble();
      assertEquals(value, metrics.get(i).get("value").asDouble(), TOLERANCE, metric(entry));
    }
  }

  @Test
  void defaultsAndSlices() throws IOException {
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--input",
            "sample/digits.csv",
            "--logits",
            "logit_*",
            "--slice",
            "split",
            "--output",
            folder.toString());

    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("1,079 rows read, 1,079 evaluated, 10 classes"), run.out());
    assertTrue(run.out().contains("split = test"), run.out());
    assertTrue(run.out().contains("report.html"), run.out());
    assertTrue(Files.readString(folder.resolve("report.html")).contains("</html>"));
    ReportFile report = ReportFile.read(folder);
    long rows = 0;
    double logLoss = 0;
    for (JsonNode slice : report.root().get("slices")) {
      long evaluated = slice.get("rows").get("evaluated").asLong();
      rows += evaluated;
      logLoss += evaluated * ReportFile.value(slice, "log_loss");
    }
    assertEquals(1079, rows);
    assertEquals(report.value("log_loss"), logLoss / rows, TOLERANCE);
  }

  @Test
  void figures() throws IOException {
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--input",
            "sample/digits.csv",
            "--logits",
            "logit_*",
            "--metric",
            "log_loss",
            "--figures",
            "--output",
            folder.toString());

    assertEquals(0, run.exitCode(), run.err());
    String page = Files.readString(folder.resolve("report.html"));
    for (String part : List.of("reliability", "curves", "confusions")) {
      assertTrue(page.contains("<section id=\"" + part + "\">"), part);
    }
    ReportFile report = ReportFile.read(folder);
    // 35 of the 1,079 digits are taken for others.
    assertEquals(35 / 1079.0, report.value("confusion_matrix"), TOLERANCE);
    long rows = 0;
    long mistakes = 0;
    for (JsonNode metric : report.overall().get("metrics")) {
      if (metric.get("name").asText().equals("confusion_matrix")) {
        for (JsonNode pair : metric.get("tables").get(0).get("rows")) {
          rows += pair.get(2).asLong();
          mistakes += pair.get(0).asInt() == pair.get(1).asInt() ? 0 : pair.get(2).asLong();
        }
      }
    }
    assertEquals(1079, rows);
    assertEquals(35, mistakes);
  }

  private static List<JsonNode> expected() throws IOException {
    try (InputStream in = SampleTest.class.getResourceAsStream("/digits_expected.json")) {
      List<JsonNode> entries = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(entries::add);
      return entries;
    }
  }

  /** {@code name(parameter=value, ...)}. */
  private static String metric(JsonNode entry) {
    return entry.get("params").properties().stream()
        .filter(parameter -> !parameter.getKey().equals("strategy"))
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue().asText())
        .collect(Collectors.joining(", ", name(entry) + "(", ")"));
  }

  private static String name(JsonNode entry) {
    return entry.get("name").asText();
  }
}
