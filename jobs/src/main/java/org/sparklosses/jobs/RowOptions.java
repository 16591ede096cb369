package org.sparklosses.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparklosses.evaluate.Comparison;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.InvalidRowException;
import org.sparklosses.metric.InputCheck;
import picocli.CommandLine.Option;

/**
 * What the rows hold, what is computed of them, and which are left out: the options that an
 * evaluation and a comparison share.
 */
final class RowOptions {

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      description = "class index of the label, from 0 (default: ${DEFAULT-VALUE})")
  private String label;

  @Option(names = "--weight", paramLabel = "COLUMN", description = "weights, at least 0")
  private String weight;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "column that names a row in error messages; in a comparison it joins --input-b")
  private String key;

  @Option(
      names = "--slice",
      paramLabel = "COLUMN[,COLUMN...]",
      description = "also by the values of these columns; repeatable")
  private List<String> slices = List.of();

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description =
          "name or name(parameter=value, ...); repeatable; by default a first set, of a comparison"
              + " log_loss, brier, accuracy and top_label_calibration_error")
  private List<String> metrics = List.of();

  @Option(
      names = "--policy",
      paramLabel = "CHECK=fail|drop",
      description =
          "what to do about rows with a fault (in any model): end with an error (default), or leave"
              + " them out and count them; repeatable. Checks: null_prediction, empty_prediction,"
              + " length_mismatch, nan, positive_infinity, all_negative_infinity, not_normalised,"
              + " null_label, label_out_of_range, null_weight, invalid_weight")
  private Map<String, String> policies = new LinkedHashMap<>();

  @Option(names = "--classes", paramLabel = "N", description = "the number of classes")
  private Integer classes;

  @Option(
      names = "--ignore-index",
      paramLabel = "LABEL",
      description = "label whose rows are left out (default: -100)")
  private Long ignoreIndex;

  @Option(
      names = "--slice-limit",
      paramLabel = "N",
      description = "the most values that a slice may have (default: 10000)")
  private Integer sliceLimit;

  @Option(
      names = "--bootstrap",
      paramLabel = "KEY",
      description =
          "give metrics intervals, and in a comparison tests, by drawing the values of this column,"
              + " the key of the rows, anew")
  private String bootstrap;

  @Option(
      names = "--cluster",
      paramLabel = "COLUMN",
      description =
          "the same by groups such as user_id, drawn with all their rows, which may depend on each"
              + " other; areas under ROC curves, whose intervals and tests take rows as"
              + " independent, have none then")
  private String cluster;

  @Option(
      names = "--replicates",
      paramLabel = "N",
      description = "draws of the bootstrap (default: 200)")
  private Integer replicates;

  @Option(names = "--seed", paramLabel = "N", description = "of the bootstrap (default: 42)")
  private Long seed;

  /** The evaluation with these options. */
  Evaluation configure(Evaluation start) {
    check();
    Evaluation evaluation = start.label(label);
    if (weight != null) {
      evaluation = evaluation.weight(weight);
    }
    if (key != null) {
      evaluation = evaluation.key(key);
    }
    for (String slice : slices) {
      evaluation = evaluation.slice(slice.split("\\s*,\\s*"));
    }
    if (!metrics.isEmpty()) {
      evaluation = evaluation.metrics(metrics.toArray(String[]::new));
    }
    if (classes != null) {
      evaluation = evaluation.classes(classes);
    }
    if (ignoreIndex != null) {
      evaluation = evaluation.ignoreIndex(ignoreIndex);
    }
    if (sliceLimit != null) {
      evaluation = evaluation.sliceLimit(sliceLimit);
    }
    if (bootstrap != null) {
      evaluation = evaluation.bootstrap(bootstrap);
    }
    if (cluster != null) {
      evaluation = evaluation.cluster(cluster);
    }
    if (replicates != null) {
      evaluation = evaluation.replicates(replicates);
    }
    if (seed != null) {
      evaluation = evaluation.seed(seed);
    }
    for (Map.Entry<String, String> policy : policies.entrySet()) {
      evaluation =
          evaluation.policy(Policies.check(policy.getKey()), Policies.policy(policy.getValue()));
    }
    return evaluation;
  }

  /** The comparison with these options. */
  Comparison configure(Comparison start) {
    check();
    Comparison comparison = start.label(label);
    if (weight != null) {
      comparison = comparison.weight(weight);
    }
    if (key != null) {
      comparison = comparison.key(key);
    }
    for (String slice : slices) {
      comparison = comparison.slice(slice.split("\\s*,\\s*"));
    }
    if (!metrics.isEmpty()) {
      comparison = comparison.metrics(metrics.toArray(String[]::new));
    }
    if (classes != null) {
      comparison = comparison.classes(classes);
    }
    if (ignoreIndex != null) {
      comparison = comparison.ignoreIndex(ignoreIndex);
    }
    if (sliceLimit != null) {
      comparison = comparison.sliceLimit(sliceLimit);
    }
    if (bootstrap != null) {
      comparison = comparison.bootstrap(bootstrap);
    }
    if (cluster != null) {
      comparison = comparison.cluster(cluster);
    }
    if (replicates != null) {
      comparison = comparison.replicates(replicates);
    }
    if (seed != null) {
      comparison = comparison.seed(seed);
    }
    for (Map.Entry<String, String> policy : policies.entrySet()) {
      comparison =
          comparison.policy(Policies.check(policy.getKey()), Policies.policy(policy.getValue()));
    }
    return comparison;
  }

  private void check() {
    if (bootstrap != null && cluster != null) {
      throw new JobException(
          ExitCode.USAGE, "--bootstrap draws rows and --cluster groups of them: leave one out");
    }
    if (bootstrap == null && cluster == null && (replicates != null || seed != null)) {
      throw new JobException(
          ExitCode.USAGE,
          "--replicates and --seed are of a bootstrap: add --bootstrap KEY or --cluster COLUMN");
    }
    Policies.checkLengths(policies, classes);
  }

  /** A refused row, with the options that let it pass. */
  JobException refused(InvalidRowException failure) {
    boolean undeclared = failure.check() == InputCheck.LENGTH_MISMATCH && classes == null;
    return Policies.refused(failure, undeclared, key != null);
  }
}
