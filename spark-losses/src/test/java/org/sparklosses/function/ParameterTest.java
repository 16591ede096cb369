// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterTest {

  private static final Parameter K = Parameter.integer("k", 2, Range.closed(1, 9), "how many");
  private static final Parameter BINS =
      Parameter.optionalInteger("bins", Range.closed(1, 9), "bins");
  private static final Parameter TAU = Parameter.number("tau", 1, Range.any(), "strength");
  private static final Parameter RATE = Parameter.optionalNumber("rate", Range.open(0, 1), "rate");
  private static final Parameter NORM = Parameter.choice("norm", List.of("l1", "l2"), "norm");
  private static final Parameter EXACT = Parameter.flag("exact", false, "exact");
  private static final Parameter WEIGHT =
      Parameter.setting("weight", ParameterType.ARRAY, null, Range.atLeast(0), "weights");
  private static final Parameter VALUES =
      Parameter.required("values", ParameterType.NULLABLE_ARRAY, Range.any(), "values");

  private static final List<Parameter> ALL =
      List.of(K, BINS, TAU, RATE, NORM, EXACT, WEIGHT, VALUES);

  private static Parameter named(String name) {
    return ALL.stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Object parse(String name, String text) {
    return named(name).parse("f", text);
  }

  @Test
  void textIsRead() {
    assertEquals(3, parse("k", " 3 "));
    assertEquals(3, parse("k", "3.0"));
    assertEquals(Double.POSITIVE_INFINITY, parse("tau", "Infinity"));
    assertEquals(1e-3, parse("tau", "1e-3"));
    assertEquals("l2", parse("norm", " L2"));
    assertEquals(true, parse("exact", "TRUE"));
    assertEquals(List.of(0.5, 2.0), parse("weight", "0.5; 2"));
    assertEquals(Arrays.asList(1.0, null, 3.0), parse("values", "1;NULL;3"));
    assertNull(parse("bins", "None"));
    assertNull(parse("weight", "none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "k | 0 | f: k = 0 is not allowed; allowed: a whole number in [1, 9]",
        "k | 1.5 | f: k = '1.5' is not allowed; allowed: a whole number in [1, 9]",
        "k | none | f: k = 'none' is not allowed; allowed: a whole number in [1, 9]",
        "bins | 10 | f: bins = 10 is not allowed; allowed: a whole number in [1, 9], or none",
        "tau | high | f: tau = 'high' is not allowed; allowed: a number",
        "rate | 1 | f: rate = 1.0 is not allowed; allowed: a number in (0, 1), or none",
        "rate | NaN | f: rate = NaN is not allowed; allowed: a number in (0, 1), or none",
        "norm | l3 | `f: norm = 'l3' is not allowed; allowed: l1 | l2`",
        "exact | yes | f: exact = 'yes' is not allowed; allowed: true or false",
        "weight | 1,2 | f: weight = '1,2' is not allowed; allowed: an array of numbers in [0, inf),"
            + " written 1;2;3, or none",
        "weight | 1;null | f: weight = '1;null' is not allowed; allowed: an array of numbers in [0,"
            + " inf), written 1;2;3, or none",
        "weight | 1;-1 | f: weight[1] = -1.0 is not allowed; allowed: an array of numbers in [0,"
            + " inf), written 1;2;3, or none",
        "values | `` | f: values = '' is not allowed; allowed: an array of numbers and NULLs,"
            + " written 1;2;3"
      })
  void textIsRefused(String name, String text, String message) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> parse(name, text));
    assertEquals(message, e.getMessage());
  }

  @Test
  void whatIsNotGivenIsTheDefault() {
    Settings settings = Settings.parse("f", ALL, Map.of("values", "1"));
    assertEquals(
        "{k=2, bins=null, tau=1.0, rate=null, norm=l1, exact=false, weight=null, values=[1.0]}",
        settings.values().toString());
    assertFalse(settings.has("rate"));
    assertTrue(settings.optionalInteger("bins").isEmpty());
    assertEquals(
        0.5, Settings.parse("f", ALL, Map.of("values", "1", "rate", "0.5")).number("rate"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bin | f: unknown parameter 'bin'; did you mean 'bins'?",
        "quantile | f: unknown parameter 'quantile'; it takes k, bins, tau, rate, norm, exact, weight,"
            + " values",
        "k | f: values must be given; allowed: an array of numbers and NULLs, written 1;2;3"
      })
  void namesAreChecked(String given, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Settings.parse("f", ALL, Map.of(given, "1")));
    assertEquals(message, e.getMessage());
  }

  @Test
  void valuesAreWrittenAsTheyAreRead() {
    for (Object value : Arrays.asList(0.1, 1e300, Double.NEGATIVE_INFINITY)) {
      assertEquals(value, parse("tau", ParameterText.of(value)));
    }
    for (Object value : Arrays.asList(null, List.of(1.0), List.of(0.1, 1e-9))) {
      assertEquals(value, parse("weight", ParameterText.of(value)));
    }
    List<Double> withNull = Arrays.asList(null, 0.5);
    assertEquals(withNull, parse("values", ParameterText.of(withNull)));
    assertEquals(true, parse("exact", ParameterText.of(true)));
  }

  @Test
  void aTextStandsForAValueHoweverItIsWritten() {
    assertTrue(ParameterText.standsFor("0.90", 0.9));
    assertTrue(ParameterText.standsFor("3", 3));
    assertTrue(ParameterText.standsFor("1;9", List.of(1.0, 9.0)));
    assertTrue(ParameterText.standsFor("None", null));
    assertTrue(ParameterText.standsFor("L1", "l1"));
    assertFalse(ParameterText.standsFor("x", 0.9));
    assertFalse(ParameterText.standsFor("1;8", List.of(1.0, 9.0)));
    assertFalse(ParameterText.standsFor("9", List.of(1.0, 9.0)));
    assertFalse(ParameterText.standsFor("1", true));
  }

  /** Text is read in lower case. */
  @Test
  void everyWordIsInLowerCase() {
    for (RowFunction function : RowFunctions.all()) {
      for (Parameter setting : function.settings()) {
        assertFalse(setting.meaning().isEmpty(), function.name());
        if (setting.type() == ParameterType.STRING) {
          assertEquals(setting.allowed().toLowerCase(Locale.ROOT), setting.allowed());
        }
      }
    }
  }
}
