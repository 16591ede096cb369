// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The settings of a function or a metric, complete and checked, in the order in which they are
 * declared.
 *
 * @param owner the name of the function or metric, for messages
 * @param softTarget whether the column of type {@link ParameterType#TARGET} holds soft labels
 * @param values by name; a Double, Integer, Boolean, String, List of Double, or null
 */
public record Settings(String owner, boolean softTarget, Map<String, Object> values) {

  /** Copies the map, keeping its order. */
  public Settings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * The values that are given, and defaults.
   *
   * @param owner what the parameters are of
   * @param parameters all that there are, settings alone
   * @param given by name, see {@link RowFunction#bind(Map)}; null is as absent
   * @throws IllegalArgumentException for a parameter that is unknown, missing, of the wrong type or
   *     out of its range
   */
  public static Settings of(String owner, List<Parameter> parameters, Map<String, ?> given) {
    return of(
        owner,
        parameters,
        given,
        (parameter, value) -> parameter.valueOf(owner, value),
        Parameter::allowed);
  }

  /** As {@link #of(String, List, Map)}, of values as text, see {@link ParameterText}. */
  public static Settings parse(
      String owner, List<Parameter> parameters, Map<String, String> given) {
    return of(
        owner,
        parameters,
        given,
        (parameter, text) -> parameter.parse(owner, text),
        Parameter::allowedText);
  }

  private static <T> Settings of(
      String owner,
      List<Parameter> parameters,
      Map<String, T> given,
      BiFunction<Parameter, T, Object> valueOf,
      Function<Parameter, String> allowed) {
    ParameterErrors.checkKnown(
        owner, given.keySet(), parameters.stream().map(Parameter::name).toList());
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      T value = given.get(parameter.name());
      if (value == null && parameter.required()) {
        throw ParameterErrors.missing(
            owner, parameter.name(), "allowed: " + allowed.apply(parameter));
      }
      values.put(
          parameter.name(),
          value == null ? parameter.defaultValue() : valueOf.apply(parameter, value));
    }
    return new Settings(owner, false, values);
  }

  Settings withSoftTarget(boolean soft) {
    return new Settings(owner, soft, values);
  }

  /** Whether a setting has a value. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** A setting of type DOUBLE. */
  public double number(String name) {
    return (Double) values.get(name);
  }

  /** A setting of type DOUBLE that may be left unset. */
  public OptionalDouble optionalNumber(String name) {
    return has(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
  }

  /** A setting of type INT. */
  public int integer(String name) {
    return (Integer) values.get(name);
  }

  /** A setting of type INT that may be left unset. */
  public OptionalInt optionalInteger(String name) {
    return has(name) ? OptionalInt.of(integer(name)) : OptionalInt.empty();
  }

  /** A setting of type BOOLEAN. */
  public boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  /** A setting of type STRING. */
  public String text(String name) {
    return (String) values.get(name);
  }

  /** A setting of type STRING, as the constant of that name. */
  public <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
  }

  /** A setting of type ARRAY, or null when it is not given. */
  @SuppressWarnings("unchecked")
  public double[] array(String name) {
    List<Double> list = (List<Double>) values.get(name);
    return list == null ? null : list.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** A setting of type NULLABLE_ARRAY, or null when it is not given. */
  @SuppressWarnings("unchecked")
  public List<Double> nullableArray(String name) {
    return (List<Double>) values.get(name);
  }

  /** A setting of type ARRAY with one entry a class, or null when it is not given. */
  @SuppressWarnings("unchecked")
  public ClassValues classValues(String name) {
    List<Double> list = (List<Double>) values.get(name);
    return list == null ? null : new ClassValues(owner, name, list);
  }
}
