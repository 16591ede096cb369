// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a scan of a table would do, as text; no row is read for it. */
public final class ScanExplanation {

  private static final int WIDTH = 36;

  private ScanExplanation() {}

  /**
   * The text, with a line end after every line.
   *
   * @param description what its jobs are called
   * @param settings what is evaluated
   * @param columns what is read
   * @param kept what each metric needs a state to keep; what several need is kept once
   * @param memory of the states
   */
  public static String of(
      String description,
      Map<String, String> settings,
      Dataset<Row> columns,
      Map<String, List<String>> kept,
      SliceMemory memory) {
    StringBuilder out = new StringBuilder();
    line(description, out);
    settings.forEach((name, value) -> entry(name, value, out));
    line("", out);
    line("kept of the rows, what several metrics need once:", out);
    kept.forEach((metric, needs) -> entry(metric, String.join("; ", needs), out));
    line("", out);
    line("memory: " + memory.describe(columns.sparkSession().sparkContext()), out);
    line(
        ColumnarPass.of(columns).isPresent()
            ? "reading: the batches that the source decodes; no row is copied"
            : "reading: row by row, for the plan is more than projections and filters of a source"
                + " with batches",
        out);
    line("", out);
    line("plan of what is read:", out);
    SparkBridge.execution(columns)
        .executedPlan()
        .toString()
        .strip()
        .lines()
        .forEach(text -> line("  " + text, out));
    return out.toString();
  }

  private static void entry(String name, String value, StringBuilder out) {
    String padding = " ".repeat(Math.max(0, WIDTH - name.length()));
    line("  " + name + padding + "  " + value, out);
  }

  private static void line(String text, StringBuilder out) {
    out.append(text).append(System.lineSeparator());
  }
}
