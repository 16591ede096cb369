// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterText;
import org.sparklosses.function.Settings;

/**
 * A metric of the catalogue. All means are weighted.
 *
 * @param id the name it is asked for by
 * @param aliases other names of it
 * @param isLargerBetter whether a larger value (of the first part) is the better one
 * @param ideal the value that is the best, where neither larger nor smaller ones are better
 * @param description what it is, in one line
 * @param source where its definition comes from; empty when it needs none
 * @param parameters its parameters
 * @param reading how it is had from a state, given the values of the parameters
 */
public record Metric(
    String id,
    List<String> aliases,
    boolean isLargerBetter,
    Optional<Ideal> ideal,
    String description,
    String source,
    List<Parameter> parameters,
    Function<Settings, Reading> reading) {

  /** Copies the lists. */
  public Metric {
    aliases = List.copyOf(aliases);
    parameters = List.copyOf(parameters);
  }

  /** A metric without parameters of which less is better. */
  public static Metric of(String id, String description, Function<Settings, Reading> reading) {
    return new Metric(id, List.of(), false, Optional.empty(), description, "", List.of(), reading);
  }

  /** The same under further names. */
  public Metric alias(String... names) {
    return new Metric(
        id, List.of(names), isLargerBetter, ideal, description, source, parameters, reading);
  }

  /** The same with more being better. */
  public Metric largerIsBetter() {
    return new Metric(
        id, aliases, true, Optional.empty(), description, source, parameters, reading);
  }

  /** The same with a value of the first part being the best, others the worse the farther. */
  public Metric ideal(double value) {
    return ideal(Ideal.of(value));
  }

  /** The same with a value being the best. */
  public Metric ideal(Ideal best) {
    return new Metric(
        id, aliases, false, Optional.of(best), description, source, parameters, reading);
  }

  /** The same with a source. */
  public Metric from(String origin) {
    return new Metric(id, aliases, isLargerBetter, ideal, description, origin, parameters, reading);
  }

  /** The same with parameters, settings alone. */
  public Metric with(Parameter... all) {
    return new Metric(
        id, aliases, isLargerBetter, ideal, description, source, List.of(all), reading);
  }

  /**
   * Fixes the parameters. Of a parameter that is not set results say {@value ParameterText#NONE}.
   */
  BoundMetric bind(Settings settings) {
    Map<String, Object> values = new LinkedHashMap<>(settings.values());
    values.replaceAll((name, value) -> value == null ? ParameterText.NONE : value);
    return new BoundMetric(id, values, isLargerBetter, ideal, reading.apply(settings));
  }
}
