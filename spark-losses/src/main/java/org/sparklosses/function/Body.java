// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.sparklosses.kernel.RowStatistics;

/** The arithmetic of a function whose settings are fixed. */
public sealed interface Body {

  /** A number from the statistics alone: any number of such functions share one kernel pass. */
  record OfStatistics(ToDoubleFunction<RowStatistics> value) implements Body {}

  /**
   * A number from the columns of the row.
   *
   * @param usesStatistics whether {@link Row#statistics()} is read too
   */
  record OfRow(boolean usesStatistics, ToDoubleFunction<Row> value) implements Body {}

  /**
   * An array from the columns of the row.
   *
   * @param usesStatistics whether {@link Row#statistics()} is read too
   */
  record ArrayOfRow(boolean usesStatistics, Function<Row, double[]> value) implements Body {}

  /** Classes from the columns of the row and the statistics of the first; none where undefined. */
  record ClassesOfRow(Function<Row, Optional<ClassProbabilities>> value) implements Body {}

  /** The statistics themselves. */
  record Statistics() implements Body {}

  /** Arithmetic on the statistics. */
  static Body ofStatistics(ToDoubleFunction<RowStatistics> value) {
    return new OfStatistics(value);
  }

  /** Arithmetic on the columns. */
  static Body ofRow(ToDoubleFunction<Row> value) {
    return new OfRow(false, value);
  }

  /** Arithmetic on the columns and the statistics of the first. */
  static Body ofRowAndStatistics(ToDoubleFunction<Row> value) {
    return new OfRow(true, value);
  }

  /** An array from the columns. */
  static Body arrayOfRow(Function<Row, double[]> value) {
    return new ArrayOfRow(false, value);
  }

  /** An array from the columns and the statistics of the first. */
  static Body arrayOfRowAndStatistics(Function<Row, double[]> value) {
    return new ArrayOfRow(true, value);
  }
}
