// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import picocli.CommandLine.Option;

/** The option {@code --policy}: what to do about rows with a fault. */
final class Policies {

  @Option(
      names = "--policy",
      paramLabel = "CHECK=fail|drop",
      description =
          "what to do about rows with a fault (in any model): end with an error (default), or leave"
              + " them out and count them; repeatable. Checks: null_prediction, empty_prediction,"
              + " length_mismatch, nan, null_label, null_weight, invalid_weight,"
              + " weight_out_of_range; of classes also one_class, positive_infinity,"
              + " all_negative_infinity, not_normalised, label_out_of_range")
  private List<String> given = List.of();

  /**
   * What to do about which fault.
   *
   * @param possible the faults that rows can have
   */
  Map<InputCheck, Policy> among(Set<InputCheck> possible) {
    Map<InputCheck, Policy> policies = new EnumMap<>(InputCheck.class);
    for (String text : given) {
      String[] entry = text.split("=", 2);
      if (entry.length < 2) {
        throw new JobException(
            ExitCode.USAGE, "--policy: '" + text + "' is not of the form CHECK=fail|drop");
      }
      if (policies.put(check(entry[0], possible), policy(entry[1])) != null) {
        throw new JobException(
            ExitCode.USAGE, "--policy: " + entry[0] + " is given twice; leave one out");
      }
    }
    return policies;
  }

  private static InputCheck check(String name, Set<InputCheck> possible) {
    return possible.stream()
        .filter(check -> check.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.USAGE,
                    "--policy: '%s' is no fault of a row that can be dropped; these are: %s"
                        .formatted(
                            name,
                            possible.stream()
                                .sorted()
                                .map(check -> check.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }

  private static Policy policy(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "fail" -> Policy.FAIL;
      case "drop" -> Policy.DROP;
      default ->
          throw new JobException(
              ExitCode.USAGE, "--policy: '" + name + "' is neither fail nor drop");
    };
  }

  /**
   * What to tell of a row that was refused: the options that let it pass.
   *
   * @param needed options that have to be given too, with a space after each
   * @param hint what else may help, after a semicolon
   */
  static JobException refused(InvalidRowException failure, String needed, String hint) {
    return new JobException(
        ExitCode.DATA,
        "%s; to leave such rows out and count them: %s--policy %s=drop%s"
            .formatted(
                failure.problem(), needed, failure.check().name().toLowerCase(Locale.ROOT), hint),
        failure);
  }
}
