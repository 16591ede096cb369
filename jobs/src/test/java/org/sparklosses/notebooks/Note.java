// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * A note of Zeppelin: a {@code .zpln} file, whose fields that are not looked at stay as they are.
 */
record Note(ObjectNode json) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Note read(Path file) throws IOException {
    return new Note((ObjectNode) MAPPER.readTree(Files.readString(file)));
  }

  void write(Path file) throws IOException {
    Files.writeString(file, text());
  }

  /** The file's text. */
  String text() throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines);
    return MAPPER.writer(printer).writeValueAsString(json) + "\n";
  }

  String name() {
    return json.get("name").asText();
  }

  List<Paragraph> paragraphs() {
    return StreamSupport.stream(json.get("paragraphs").spliterator(), false)
        .map(paragraph -> new Paragraph((ObjectNode) paragraph))
        .toList();
  }

  /** Whether some paragraph is for an interpreter, as {@code spark.pyspark}. */
  boolean uses(String interpreter) {
    return paragraphs().stream().anyMatch(p -> p.code().interpreter().equals(interpreter));
  }

  /** One box of a note. */
  record Paragraph(ObjectNode json) {

    ParagraphCode code() {
      return ParagraphCode.of(json.get("text").asText());
    }

    String title() {
      return json.path("title").asText();
    }

    /** What is saved as its output. */
    List<Message> messages() {
      return StreamSupport.stream(json.path("results").path("msg").spliterator(), false)
          .map((JsonNode m) -> new Message(m.get("type").asText(), m.get("data").asText()))
          .toList();
    }

    void setMessages(List<Message> messages) {
      ObjectNode results = json.putObject("results");
      results.put("code", "SUCCESS");
      ArrayNode written = results.putArray("msg");
      for (Message message : messages) {
        written.addObject().put("type", message.type()).put("data", message.data());
      }
      json.put("status", "FINISHED");
    }
  }

  /**
   * A stretch of output.
   *
   * @param type how it is displayed: TEXT, TABLE, HTML, ...
   */
  record Message(String type, String data) {}
}
