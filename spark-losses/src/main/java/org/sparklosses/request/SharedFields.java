// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.evaluate.IntervalSettings;
import org.sparklosses.function.NearName;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;

/** What all requests may say. */
final class SharedFields {

  private static final String POLICIES = "policies";

  /** Whether and how metrics have intervals. */
  private static final List<String> INTERVALS =
      List.of("bootstrap", "cluster", "replicates", "seed", "level", "standard_errors");

  private static final List<String> ROWS =
      List.of("label", "weight", "slices", "slice_limit", POLICIES);

  /** What becomes of the result. */
  private static final List<String> OUTPUT = List.of("title", "bins");

  private SharedFields() {}

  /** Their names. */
  static List<String> names() {
    return Stream.of(ROWS, INTERVALS, OUTPUT).flatMap(List::stream).toList();
  }

  /** These and others. */
  static List<String> and(List<String> others) {
    return Stream.concat(others.stream(), names().stream()).toList();
  }

  /**
   * Whether and how metrics have intervals.
   *
   * @throws IllegalArgumentException if settings contradict each other
   */
  static IntervalSettings intervals(Fields fields) {
    Optional<String> rows = fields.text("bootstrap");
    Optional<String> groups = fields.text("cluster");
    if (rows.isPresent() && groups.isPresent()) {
      throw new IllegalArgumentException(
          fields.owner() + ": bootstrap draws rows and cluster groups of them; leave one out");
    }
    List<String> ofBootstrap = fields.given(List.of("replicates", "seed"));
    if (rows.isEmpty() && groups.isEmpty() && !ofBootstrap.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s is of a bootstrap; give bootstrap, the key of the rows, or cluster"
              .formatted(fields.owner(), String.join(" and ", ofBootstrap)));
    }
    IntervalSettings settings = IntervalSettings.NONE;
    if (rows.isPresent()) {
      settings = settings.withKey(rows.get(), false);
    }
    if (groups.isPresent()) {
      settings = settings.withKey(groups.get(), true);
    }
    settings = fields.integer("replicates").map(settings::withReplicates).orElse(settings);
    settings = fields.wholeNumber("seed").map(settings::withSeed).orElse(settings);
    settings = fields.number("level").map(settings::withLevel).orElse(settings);
    return fields.flag("standard_errors", false) ? settings.analytic() : settings;
  }

  /** What is done about rows with which fault. */
  static Map<InputCheck, Policy> policies(Fields fields) {
    Map<InputCheck, Policy> policies = new EnumMap<>(InputCheck.class);
    fields
        .map(POLICIES)
        .orElse(Map.of())
        .forEach(
            (check, policy) -> policies.put(check(fields, check), policy(fields, check, policy)));
    return policies;
  }

  /**
   * What a run gives.
   *
   * @throws InvalidRowException as the run, with the remedy in the words of a request
   */
  static <T> T told(Supplier<T> run) {
    try {
      return run.get();
    } catch (InvalidRowException e) {
      boolean isLength = e.check() == InputCheck.LENGTH_MISMATCH;
      String classes = e.classes() == 0 ? "N" : String.valueOf(e.classes());
      throw new InvalidRowException(
          e.check(),
          e.classes(),
          e.problem(),
          "to leave such rows out and count them: %spolicies={\"%s\": \"drop\"}"
              .formatted(isLength ? "classes=" + classes + ", " : "", word(e.check())));
    }
  }

  private static InputCheck check(Fields fields, String name) {
    List<InputCheck> checks = List.of(InputCheck.values());
    return named(checks, name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: policies: unknown check '%s'; %s"
                        .formatted(
                            fields.owner(),
                            name,
                            NearName.question(name, words(checks))
                                .orElse("the checks are " + String.join(", ", words(checks))))));
  }

  private static Policy policy(Fields fields, String check, String name) {
    List<Policy> policies = List.of(Policy.values());
    return named(policies, name)
        .orElseThrow(
            () ->
                ParameterErrors.notAllowed(
                    fields.owner(),
                    POLICIES + "." + check,
                    name,
                    String.join(", ", words(policies))));
  }

  private static <E extends Enum<E>> Optional<E> named(List<E> constants, String name) {
    return constants.stream().filter(constant -> word(constant).equals(name)).findFirst();
  }

  private static List<String> words(List<? extends Enum<?>> constants) {
    return constants.stream().map(SharedFields::word).toList();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** What the result is checked against. */
  static List<Gate> gates(Fields fields) {
    return fields.texts("gates").orElse(List.of()).stream().map(Gate::parse).toList();
  }

  /** What was evaluated, for the title of the page. */
  static String title(Fields fields, String usual) {
    return fields.text("title").orElse(usual);
  }

  /** Whether the JSON has the bins of reliability diagrams; the page always does. */
  static boolean bins(Fields fields) {
    return fields.flag("bins", true);
  }
}
