// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.Names;

/**
 * Every name of the catalogue is a metric, or listed with the reason why it is none; every metric
 * has expected values, or is listed with the test that has them.
 */
class MetricNamesTest {

  private static final String FOLDER = "spark-losses/src/test/resources/catalogue/";
  private static final String OF_TESTS = "metrics_of_tests.txt";

  private static List<String> lines(String file) throws IOException {
    try (InputStream in = MetricNamesTest.class.getResourceAsStream("/catalogue/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void namesAreKnown() throws IOException {
    for (String line : lines("metrics.txt")) {
      MetricSpec spec = MetricSpec.parse(line.split(": ", 2)[0]);
      if (line.contains(": ")) {
        assertThrows(
            IllegalArgumentException.class,
            () -> Metrics.bind(spec),
            () -> "a metric, though " + FOLDER + "metrics.txt says why not: " + line);
      } else {
        assertDoesNotThrow(
            () -> Metrics.bind(spec),
            () -> "no metric, though a line of " + FOLDER + "metrics.txt: " + line);
      }
    }
  }

  @Test
  void everyMetricHasExpectedValues() throws IOException {
    Set<String> expected = new TreeSet<>();
    for (GoldenFile file : GoldenFile.calibrations()) {
      for (GoldenFile.Entry entry : file.entries()) {
        Metrics.find(entry.name()).map(Metric::id).ifPresent(expected::add);
      }
    }
    Set<String> elsewhere = new TreeSet<>();
    lines(OF_TESTS).forEach(line -> elsewhere.add(line.split(": ", 2)[0]));
    Set<String> without = new TreeSet<>();
    Metrics.all().stream().map(Metric::id).forEach(without::add);
    without.removeAll(expected);
    Names.assertSame(
        without,
        elsewhere,
        "without expected values; write the formula into"
            + " spark-losses/src/test/python/reference/calibration, then run: python"
            + " spark-losses/src/test/python/generate.py --add NAME. Or name the test"
            + " that has independent values in "
            + FOLDER
            + OF_TESTS,
        "has expected values, or is no metric, though a line of " + FOLDER + OF_TESTS);
  }
}
