// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.Policy;
import org.sparklosses.table.RowSpec;

/** What a stage does about rows that it cannot use. */
final class InvalidRows {

  private static final String ERROR = "error";
  private static final String SKIP = "skip";

  private InvalidRows() {}

  /** The Param of a stage; {@code error} is to be its default. */
  static Param<String> param(Params stage) {
    return new Param<>(
        stage, "handleInvalid", "what is done about rows that cannot be used: error or skip");
  }

  /** The default. */
  static String byDefault() {
    return ERROR;
  }

  /**
   * The value itself.
   *
   * @throws IllegalArgumentException if it is neither {@code error} nor {@code skip}
   */
  static String checked(String value) {
    if (!List.of(ERROR, SKIP).contains(value)) {
      throw new IllegalArgumentException(
          "handleInvalid = '%s' is not allowed; give error or skip".formatted(value));
    }
    return value;
  }

  /** The rows, with every fault dropped if they are to be skipped. */
  static RowSpec handled(RowSpec rows, String value) {
    if (checked(value).equals(ERROR)) {
      return rows;
    }
    Map<InputCheck, Policy> all = new EnumMap<>(InputCheck.class);
    for (InputCheck check : InputCheck.values()) {
      if (check.isFault()) {
        all.put(check, Policy.DROP);
      }
    }
    return rows.withPolicies(all);
  }
}
