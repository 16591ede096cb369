package org.sparklosses.jobs;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparklosses.evaluate.InvalidRowException;
import org.sparklosses.evaluate.Policy;
import org.sparklosses.metric.InputCheck;

/** The option {@code --policy}: what to do about rows with a fault. */
final class Policies {

  private Policies() {}

  /** The fault of this name. */
  static InputCheck check(String name) {
    return Stream.of(InputCheck.values())
        .filter(check -> check.name().equalsIgnoreCase(name) && check.isFault())
        .findFirst()
        .orElseThrow(
            () ->
                new JobException(
                    ExitCode.USAGE,
                    "--policy: '%s' is no fault of a row that can be dropped; these are: %s"
                        .formatted(
                            name,
                            Stream.of(InputCheck.values())
                                .filter(InputCheck::isFault)
                                .map(check -> check.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }

  /** The policy of this name. */
  static Policy policy(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "fail" -> Policy.FAIL;
      case "drop" -> Policy.DROP;
      default ->
          throw new JobException(
              ExitCode.USAGE, "--policy: '" + name + "' is neither fail nor drop");
    };
  }

  /** Checks that rows of the wrong length can be told where they are to be dropped. */
  static void checkLengths(Map<String, String> policies, Integer classes) {
    if ("drop".equalsIgnoreCase(policies.get("length_mismatch")) && classes == null) {
      throw new JobException(
          ExitCode.USAGE,
          "--policy length_mismatch=drop: which rows have the wrong length cannot be told without"
              + " --classes N");
    }
  }

  /**
   * What to tell of a row that was refused: the options that let it pass.
   *
   * @param needsClasses whether the number of classes has to be declared first
   * @param isNamed whether a column names the row
   */
  static JobException refused(InvalidRowException failure, boolean needsClasses, boolean isNamed) {
    String classes =
        needsClasses ? "--classes " + (failure.classes() == 0 ? "N" : failure.classes()) + " " : "";
    return new JobException(
        ExitCode.DATA,
        failure.problem()
            + "; to leave such rows out and count them: "
            + classes
            + "--policy "
            + failure.check().name().toLowerCase(Locale.ROOT)
            + "=drop"
            + (isNamed ? "" : "; to name the row here: --key COLUMN"),
        failure);
  }
}
