// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.table.StateBytes;
import org.sparklosses.testing.SharedSession;

/**
 * States of forecasts that were stored in every layout that is read give what they gave then. Those
 * of the layout that is written are written anew by {@code -Dstates.write=true}; a layout of a
 * release never changes.
 */
@ExtendWith(SharedSession.class)
class StoredForecastsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/states");

  private static Path file(ForecastStates sample, int layout, String ending) {
    return SAMPLES
        .resolve("layout-" + layout)
        .resolve("forecast_" + sample.name().toLowerCase(Locale.ROOT) + ending);
  }

  @BeforeAll
  static void write() throws IOException {
    if (Boolean.getBoolean("states.write")) {
      for (ForecastStates sample : ForecastStates.values()) {
        byte[] bytes = sample.bytes(SharedSession.get());
        Files.createDirectories(file(sample, StateBytes.VERSION, "").getParent());
        Files.write(file(sample, StateBytes.VERSION, ".bin"), bytes);
        Files.write(file(sample, StateBytes.VERSION, ".txt"), figures(bytes));
      }
    }
  }

  /** A line for each number, with its interval where it has one. */
  private static List<String> figures(byte[] bytes) {
    EvaluationResult result = ForecastEvaluationState.of(bytes).result();
    List<String> lines = new ArrayList<>(figures(result.overall()));
    result.slices().forEach(slice -> lines.addAll(figures(slice)));
    return lines;
  }

  private static List<String> figures(SliceResult result) {
    List<String> lines = new ArrayList<>();
    String slice = result.slice().isEmpty() ? "" : result.slice() + " ";
    lines.add(slice + "rows " + result.ledger().rowsEvaluated());
    for (MetricResult metric : result.metrics()) {
      metric
          .values()
          .forEach(
              (part, value) -> {
                String name = slice + metric.name() + metric.parameters() + " " + part + " ";
                lines.add(name + value);
                if (metric.intervals().containsKey(part)) {
                  lines.add(name + metric.intervals().get(part));
                }
              });
    }
    return lines;
  }

  private static Stream<Integer> layouts() {
    return IntStream.rangeClosed(StateBytes.LEAST_VERSION, StateBytes.VERSION).boxed();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyLayoutThatIsRead(int layout) throws IOException {
    for (ForecastStates sample : ForecastStates.values()) {
      byte[] stored = Files.readAllBytes(file(sample, layout, ".bin"));
      assertEquals(layout, stored[4]);
      assertEquals(
          Files.readAllLines(file(sample, layout, ".txt")), figures(stored), sample.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void storedRowsAndNewRowsMerge(ForecastStates sample, SparkSession spark) throws IOException {
    for (int layout : layouts().toList()) {
      ForecastEvaluationState stored =
          ForecastEvaluationState.of(Files.readAllBytes(file(sample, layout, ".bin")));
      EvaluationResult merged =
          stored.merge(ForecastEvaluationState.of(sample.bytes(spark))).result();
      assertEquals(2 * stored.ledger().rowsEvaluated(), merged.overall().ledger().rowsEvaluated());
      assertEquals(
          stored.result().overall().metrics().get(0).value(),
          merged.overall().metrics().get(0).value(),
          1e-15,
          "the same rows twice have the same mean");
      assertTrue(merged.slices().size() == stored.result().slices().size());
    }
  }
}
