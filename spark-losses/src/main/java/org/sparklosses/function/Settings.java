package org.sparklosses.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a function, complete and checked, in the order of its signature.
 *
 * @param function the function's name, for messages
 * @param softTarget whether the column of type {@link ParameterType#TARGET} holds soft labels
 * @param values by name; a Double, Integer, Boolean, String, List of Double, or null
 */
public record Settings(String function, boolean softTarget, Map<String, Object> values) {

  static Settings of(RowFunction function, Map<String, ?> given, boolean softTarget) {
    List<String> names = new ArrayList<>();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : function.settings()) {
      String name = parameter.name();
      names.add(name);
      Object value = given.get(name);
      if (value == null && parameter.required()) {
        throw new IllegalArgumentException(
            function.name() + ": " + name + " must be given; it has no default");
      }
      values.put(
          name,
          value == null ? parameter.defaultValue() : parameter.valueOf(function.name(), value));
    }
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            function.name()
                + " has no setting named "
                + name
                + "; it has "
                + (names.isEmpty() ? "none" : String.join(", ", names)));
      }
    }
    return new Settings(function.name(), softTarget, Collections.unmodifiableMap(values));
  }

  /** Whether a setting has a value. */
  public boolean has(String name) {
    return values.get(name) != null;
  }

  /** A setting of type DOUBLE. */
  public double number(String name) {
    return (Double) values.get(name);
  }

  /** A setting of type INT. */
  public int integer(String name) {
    return (Integer) values.get(name);
  }

  /** A setting of type BOOLEAN. */
  public boolean flag(String name) {
    return (Boolean) values.get(name);
  }

  /** A setting of type STRING. */
  public String text(String name) {
    return (String) values.get(name);
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
    return list == null ? null : new ClassValues(function, name, list);
  }
}
