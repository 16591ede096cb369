// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

class RowFunctionTest {

  static List<GoldenCases.Case> goldenCases() {
    return GoldenCases.all();
  }

  @ParameterizedTest
  @MethodSource("goldenCases")
  void givesTheExpectedValue(GoldenCases.Case golden) {
    if (golden.fails()) {
      assertThrows(IllegalArgumentException.class, () -> golden.evaluate());
    } else {
      GoldenCases.assertClose(golden.expected(), golden.evaluate(), golden.toString());
    }
  }

  @Test
  void predictionsOfARowInClosedForm() {
    double[] z = {Math.log(6), Math.log(3), Math.log(1)};
    assertEquals(0.0, value("predicted_class", z, 1));
    assertEquals(0.6, value("confidence", z, 1), 1e-15);
    assertEquals(0.3, value("margin", z, 1), 1e-15);
    assertEquals(
        -(0.6 * Math.log(0.6) + 0.3 * Math.log(0.3) + 0.1 * Math.log(0.1)),
        value("predictive_entropy", z, 1),
        1e-15);
    assertEquals(0.0, value("is_correct", z, 1));
    assertEquals(1.0, value("is_correct", z, 0));
    RowStatistics s = RowKernels.get().statistics(z, 0, 3, 1);
    assertEquals(0.0, RowFunctions.named("top_k_correct").bind(Map.of("k", 1)).apply(s));
    assertEquals(1.0, RowFunctions.named("top_k_correct").bind(Map.of("k", 2)).apply(s));
  }

  @Test
  void predictionsOfARowWithNanAreUndefined() {
    double[] z = {1, Double.NaN, 0};
    for (String name : List.of("predicted_class", "confidence", "margin", "is_correct")) {
      assertTrue(Double.isNaN(value(name, z, 0)), name);
    }
  }

  @Test
  void onlyWhatCannotBeToldFromStatisticsNeedsTheRow() {
    RowFunction loss = RowFunctions.named("cross_entropy_loss");
    double[] w = {1, 2, 3};
    assertFalse(loss.bind(Map.of("label_smoothing", 0.1)).needsRow());
    assertFalse(loss.bind(Map.of("weight", w)).needsRow());
    assertTrue(loss.bind(Map.of("weight", w, "label_smoothing", 0.1)).needsRow());
    assertTrue(loss.bindSoft(Map.of()).needsRow());
  }

  @Test
  void ignoresTheDeclaredLabelAndNoOther() {
    BoundFunction byDefault = RowFunctions.named("cross_entropy_loss").bind(Map.of());
    BoundFunction declared =
        RowFunctions.named("cross_entropy_loss").bind(Map.of("ignore_index", 7));
    assertTrue(byDefault.ignores(-100));
    assertFalse(declared.ignores(-100));
    assertTrue(declared.ignores(7));
    assertFalse(RowFunctions.named("confidence").bind(Map.of()).ignores(-100));
  }

  @Test
  void isTheSameAfterSerialisation() throws Exception {
    BoundFunction focal =
        RowFunctions.named("focal_loss").bind(Map.of("gamma", 3, "weight", List.of(1, 2)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(focal);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      BoundFunction copy = (BoundFunction) in.readObject();
      assertEquals(focal, copy);
      RowStatistics s = RowKernels.get().statistics(new double[] {1, 0}, 0, 2, 1);
      assertEquals(focal.apply(s), copy.apply(s));
    }
    assertNotEquals(focal, RowFunctions.named("focal_loss").bind(Map.of()));
  }

  @Test
  void refusesWhatItCannotBind() {
    assertMessage(
        "focal_loss: gamma = -1.0 is not allowed; allowed: a number in [0, inf)",
        "focal_loss",
        "gamma",
        -1);
    assertMessage(
        "focal_loss: gamma = 'high' is not allowed; allowed: a number in [0, inf)",
        "focal_loss",
        "gamma",
        "high");
    assertMessage(
        "focal_loss: unknown parameter 'gama'; did you mean 'gamma'?", "focal_loss", "gama", 1);
    assertMessage(
        "top_k_correct: k = 1.5 is not allowed; allowed: a whole number in [1, inf)",
        "top_k_correct",
        "k",
        1.5);
    assertMessage(
        "softmax: temperature = 0.0 is not allowed; allowed: a number in (0, inf)",
        "softmax",
        "temperature",
        0);
    assertMessage(
        "focal_loss: unknown parameter 'delta'; it takes gamma, weight", "focal_loss", "delta", 1);
    assertMessage(
        "focal_loss: gamma = [1.0, 2.0] is not allowed; allowed: a number in [0, inf)",
        "focal_loss",
        "gamma",
        new double[] {1, 2});
    assertMessage(
        "logit_adjusted_loss: prior[1] = -1.0 is not allowed; allowed: an array of numbers in [0,"
            + " inf)",
        "logit_adjusted_loss",
        "prior",
        List.of(1, -1));
    assertEquals(
        "dual_focal_loss: gamma must be given; allowed: a number in [0, inf)",
        assertThrows(
                IllegalArgumentException.class,
                () -> RowFunctions.named("dual_focal_loss").bind(Map.of()))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> RowFunctions.named("focal_loss").bindSoft(Map.of()));
    assertEquals(
        "unknown function 'fokal_loss'; did you mean 'focal_loss'?",
        assertThrows(IllegalArgumentException.class, () -> RowFunctions.named("fokal_loss"))
            .getMessage());
  }

  private static void assertMessage(String message, String function, String setting, Object value) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> RowFunctions.named(function).bind(Map.of(setting, value)));
    assertEquals(message, e.getMessage());
  }

  private static double value(String name, double[] z, int label) {
    return RowFunctions.named(name)
        .bind(Map.of())
        .apply(RowKernels.get().statistics(z, 0, z.length, label));
  }
}
