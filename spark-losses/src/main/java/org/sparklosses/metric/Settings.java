package org.sparklosses.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The values of a metric's parameters, by name: Integer, Double, Boolean, String, a list of Double,
 * or the String {@link MetricParameter#NONE} of an optional one that is not set.
 */
public record Settings(Map<String, Object> values) {

  /** Copies the map, keeping its order. */
  public Settings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A whole number. */
  public int integer(String name) {
    return (Integer) values.get(name);
  }

  /** A whole number, if one is set. */
  public OptionalInt optionalInteger(String name) {
    return values.get(name) instanceof Integer n ? OptionalInt.of(n) : OptionalInt.empty();
  }

  /** A number. */
  public double number(String name) {
    return (Double) values.get(name);
  }

  /** A number, if one is set. */
  public OptionalDouble optionalNumber(String name) {
    return values.get(name) instanceof Double x ? OptionalDouble.of(x) : OptionalDouble.empty();
  }

  /** Numbers. */
  public double[] numbers(String name) {
    return ((List<?>) values.get(name)).stream().mapToDouble(x -> (Double) x).toArray();
  }

  /** A truth value. */
  public boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  /** One of the choices. */
  public String text(String name) {
    return (String) values.get(name);
  }

  /** One of the choices, as the constant of that name. */
  public <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
  }
}
