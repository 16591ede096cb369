// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A file of inputs and of the values that an independent implementation gives for them. */
record Golden(String name, JsonNode inputs, List<Entry> entries) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** One expected value: of {@code name} with {@code args} (argument to input) and parameters. */
  record Entry(String name, Map<String, String> args, Map<String, String> params, JsonNode value) {

    /** Whether one of its arguments is this input. */
    boolean isOf(String input) {
      return args.containsValue(input);
    }
  }

  static Golden read(String name) {
    String path = "/golden/calibration/" + name + ".json";
    try (InputStream in = Golden.class.getResourceAsStream(path)) {
      JsonNode root = MAPPER.readTree(in);
      List<Entry> entries = new ArrayList<>();
      for (JsonNode node : root.get("golden")) {
        entries.add(
            new Entry(
                node.get("name").asText(),
                texts(node.get("args")),
                texts(node.get("params")),
                node.get("value")));
      }
      return new Golden(name, root.get("inputs"), entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> map = new LinkedHashMap<>();
    if (object != null) {
      for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        map.put(name, text(object.get(name)));
      }
    }
    return map;
  }

  /** As a metric's parameter is written. */
  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(";"))
        : value.asText();
  }

  boolean has(String input) {
    return inputs.has(input);
  }

  /** An input that is a vector. */
  double[] vector(String input) {
    return doubles(inputs.get(input));
  }

  /** An input that is a matrix, by rows. */
  double[][] matrix(String input) {
    JsonNode rows = inputs.get(input);
    double[][] matrix = new double[rows.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = doubles(rows.get(i));
    }
    return matrix;
  }

  static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }
}
