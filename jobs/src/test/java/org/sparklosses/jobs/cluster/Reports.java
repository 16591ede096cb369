// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What jobs wrote. */
final class Reports {

  private Reports() {}

  static JsonNode read(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  /** The documents in a folder by their name, as text, without the kernel they were made by. */
  static Map<String, String> withoutKernel(Path folder) throws IOException {
    Map<String, String> documents = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        JsonNode document = read(file);
        ((ObjectNode) document.get("settings")).remove("kernel");
        documents.put(file.getFileName().toString(), document.toString());
      }
    }
    return documents;
  }
}
