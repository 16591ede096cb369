// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What a row holds besides what is evaluated: the options that all evaluations share. */
final class ColumnOptions {

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      description =
          "class index of the label, from 0; of forecasts the number that came true (default:"
              + " ${DEFAULT-VALUE})")
  private String label;

  @Option(names = "--weight", paramLabel = "COLUMN", description = "weights, at least 0")
  private String weight;

  @Option(
      names = "--slice",
      paramLabel = "COLUMN[,COLUMN...]",
      description = "also by the values of these columns; repeatable")
  private List<String> slices = List.of();

  @Option(
      names = "--slice-limit",
      paramLabel = "N",
      description = "the most values that a slice may have (default: 10000)")
  private Integer sliceLimit;

  String label() {
    return label;
  }

  Optional<String> weight() {
    return Optional.ofNullable(weight);
  }

  OptionalInt sliceLimit() {
    return sliceLimit == null ? OptionalInt.empty() : OptionalInt.of(sliceLimit);
  }

  /** Each slice declaration: its columns. */
  List<List<String>> slices() {
    return slices.stream().map(slice -> List.of(slice.split("\\s*,\\s*"))).toList();
  }
}
