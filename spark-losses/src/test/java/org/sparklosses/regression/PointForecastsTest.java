// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.regression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GoldenFile;

class PointForecastsTest {

  private static final ForecastKind KIND = new ForecastKind.Point("f");

  private static Map<String, Double> read(ForecastState state) {
    Map<String, Double> values = new LinkedHashMap<>();
    state.metrics().forEach(metric -> values.put(metric.name(), metric.value()));
    return values;
  }

  private static ForecastState of(double[] forecast, double[] y, double[] w, int from, int to) {
    ForecastState state = KIND.newState();
    for (int i = from; i < to; i++) {
      state.add(new double[] {forecast[i]}, y[i], w[i]);
    }
    return state;
  }

  @Test
  void goldens() throws IOException {
    for (JsonNode golden : GoldenFile.additions().get("forecast")) {
      double[] y = GoldenFile.doubles(golden.get("y"));
      double[] f = GoldenFile.doubles(golden.get("forecast"));
      double[] w = GoldenFile.doubles(golden.get("w"));
      ForecastState whole = of(f, y, w, 0, y.length);
      Map<String, Double> values = read(whole);
      for (String name : values.keySet()) {
        assertEquals(golden.get(name).asDouble(), values.get(name), 1e-13, name);
      }
      ForecastState merged = of(f, y, w, 20, y.length);
      merged.merge(of(f, y, w, 0, 20));
      assertEquals(values, read(merged));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      whole.write(new DataOutputStream(bytes));
      ForecastState copy = KIND.newState();
      copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      assertEquals(values, read(copy));
    }
  }

  /** The variance of y is 2/3 wherever y lies. */
  @Test
  void farFromZero() {
    for (double offset : new double[] {0, 1e9, 0x1p50}) {
      double[] y = {offset - 1, offset, offset + 1};
      double[] f = {offset - 1, offset + 1, offset + 1};
      assertEquals(
          0.5, read(of(f, y, new double[] {1, 1, 1}, 0, 3)).get("r2"), 1e-15, "at " + offset);
    }
  }

  @Test
  void constantNumbers() {
    double[] y = {0.1, 0.1};
    double[] w = {1.7, 0.3};
    assertEquals(Double.NaN, read(of(y, y, w, 0, 2)).get("r2"));
    assertEquals(Double.NEGATIVE_INFINITY, read(of(new double[] {0.1, 0.2}, y, w, 0, 2)).get("r2"));
    assertEquals(Double.NaN, read(of(y, y, w, 0, 0)).get("rmse"));
    assertEquals(Double.NaN, read(of(y, y, w, 0, 0)).get("r2"));
  }
}
