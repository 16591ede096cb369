// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparklosses.function.ParameterErrors;

/**
 * The fields of a request, each read as the type that it has. A field of {@code null} is absent.
 * Numbers that are not finite are written as {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"}, as results have them.
 */
final class Fields {

  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String owner;
  private final Map<String, JsonNode> values;

  private Fields(String owner, Map<String, JsonNode> values) {
    this.owner = owner;
    this.values = values;
  }

  /**
   * The fields of an object.
   *
   * @param owner what they are of, for messages
   * @param known their names
   * @throws IllegalArgumentException if the text is no object, or a field is unknown
   */
  static Fields of(String owner, String json, Collection<String> known) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object(owner, json).properties()) {
      if (!entry.getValue().isNull()) {
        values.put(entry.getKey(), entry.getValue());
      }
    }
    ParameterErrors.checkKnown(owner, values.keySet(), known);
    return new Fields(owner, values);
  }

  private static JsonNode object(String owner, String json) {
    JsonNode root;
    try {
      root = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s: the settings are no JSON: %s"
              .formatted(owner, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
    if (root == null || !root.isObject()) {
      throw new IllegalArgumentException(
          owner + ": the settings are no JSON object of name and value");
    }
    return root;
  }

  /** What they are of. */
  String owner() {
    return owner;
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The names, of some, of the fields that are given. */
  List<String> given(Collection<String> names) {
    return names.stream().filter(this::has).toList();
  }

  Optional<String> text(String name) {
    return value(name).map(node -> text(name, node, "a text"));
  }

  private String text(String name, JsonNode node, String allowed) {
    if (!node.isTextual()) {
      throw notAllowed(name, node, allowed);
    }
    return node.textValue();
  }

  /** A text that must be given. */
  String required(String name, String remedy) {
    return text(name).orElseThrow(() -> ParameterErrors.missing(owner, name, remedy));
  }

  /** A text, a number or a truth value, as text. */
  Optional<String> label(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isValueNode()) {
                throw notAllowed(name, node, "a text, a number or a truth value");
              }
              return node.asText();
            });
  }

  Optional<Integer> integer(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isIntegralNumber() || !node.canConvertToInt()) {
                throw notAllowed(name, node, "a whole number of at most 2147483647");
              }
              return node.intValue();
            });
  }

  Optional<Long> wholeNumber(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw notAllowed(name, node, "a whole number of 64 bits");
              }
              return node.longValue();
            });
  }

  Optional<Double> number(String name) {
    return value(name).map(node -> number(name, node));
  }

  private double number(String name, JsonNode node) {
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isTextual() && NOT_FINITE.contains(node.textValue())) {
      return Double.parseDouble(node.textValue());
    }
    throw notAllowed(name, node, "a number");
  }

  /** A list of numbers, or one number. */
  Optional<double[]> numbers(String name) {
    return value(name)
        .map(node -> elements(node).stream().mapToDouble(each -> number(name, each)).toArray());
  }

  boolean flag(String name, boolean absent) {
    return value(name)
        .map(
            node -> {
              if (!node.isBoolean()) {
                throw notAllowed(name, node, "true or false");
              }
              return node.booleanValue();
            })
        .orElse(absent);
  }

  /** A list of texts, or one text. */
  Optional<List<String>> texts(String name) {
    return value(name).map(node -> texts(name, node, "a text or a list of texts"));
  }

  private List<String> texts(String name, JsonNode node, String allowed) {
    return elements(node).stream().map(each -> text(name, each, allowed)).toList();
  }

  /** A list of which each element is a text or a list of texts, or one text. */
  List<List<String>> lists(String name) {
    return value(name)
        .map(
            node ->
                elements(node).stream()
                    .map(
                        each ->
                            texts(name, each, "a list of columns, or of lists of columns together"))
                    .toList())
        .orElse(List.of());
  }

  /** An object of texts, in its order. */
  Optional<Map<String, String>> map(String name) {
    return value(name)
        .map(
            node -> {
              if (!node.isObject()) {
                throw notAllowed(name, node, "an object of names and texts");
              }
              Map<String, String> map = new LinkedHashMap<>();
              for (Map.Entry<String, JsonNode> entry : node.properties()) {
                String of = name + "." + entry.getKey();
                map.put(entry.getKey(), text(of, entry.getValue(), "a text"));
              }
              return map;
            });
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static List<JsonNode> elements(JsonNode node) {
    List<JsonNode> elements = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(elements::add);
    } else {
      elements.add(node);
    }
    return elements;
  }

  private IllegalArgumentException notAllowed(String name, JsonNode node, String allowed) {
    return ParameterErrors.notAllowed(owner, name, node, allowed);
  }
}
