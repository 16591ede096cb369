// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A file of inputs and of the values that an independent implementation gives for them. */
public record GoldenFile(String name, JsonNode inputs, List<GoldenFile.Entry> entries) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /** Reads {@code golden/calibration/name.json}. */
  public static GoldenFile calibration(String name) {
    return read("calibration", name);
  }

  /**
   * The entries of a name in files of {@code golden/calibration}.
   *
   * @param number how many there are
   */
  public static List<Entry> entries(List<String> files, String name, int number) {
    List<Entry> found =
        files.stream()
            .map(GoldenFile::calibration)
            .flatMap(file -> file.entries().stream())
            .filter(entry -> entry.name().equals(name))
            .toList();
    if (found.size() != number) {
      throw new AssertionError(
          "%d entries of %s where %d are expected".formatted(found.size(), name, number));
    }
    return found;
  }

  /** Reads {@code golden/binary_calibrators/name.json}. */
  public static GoldenFile binaryCalibrators(String name) {
    return read("binary_calibrators", name);
  }

  /** Reads {@code golden/class_calibrators/name.json}. */
  public static GoldenFile classCalibrators(String name) {
    return read("class_calibrators", name);
  }

  /** Reads {@code golden/conformal/name.json}. */
  public static GoldenFile conformal(String name) {
    return read("conformal", name);
  }

  private static GoldenFile read(String folder, String name) {
    String path = "/golden/" + folder + "/" + name + ".json";
    try (InputStream in = GoldenFile.class.getResourceAsStream(path)) {
      JsonNode root = MAPPER.readTree(in);
      JsonNode inputs = root.get("inputs");
      List<Entry> entries = new ArrayList<>();
      for (JsonNode node : root.get("golden")) {
        entries.add(
            new Entry(
                node.get("name").asText(),
                inputs,
                node.get("args"),
                node.get("params"),
                node.get("value")));
      }
      return new GoldenFile(name, inputs, entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all files of {@code golden/calibration}. */
  public static List<GoldenFile> calibrations() throws IOException {
    Path folder = Path.of("src/test/resources/golden/calibration");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .map(GoldenFile::calibration)
          .toList();
    }
  }

  /** Reads {@code golden/additions.json}. */
  public static JsonNode additions() {
    return root("additions");
  }

  /** Reads {@code golden/real_sets.json}: of each set the log loss of each method. */
  public static JsonNode realSets() {
    return root("real_sets");
  }

  private static JsonNode root(String name) {
    try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/" + name + ".json")) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of a function; at least one. */
  public List<Entry> of(String function) {
    List<Entry> found = entries.stream().filter(e -> e.name().equals(function)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(name + " has no " + function);
    }
    return found;
  }

  /** The numbers of an array. */
  public static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  /** The rows of an array of arrays. */
  public static double[][] matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = doubles(rows.get(i));
    }
    return matrix;
  }

  /**
   * One expected value.
   *
   * @param value null where the function is undefined
   */
  public record Entry(
      String name, JsonNode inputs, JsonNode args, JsonNode params, JsonNode value) {

    /** An argument that is a vector; null when it is not given. */
    public double[] vector(String argument) {
      return args.has(argument) ? doubles(inputs.get(args.get(argument).asText())) : null;
    }

    /** An argument that is a matrix, by rows. */
    public double[][] matrix(String argument) {
      return GoldenFile.matrix(inputs.get(args.get(argument).asText()));
    }

    /** A part of the expected value. */
    public double expected(String part) {
      return value.get(part).asDouble();
    }
  }
}
