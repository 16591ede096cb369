// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.number;

import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;

/** The parameters that the distillation losses share. */
final class Distillation {

  private Distillation() {}

  /** The column {@code student_logits}. */
  static Parameter student() {
    return column(
        "student_logits", ParameterType.LOGITS, "unnormalised scores of the model that learns");
  }

  /** The column {@code teacher_logits}. */
  static Parameter teacher() {
    return column(
        "teacher_logits", ParameterType.LOGITS, "unnormalised scores of the model it learns from");
  }

  /** The setting {@code temperature}. */
  static Parameter temperature(double byDefault, String whose) {
    return number("temperature", byDefault, Range.above(0), "divides " + whose + " logits");
  }

  /** Refuses a row with nothing but its label. */
  static void checkTwoClasses(String function, double[] logits) {
    if (logits.length < 2) {
      throw new IllegalArgumentException(
          function + ": the row has one class; it needs at least one besides the label");
    }
  }
}
