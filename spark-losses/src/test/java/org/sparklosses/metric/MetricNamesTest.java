// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every name of the catalogue is a metric, or listed with the reason why it is none. */
class MetricNamesTest {

  private static List<String> lines() throws IOException {
    try (InputStream in = MetricNamesTest.class.getResourceAsStream("/catalogue/metrics.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @Test
  void namesAreKnown() throws IOException {
    for (String line : lines()) {
      MetricSpec spec = MetricSpec.parse(line.split(": ", 2)[0]);
      if (line.contains(": ")) {
        assertThrows(
            IllegalArgumentException.class,
            () -> Metrics.bind(spec),
            () ->
                "a metric, though src/test/resources/catalogue/metrics.txt says why not: " + line);
      } else {
        assertDoesNotThrow(
            () -> Metrics.bind(spec),
            () -> "no metric, though a line of src/test/resources/catalogue/metrics.txt: " + line);
      }
    }
  }
}
