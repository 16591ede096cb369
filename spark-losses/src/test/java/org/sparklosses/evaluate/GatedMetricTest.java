// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.metric.MetricResult;

class GatedMetricTest {

  private static final List<MetricResult> RESULTS =
      Arrays.asList(cross(null, 1), cross(List.of(1.0, 9.0), 2), cross(List.of(1.0, 0.5), 3));

  private static MetricResult cross(List<Double> weight, double value) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("label_smoothing", 0.25);
    parameters.put("weight", weight);
    return new MetricResult("cross_entropy_loss", parameters, Map.of("value", value), List.of());
  }

  private static double figure(String metric) {
    return new GatedMetric(Gate.parse(metric + " < 9")).figure(RESULTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cross_entropy_loss(weight=1;9) | 2",
        "cross_entropy_loss(weight=1.0; 0.50, label_smoothing=0.250) | 3",
        "cross_entropy_loss(weight=none) | 1"
      })
  void parametersMeanTheirValues(String metric, double value) {
    assertEquals(value, figure(metric));
  }

  @Test
  void whatIsOfferedCanBeGiven() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> figure("cross_entropy_loss"));
    assertTrue(
        e.getMessage()
            .endsWith(
                "name one of cross_entropy_loss(label_smoothing=0.25, weight=none),"
                    + " cross_entropy_loss(label_smoothing=0.25, weight=1.0;9.0),"
                    + " cross_entropy_loss(label_smoothing=0.25, weight=1.0;0.5)"),
        e.getMessage());
  }
}
