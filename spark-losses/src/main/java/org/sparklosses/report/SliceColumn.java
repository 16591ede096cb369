// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import org.sparklosses.evaluate.SliceResult;

/**
 * What is told of a slice before its metrics: a column of the tables of slices in the console and
 * on the page, and an entry of the slice in JSON.
 *
 * @param name heading of the column and key of the entry
 * @param isCount whether it is a whole number
 * @param value of a slice, given all rows
 */
record SliceColumn(
    String name, boolean isCount, ToDoubleBiFunction<SliceResult, SliceResult> value) {

  /** All, in their order. */
  static final List<SliceColumn> ALL =
      List.of(
          new SliceColumn("rows", true, (slice, all) -> slice.ledger().rowsEvaluated()),
          new SliceColumn(
              "share",
              false,
              (slice, all) -> slice.ledger().sumWeight() / all.ledger().sumWeight()));

  /** As text in the console. */
  String text(SliceResult slice, SliceResult all) {
    double x = value.applyAsDouble(slice, all);
    return isCount
        ? String.format(Locale.ROOT, "%,d", (long) x)
        : String.format(Locale.ROOT, "%.4f", x);
  }

  /** As a cell of a table on a page. */
  String cell(SliceResult slice, SliceResult all) {
    double x = value.applyAsDouble(slice, all);
    return isCount ? Html.cell((long) x) : Html.cell(x);
  }

  /** As a number: a Long or a Double. */
  Number number(SliceResult slice, SliceResult all) {
    double x = value.applyAsDouble(slice, all);
    return isCount ? (Number) (long) x : (Number) x;
  }
}
