// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the rows hold, what is computed of them, and which are left out: the options that an
 * evaluation and a comparison share.
 */
final class RowOptions {

  /** The faults of a row of predictions, whichever of them it can have. */
  private static final Set<InputCheck> FAULTS =
      Stream.of(InputCheck.values())
          .filter(InputCheck::isFault)
          .collect(Collectors.toUnmodifiableSet());

  @Mixin private ColumnOptions columns;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "column that names a row in error messages; in a comparison it joins --input-b")
  private String key;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description =
          "name or name(parameter=value, ...); repeatable; by default a first set, of a comparison"
              + " log_loss, brier, accuracy and top_label_calibration_error")
  private List<String> metrics = List.of();

  @Mixin private Policies policies;

  @Option(names = "--classes", paramLabel = "N", description = "the number of classes")
  private Integer classes;

  @Option(
      names = "--class-names",
      paramLabel = "NAME,NAME...",
      split = ",",
      description =
          "what classes 0, 1, ... are called in reports, and in labels that are texts or true and"
              + " false")
  private List<String> classNames = List.of();

  @Option(
      names = "--positive",
      paramLabel = "VALUE",
      description = "the value of the label that is class 1 of two; all others are class 0")
  private String positive;

  @Option(
      names = "--renormalise",
      description = "divide probabilities by their sum, as a softmax in half precision needs")
  private boolean renormalise;

  @Option(
      names = "--ignore-index",
      paramLabel = "LABEL",
      description = "label whose rows are left out (default: -100)")
  private Long ignoreIndex;

  @Mixin private IntervalOptions intervals;

  /** The evaluation with these options. */
  Evaluation configure(Evaluation start) {
    check();
    Evaluation evaluation = renormalise ? start.renormalise() : start;
    evaluation = evaluation.label(columns.label());
    if (columns.weight().isPresent()) {
      evaluation = evaluation.weight(columns.weight().get());
    }
    if (key != null) {
      evaluation = evaluation.key(key);
    }
    for (List<String> slice : columns.slices()) {
      evaluation = evaluation.slice(slice.toArray(String[]::new));
    }
    if (!metrics.isEmpty()) {
      evaluation = evaluation.metrics(metrics.toArray(String[]::new));
    }
    if (classes != null) {
      evaluation = evaluation.classes(classes);
    }
    if (!classNames.isEmpty()) {
      evaluation = evaluation.classNames(classNames.toArray(String[]::new));
    }
    if (positive != null) {
      evaluation = evaluation.positive(positive);
    }
    if (ignoreIndex != null) {
      evaluation = evaluation.ignoreIndex(ignoreIndex);
    }
    if (columns.sliceLimit().isPresent()) {
      evaluation = evaluation.sliceLimit(columns.sliceLimit().getAsInt());
    }
    evaluation = evaluation.intervals(intervals.settings(false));
    for (Map.Entry<InputCheck, Policy> policy : checkedPolicies().entrySet()) {
      evaluation = evaluation.policy(policy.getKey(), policy.getValue());
    }
    return evaluation;
  }

  private void check() {
    if (positive != null && !classNames.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE, "--positive names one class of two and --class-names all: leave one out");
    }
  }

  /** Rows of the wrong length can be dropped only where it can be told which they are. */
  private Map<InputCheck, Policy> checkedPolicies() {
    Map<InputCheck, Policy> checked = policies.among(FAULTS);
    if (checked.get(InputCheck.LENGTH_MISMATCH) == Policy.DROP && !areClassesDeclared()) {
      throw new JobException(
          ExitCode.USAGE,
          "--policy length_mismatch=drop: which rows have the wrong length cannot be told without"
              + " --classes N");
    }
    return checked;
  }

  private boolean areClassesDeclared() {
    return classes != null || positive != null || !classNames.isEmpty();
  }

  /** A refused row, with the options that let it pass. */
  JobException refused(InvalidRowException failure) {
    boolean undeclared = failure.check() == InputCheck.LENGTH_MISMATCH && !areClassesDeclared();
    String known = failure.classes() == 0 ? "N" : String.valueOf(failure.classes());
    return Policies.refused(
        failure,
        undeclared ? "--classes " + known + " " : "",
        key == null ? "; to name the row here: --key COLUMN" : "");
  }
}
