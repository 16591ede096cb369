// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.function.ParameterText;

/**
 * A metric asked for by name and parameters; as text {@code name} or {@code name(parameter=value,
 * ...)}. Nothing is checked until it is bound by {@link Metrics#bind}.
 *
 * @param parameters parameter to value, as text; what is absent takes its default
 */
public record MetricSpec(String name, Map<String, String> parameters) implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Pattern FORM = Pattern.compile("\\s*(\\w+)\\s*(?:\\(([^()]*)\\))?\\s*");

  /** Copies the map, keeping its order. */
  public MetricSpec {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** A metric with all its defaults. */
  public static MetricSpec of(String name) {
    return new MetricSpec(name, Map.of());
  }

  /** The same with one more parameter; the value in any form that {@link ParameterText} writes. */
  public MetricSpec with(String parameter, Object value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, ParameterText.of(value));
    return new MetricSpec(name, more);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if the text has another form or gives a parameter twice
   */
  public static MetricSpec parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw malformed(text);
    }
    MetricSpec spec = of(matcher.group(1));
    String list = matcher.group(2);
    if (list == null || list.isBlank()) {
      return spec;
    }
    for (String assignment : list.split(",", -1)) {
      int equals = assignment.indexOf('=');
      if (equals < 0) {
        throw malformed(text);
      }
      String parameter = assignment.substring(0, equals).strip();
      if (spec.parameters.containsKey(parameter)) {
        throw ParameterErrors.twice(spec.name, parameter);
      }
      spec = spec.with(parameter, assignment.substring(equals + 1).strip());
    }
    return spec;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "metric '" + text + "' is not of the form name or name(parameter=value, ...)");
  }

  @Override
  public String toString() {
    return parameters.isEmpty()
        ? name
        : parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
