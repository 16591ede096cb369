// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An evaluation.json that a command wrote. */
record ReportFile(JsonNode root) {

  static ReportFile read(Path folder) throws IOException {
    return new ReportFile(new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile()));
  }

  JsonNode overall() {
    return root.get("overall");
  }

  /** How many rows were found to be so. */
  long count(String check) {
    return overall().get("ledger").get(check).asLong();
  }

  /** The value of the first metric of that name, NaN and infinities too. */
  double value(String metric) {
    return value(overall(), metric);
  }

  static double value(JsonNode slice, String metric) {
    for (JsonNode entry : slice.get("metrics")) {
      if (entry.get("name").asText().equals(metric)) {
        return Double.parseDouble(entry.get("value").asText());
      }
    }
    throw new AssertionError("no metric " + metric);
  }

  /** The slice whose values, in order, are these. */
  JsonNode slice(String... values) {
    for (JsonNode slice : root.get("slices")) {
      List<String> found = new ArrayList<>();
      slice.get("slice").forEach(value -> found.add(value.asText()));
      if (found.equals(List.of(values))) {
        return slice;
      }
    }
    throw new AssertionError("no slice " + String.join(", ", values));
  }
}
